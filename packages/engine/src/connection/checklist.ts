import { type ConnectionReport, type ConnectionStep, type Failure, StepFailure } from './connection-step.ts'

/** What a step found, for people, and what later steps work with. */
interface Found<Value> {
  readonly found: string
  readonly value: Value
}

/** One step to be done. */
interface StepPlan<Value> {
  readonly id: string
  readonly title: string
  /** Ids of the steps that must be ok. */
  readonly after?: readonly string[]
  readonly work: () => Found<Value> | Promise<Found<Value>>
  /** What an error means here. */
  readonly explain: (error: unknown) => Failure
}

/** A checklist that is filled in. */
export interface Checklist {
  /** Does a step, and enters it; what it found, or `undefined` when it failed or was skipped. No error leaves it. */
  step<Value>(plan: StepPlan<Value>): Promise<Value | undefined>
  /** Enters a step that the definition does not need. */
  notNeeded(id: string, title: string, found: string): void
  report(): ConnectionReport
}

/** @throws the reason of the signal, when it is aborted */
export const createChecklist = (signal: AbortSignal | undefined): Checklist => {
  const steps: ConnectionStep[] = []
  const blocked = (after: readonly string[] = []): ConnectionStep | undefined => {
    const cause = steps.find(({ id, status }) => after.includes(id) && status !== 'ok')
    if (cause?.status !== 'skipped' || cause.because === null) return cause
    return steps.find(({ id }) => id === cause.because) ?? cause
  }
  return {
    async step({ id, title, after, work, explain }) {
      signal?.throwIfAborted()
      const cause = blocked(after)
      if (cause !== undefined) {
        const found = `Not checked: it takes “${cause.title}”.`
        steps.push({ id, title, status: 'skipped', found, because: cause.id })
        return undefined
      }
      try {
        const { found, value } = await work()
        steps.push({ id, title, status: 'ok', found })
        return value
      } catch (error) {
        signal?.throwIfAborted()
        const failure =
          error instanceof StepFailure ? { found: error.message, remedy: error.remedy } : explain(error)
        steps.push({ id, title, status: 'failed', ...failure })
        return undefined
      }
    },
    notNeeded(id, title, found) {
      steps.push({ id, title, status: 'skipped', found, because: null })
    },
    report: () => ({
      ok: steps.every(
        ({ status, ...step }) => status === 'ok' || ('because' in step && step.because === null),
      ),
      steps,
    }),
  }
}
