import { GuardTrippedError, type RunOptions, type RunReport, schedule } from '../../src/index.ts'
import { asking } from './asking.ts'
import type { Crew } from './crew.ts'
import type { Guards } from './definition.ts'
import type { Diary } from './diary.ts'
import type { Run } from './history.ts'
import type { Services } from './services.ts'
import type { Worker } from './worker.ts'

/** What the host asked of a sync, and what came of it. */
export interface Attempt {
  readonly call: 'run' | 'plan' | 'apply' | 'runDue'
  /** The number of the worker. */
  readonly worker: number
  /** In the order of the diary. */
  readonly from: number
  readonly until: number
  /** Of the worker's definition. */
  readonly guards: Guards
  readonly askedAtMs: number
  readonly endedAtMs: number
  /** Of the run; undefined where none was due, or where it ended with an error. */
  readonly report: RunReport | undefined
  /** When to ask again, by the answer of `runDue`. */
  readonly nextAtMs: number | undefined
  readonly error: unknown
  /** The store failed meanwhile. */
  readonly storeFailed: boolean
}

/** From when to when the sync was switched off, in the order of the diary; both while somebody was doing it. */
export interface Switched {
  readonly off: number
  on: number
}

type Result = Pick<Partial<Attempt>, 'report' | 'nextAtMs'>

interface Place {
  readonly services: Services
  readonly diary: Diary
  readonly crew: Crew
  readonly count: (what: string) => void
}

/** A host's schedule asks once, waits for its slot, finds another at work, and asks once more. */
const mostAsks = 4

/** The program that the sync is built into: drives workers in every way there is, and remembers what came of each call. */
export const createHost = ({ services: { clock }, diary, crew, count }: Place) => {
  const attempts: Attempt[] = []
  const switches: Switched[] = []

  const record = async (
    call: Attempt['call'],
    { number, guards }: Worker,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    const begun = { call, worker: number, guards, from: diary.tick(), askedAtMs: clock.now() }
    const failuresBefore = crew.storeFailures()
    let ended: Result & { readonly error?: unknown } = {}
    try {
      ended = await asking.run(begun.from, work)
      return ended
    } catch (error) {
      ended = { error }
      if (error instanceof GuardTrippedError) count(`a guard stops ${call}`)
      throw error
    } finally {
      const { report, nextAtMs, error } = ended
      attempts.push({
        ...begun,
        ...{ until: diary.tick(), endedAtMs: clock.now(), report, nextAtMs, error },
        storeFailed: crew.storeFailures() > failuresBefore,
      })
    }
  }

  const noteStop = (report: RunReport | undefined): void => {
    if (report?.ending === 'off' && report.runId !== null) count('the switch stops a run')
  }

  const ask = async (worker: Worker, options: RunOptions) => {
    const { report, nextAtMs } = await record('runDue', worker, async () => {
      const due = await worker.sync.runDue(options)
      return { report: due.report ?? undefined, nextAtMs: due.nextAtMs }
    })
    count(`asked whether a run is due: ${report?.ending ?? 'not yet'}`)
    noteStop(report)
    return { report: report ?? null, nextAtMs: nextAtMs ?? clock.now() }
  }

  /** A host with a scheduler of its own asks until a run was done, each time when it was told to. */
  const keepAsking = async (worker: Worker, options: RunOptions): Promise<void> => {
    for (let asked = 0; asked < mostAsks; asked += 1) {
      const { report, nextAtMs } = await ask(worker, options)
      if (report !== null && report.runId !== null) return
      await clock.sleep(Math.max(nextAtMs - clock.now(), 0))
    }
  }

  /** The in-process scheduler, until it has done a run. */
  const keepSchedule = async (worker: Worker, options: RunOptions): Promise<void> => {
    const stop = new AbortController()
    const errors: unknown[] = []
    const sync = {
      ...worker.sync,
      runDue: (given: RunOptions = {}) => ask(worker, { ...given, ...options }),
    }
    await schedule([sync], {
      signal: stop.signal,
      clock,
      onReport: () => stop.abort(),
      onError(error) {
        errors.push(error)
        stop.abort()
      },
    })
    if (errors.length > 0) throw errors[0]
  }

  const run = async (worker: Worker, options: RunOptions = {}): Promise<void> => {
    const { report } = await record('run', worker, async () => ({ report: await worker.sync.run(options) }))
    count(`a run ends: ${report?.ending}`)
    noteStop(report)
  }

  const planAndApply = async (worker: Worker, { full }: Pick<Run, 'full'>): Promise<void> => {
    const { sync } = worker
    // What it calls is not called for a webhook that arrives meanwhile.
    const plan = await asking.run(diary.tick(), () => sync.plan({ full }))
    await record('apply', worker, async () => {
      await sync.apply(plan)
      return {}
    })
  }

  const switchOff = async (): Promise<void> => {
    await crew.office.sync.switchOff()
    count('the sync is switched off')
    if (switches.at(-1)?.on !== Number.POSITIVE_INFINITY)
      switches.push({ off: diary.tick(), on: Number.POSITIVE_INFINITY })
  }

  /** Where it was switched off: tries in vain, and switches it on again. */
  const switchOn = async (worker: Worker): Promise<void> => {
    const last = switches.at(-1)
    if (last?.on !== Number.POSITIVE_INFINITY) return
    await run(worker)
    await ask(worker, {})
    last.on = diary.tick()
    await crew.office.sync.switchOn()
    count('the sync is switched on')
  }

  return {
    attempts,
    /** Whether a guard stopped what was asked for last. */
    isStoppedByGuard: () => attempts.at(-1)?.error instanceof GuardTrippedError,
    switches,
    switchOff,
    switchOn,
    ask,
    run,
    /** Has a worker do what is to be done, in the way that the history says. */
    async drive(worker: Worker, { how, full, deadlineMs }: Run): Promise<void> {
      const options = { full, ...(deadlineMs !== null && { deadlineMs }) }
      switch (how) {
        case 'run':
          count('a run')
          return run(worker, options)
        case 'plan':
          count('a plan that is applied')
          return planAndApply(worker, { full })
        case 'due':
          count('a host asks until a run is due')
          return keepAsking(worker, options)
        case 'schedule':
          count('a schedule')
          return keepSchedule(worker, options)
      }
    },
  }
}
