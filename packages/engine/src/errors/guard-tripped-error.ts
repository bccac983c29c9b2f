import type { GuardResult } from '@dynacamp/core'

/** The plan would change, delete or unsubscribe more than the definition allows. Nothing was written. */
export class GuardTrippedError extends Error {
  override readonly name = 'GuardTrippedError'
  readonly code = 'guard-tripped'
  readonly planId: string
  readonly guards: readonly GuardResult[]

  constructor(planId: string, guards: readonly GuardResult[]) {
    const reasons = guards.map(({ message }) => message).join(' ')
    super(`Plan ${planId} was not applied. ${reasons} Review the plan; raise the guard if this is meant.`)
    this.planId = planId
    this.guards = guards
  }
}
