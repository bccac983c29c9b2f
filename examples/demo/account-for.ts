import type { Plan } from '@dynacamp/core'
import type { EntityName } from '@dynacamp/mapping-dsl'
import type { Side } from './read-sides.ts'

/** Where the records of one service ended up; `unaccounted` must be empty. */
export interface Account {
  readonly records: number
  readonly synced: number
  /** Of those in sync, how many have a field that is held. */
  readonly partly: number
  readonly held: number
  readonly skipped: number
  readonly unaccounted: readonly string[]
}

/** Leads and contacts of Dynamics 365 are contacts of ActiveCampaign, which stand with the contacts when counted. */
const speaksFor = (entity: EntityName, side: 'dynamics' | 'activeCampaign', of: EntityName): boolean =>
  of === entity || (side === 'activeCampaign' && entity === 'contacts' && of === 'leads')

/** Who is held or skipped according to the plan, with those whom a held record could be matched with. */
export const explained = (plan: Plan, entity: EntityName, side: 'dynamics' | 'activeCampaign') => {
  const id = side === 'dynamics' ? 'dynamicsId' : 'activeCampaignId'
  const holds = plan.holds.filter((hold) => speaksFor(entity, side, hold.entity))
  const skips = plan.skips.filter((skip) => speaksFor(entity, side, skip.entity))
  const whole = holds.filter((hold) => hold.field === null)
  const candidates = whole.flatMap((hold) => hold.candidates.filter((candidate) => candidate.side === side))
  return {
    held: new Set([
      ...whole.flatMap((hold) => hold[id] ?? []),
      ...candidates.map((candidate) => candidate.id),
    ]),
    skipped: new Set(skips.flatMap((skip) => skip[id] ?? [])),
    heldFields: new Set(holds.map((hold) => `${hold[id]} ${hold.field}`)),
    partly: new Set(holds.flatMap((hold) => (hold.field === null ? [] : (hold[id] ?? [])))),
  }
}

export const accountFor = (
  records: readonly Side[],
  synced: ReadonlySet<string>,
  { held, skipped, partly }: ReturnType<typeof explained>,
): Account => {
  const ids = records.map(({ id }) => id)
  const isSynced = (id: string) => synced.has(id)
  return {
    records: ids.length,
    synced: ids.filter(isSynced).length,
    partly: ids.filter((id) => isSynced(id) && partly.has(id)).length,
    held: ids.filter((id) => held.has(id) && !isSynced(id)).length,
    skipped: ids.filter((id) => skipped.has(id) && !held.has(id) && !isSynced(id)).length,
    unaccounted: ids.filter((id) => !isSynced(id) && !held.has(id) && !skipped.has(id)),
  }
}
