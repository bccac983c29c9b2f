import type { Refusal } from '../apply/refusals.ts'

/** A service refuses kinds of actions for some entities, whatever the record. Everything else of the run was done. */
export class ActionsRefusedError extends Error {
  override readonly name = 'ActionsRefusedError'
  readonly code = 'actions-refused'
  readonly refusals: readonly Refusal[]

  constructor(refusals: readonly Refusal[]) {
    const each = refusals.map(
      ({ entity, kind, code, message }) => `${kind} of ${entity} (${code}: ${message})`,
    )
    super(
      `Refused, whatever the record: ${each.join('; ')}. Everything else was done. ` +
        'Give the app’s user in Dynamics 365, or the user of the key in ActiveCampaign, the permission.',
    )
    this.refusals = refusals
  }
}
