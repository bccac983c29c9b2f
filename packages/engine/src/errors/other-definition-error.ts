/** A plan that was made for another definition, or for another version of the schema. Nothing was written. */
export class OtherDefinitionError extends Error {
  override readonly name = 'OtherDefinitionError'
  readonly code = 'other-definition'
  readonly planId: string

  constructor(planId: string) {
    super(`Plan ${planId} was made for another definition. Make a new plan and review it.`)
    this.planId = planId
  }
}
