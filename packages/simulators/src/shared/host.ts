import { HttpResponse, http } from 'msw'
import type { SimulatorClock } from './clock.ts'
import { type Answer, type SimulatorRequest, toResponse } from './exchange.ts'
import { createFaultControl, type Fault } from './fault-control.ts'
import { listen } from './listen.ts'
import type { Resolved } from './router.ts'
import type { Simulator } from './simulator.ts'

export interface HostOptions {
  readonly baseUrl: string
  /** Other origins that the same simulator answers for, such as a sign-in host. */
  readonly otherOrigins?: readonly string[]
  readonly clock: SimulatorClock
  /**
   * Finds the handler of a request; it must answer unknown paths too. `inFlight`: requests that were under way when
   * this one arrived, itself included.
   */
  readonly resolve: (request: SimulatorRequest, inFlight: number) => Resolved
  /** Does this request ask for a second or later page? */
  readonly isFollowUpPage: (request: SimulatorRequest) => boolean
  /** The service's own body for a status that a fault asks for, such as 429 or 503. */
  readonly refusal: (status: number, request: SimulatorRequest) => Answer
}

/** How undici reports a connection that the other side dropped. */
const connectionCut = (): TypeError =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }),
  })

const truncated = (answer: Answer, share: number): Answer => ({
  ...answer,
  body: (answer.body ?? '').slice(0, Math.floor((answer.body ?? '').length * share)),
})

/** Puts a service's handlers behind the three ways in, with faults and counters in front of all of them. */
export function createHost(options: HostOptions): Simulator {
  const faults = createFaultControl()
  const byOperation: Record<string, number> = {}
  let total = 0
  let inFlight = 0

  const refuse = (fault: Extract<Fault, { kind: 'status' }>, request: SimulatorRequest): Answer => {
    const answer = options.refusal(fault.status, request)
    const { 'retry-after': _, ...headers } = answer.headers ?? {}
    return {
      ...answer,
      headers:
        fault.retryAfter === undefined ? headers : { ...headers, 'retry-after': String(fault.retryAfter) },
    }
  }

  const answerTo = async (
    request: SimulatorRequest,
    resolved: Resolved,
    due: readonly Fault[],
  ): Promise<Answer> => {
    for (const fault of due) {
      if (fault.kind === 'meanwhile') await fault.run()
      if (fault.kind === 'cut' && fault.when === 'before') throw connectionCut()
      if (fault.kind === 'status') return refuse(fault, request)
    }
    let answer = await resolved.run()
    for (const fault of due) {
      if (fault.kind === 'cut') throw connectionCut()
      if (fault.kind === 'truncate') answer = truncated(answer, fault.share ?? 0.5)
      if (fault.kind === 'rewrite') answer = fault.change(answer)
    }
    return answer
  }

  const handle = async (incoming: Request, origin?: string): Promise<Response> => {
    const release = options.clock.hold?.()
    let due: readonly Fault[] = []
    inFlight += 1
    const arrivedAs = inFlight
    try {
      const url = new URL(incoming.url)
      const request: SimulatorRequest = {
        method: incoming.method,
        url,
        origin: origin ?? options.baseUrl,
        headers: incoming.headers,
        body: await incoming.text(),
      }
      const resolved = options.resolve(request, arrivedAs)
      total += 1
      byOperation[resolved.operation] = (byOperation[resolved.operation] ?? 0) + 1
      const followUpPage = options.isFollowUpPage(request)
      due = faults.due({ request, operation: resolved.operation, followUpPage })
      return toResponse(await answerTo(request, resolved, due))
    } finally {
      release?.()
      try {
        // The wait comes after the release: a jumping clock must see this request as asleep.
        for (const fault of due) {
          if (fault.kind === 'latency') await options.clock.sleep(fault.ms, incoming.signal)
        }
      } finally {
        inFlight -= 1
      }
    }
  }

  const origins = [options.baseUrl, ...(options.otherOrigins ?? [])]
  return {
    baseUrl: options.baseUrl,
    handlers: origins.map((origin) =>
      http.all(`${origin}/*`, async ({ request }) => {
        try {
          return await handle(request)
        } catch {
          return HttpResponse.error()
        }
      }),
    ),
    fetch: (request) => handle(request),
    listen: (port = 0) => listen(handle, port),
    calls: {
      get total() {
        return total
      },
      get byOperation() {
        return { ...byOperation }
      },
    },
    faults,
  }
}
