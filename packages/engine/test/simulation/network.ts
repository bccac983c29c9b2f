import { createHash } from 'node:crypto'
import type { Fault } from '@dynacamp/simulators'
import { asking } from './asking.ts'
import type { Diary } from './diary.ts'
import { namesOneRecord } from './events/rival.ts'
import type { Lifeline } from './lifeline.ts'
import type { Services } from './services.ts'

export type Service = 'dynamics' | 'activeCampaign'

/** One request of a worker, as it went over the wire. */
export interface Exchange {
  /** In the order of the diary. */
  readonly at: number
  readonly nowMs: number
  /** How long its process stood still between counting it and sending it. */
  readonly heldUpMs: number
  /** Workers are numbered; the limits of a service are kept by one worker at a time. */
  readonly worker: number
  /** What it is a call of: the place in the diary at which the host asked for that; null for a webhook. */
  readonly askedAt: number | null
  readonly service: Service
  readonly method: string
  /** With its query. */
  readonly path: string
  /** What it sent; empty for a read. */
  readonly body: string
  /** When it was over, in the order of the diary: what it changed was written down by then. */
  readonly endedAt: number
  /** Null when the connection broke. */
  readonly status: number | null
  /** Struck by a fault that the history asked for. */
  readonly struck: boolean
}

/** What goes wrong with the requests of one run, by their number in it. */
export interface Weather {
  readonly faults: ReadonlyMap<number, { readonly name: string; readonly fault: Fault }>
  /** The number of the write, among the writes, whose answer is lost. */
  readonly lostWrite: number | null
  /** What happens just before a request arrives. */
  readonly meanwhile: (request: number) => Promise<void>
  /** What somebody does to the record of a request that names one; these are counted by themselves. */
  readonly rival: (request: number, path: string) => void
}

const lost = { name: 'lost answer to a write', fault: { kind: 'cut', when: 'after' } } as const

const calm: Weather = {
  faults: new Map(),
  lostWrite: null,
  meanwhile: async () => undefined,
  rival: () => undefined,
}

/** The wire between workers and services: everything passes as it is, is written down, and is struck when it is its turn. */
export const createNetwork = (services: Services, diary: Diary, onStrike: (fault: string) => void) => {
  const exchanges: Exchange[] = []
  const trace = createHash('sha256')
  let weather = calm
  let sent = 0
  let single = 0
  let writes = 0

  const send = async (
    { service, worker, lifeline }: { service: Service; worker: number; lifeline: Lifeline },
    request: Request,
  ): Promise<Response> => {
    const countedAtMs = services.clock.now()
    await lifeline.step()
    const heldUpMs = services.clock.now() - countedAtMs
    const { method, url } = request
    const { pathname, search } = new URL(url)
    const path = `${pathname}${search}`
    const number = sent
    sent += 1
    await weather.meanwhile(number)
    // Given up while that happened, it never leaves the process.
    request.signal.throwIfAborted()
    const nowMs = services.clock.now()
    // Before a fault is put up: another request would run into it meanwhile.
    const body = method === 'GET' ? '' : await request.clone().text()
    if (namesOneRecord(pathname)) {
      weather.rival(single, pathname)
      single += 1
    }
    // A token is asked for with POST, and changes nothing.
    const isWrite = method !== 'GET' && !pathname.endsWith('/token')
    const isLost = isWrite && weather.lostWrite === writes
    if (isWrite) writes += 1
    const due = weather.faults.get(number) ?? (isLost ? lost : undefined)
    if (due !== undefined) {
      services[service].faults.next(due.fault)
      onStrike(due.name)
    }
    trace.update(`${nowMs} ${method} ${url}\n${body}\n`)
    const askedAt = asking.getStore() ?? null
    const at = diary.tick()
    const struck = due !== undefined
    const met = { at, nowMs, heldUpMs, worker, askedAt, service, method, path, body, struck }
    let status: number | null = null
    try {
      const response = await services[service].fetch(request)
      status = response.status
      return response
    } finally {
      if (method !== 'GET') diary.note('sync')
      trace.update(`${status}\n`)
      exchanges.push({ ...met, status, endedAt: diary.tick() })
      await lifeline.step()
    }
  }

  return {
    exchanges,
    /** The `fetch` of one worker to one service. */
    fetchOf: (from: { service: Service; worker: number; lifeline: Lifeline }) => (request: Request) =>
      send(from, request),
    /** From now on, requests are counted from zero and meet this. */
    expect(next: Weather): void {
      weather = next
      sent = 0
      single = 0
      writes = 0
    },
    calm(): void {
      weather = calm
      for (const { faults } of [services.dynamics, services.activeCampaign]) faults.clear()
    },
    /** Everything that went over the wire, and when, as one number. */
    fingerprint: (): string => trace.copy().digest('hex'),
  }
}

export type Network = ReturnType<typeof createNetwork>
