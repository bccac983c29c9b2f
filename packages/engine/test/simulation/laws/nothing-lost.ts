import type { Subject } from '@dynacamp/core'
import type { Entry } from '../diary.ts'
import type { Played } from '../play.ts'
import { isBlank, valuesHeld } from './cell-history.ts'
import { type Law, partsOf } from './law.ts'
import { mappingsOf, partnersOf } from './pairs.ts'

/** Between the last look at a contact and the write, people may change it: ActiveCampaign has nothing that would tell. */
const unseenBetweenLookAndWrite = (
  { exchanges }: Played,
  { record }: Entry,
  setAt: number,
  wroteAt: number,
): boolean => {
  const { side, id } = partsOf(record)
  if (side !== 'activeCampaign') return false
  const looks = exchanges.filter(
    ({ method, path, at }) => method === 'GET' && path.startsWith(`/api/3/contacts/${id}`) && at < wroteAt,
  )
  const last = looks.at(-1)
  return last !== undefined && last.at < setAt
}

/**
 * A value that people set and the sync replaced was in sync before (so that a later change replaced it), or the plan lists
 * it as a conflict that a policy decided, and as what an action overwrites.
 */
export const nothingLost: Law = (played) => {
  const { diary, plans } = played
  const partners = partnersOf(played)
  return diary.entries.flatMap((entry): readonly string[] => {
    const { record, field, before, after, at } = entry
    if (entry.by !== 'sync' || isBlank(before)) return []
    const set = diary.entries.filter((e) => e.record === record && e.field === field && e.at < at).at(-1)
    if (set === undefined || set.by !== 'people') return []
    const { side, id } = partsOf(record)
    const mappings = mappingsOf(played, entry)
    if (mappings.length === 0) return []
    const known = mappings.some(({ entity, mapping }) =>
      [...(partners.get(record) ?? [])].some((partner) => {
        const other = partsOf(partner)
        if (other.side === 'dynamics' && other.entity !== entity.entity) return false
        const held = valuesHeld(played, {
          record: partner,
          field: side === 'dynamics' ? mapping.activeCampaign : mapping.dynamics,
          from: set.at,
          to: at,
        })
        return held.some((value) =>
          side === 'dynamics' ? mapping.equivalent(before, value) : mapping.equivalent(value, before),
        )
      }),
    )
    if (known) return []
    const same = (value: typeof before): boolean =>
      mappings.some(({ mapping }) =>
        side === 'dynamics'
          ? mapping.sameInDynamics(value, before)
          : mapping.sameInActiveCampaign(value, before),
      )
    const isOurs = (subject: Subject): boolean =>
      (side === 'dynamics' ? subject.dynamicsId : subject.activeCampaignId) === id
    const overruled = plans.some(
      ({ plan }) =>
        plan.conflicts.some(
          (conflict) =>
            isOurs(conflict) &&
            (side === 'dynamics' ? conflict.dynamicsField : conflict.activeCampaignField) === field &&
            same(side === 'dynamics' ? conflict.dynamics : conflict.activeCampaign) &&
            conflict.winner === (side === 'dynamics' ? 'activeCampaign' : 'dynamics'),
        ) &&
        plan.actions.some(
          (action) =>
            isOurs(action) && action.changes.some((change) => change.field === field && same(change.before)),
        ),
    )
    if (overruled || unseenBetweenLookAndWrite(played, entry, set.at, at)) return []
    return [
      `${record} ${field}: ${JSON.stringify(before)}, set by people at ${set.at}, became ${JSON.stringify(after)} at ${at}; no policy is named for it.`,
    ]
  })
}
