import type { GuardResult } from '@dynacamp/core'

/** A plan, or a run as a whole, would change, delete or unsubscribe more than the definition allows. Nothing of it was written. */
export class GuardTrippedError extends Error {
  override readonly name = 'GuardTrippedError'
  readonly code = 'guard-tripped'
  /** Null when a whole run was measured. */
  readonly planId: string | null
  readonly guards: readonly GuardResult[]

  constructor(planId: string | null, guards: readonly GuardResult[]) {
    const reasons = guards.map(({ message }) => message).join(' ')
    const what = planId === null ? 'The run wrote nothing.' : `Plan ${planId} was not applied.`
    super(`${what} ${reasons} Review the plan; raise the guard if this is meant.`)
    this.planId = planId
    this.guards = guards
  }
}
