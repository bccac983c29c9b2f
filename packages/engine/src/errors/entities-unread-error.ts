import type { ReadTrouble } from '../observe/unread.ts'

/** A service refuses to have some entities read. They were left as they were; everything else of the run was done. */
export class EntitiesUnreadError extends Error {
  override readonly name = 'EntitiesUnreadError'
  readonly code = 'entities-unread'
  readonly troubles: readonly ReadTrouble[]

  constructor(troubles: readonly ReadTrouble[]) {
    const each = troubles.map(
      ({ entity, side, code, message, remedy }) =>
        `${entity} of ${side === 'dynamics' ? 'Dynamics 365' : 'ActiveCampaign'} (${code}: ${message}) ${remedy}`,
    )
    super(`Could not be read, and were left alone: ${each.join(' ')} Everything else was done.`)
    this.troubles = troubles
  }
}
