import type { Entry } from '../diary.ts'
import type { Played } from '../play.ts'
import { isBlank, valuesHeld } from './cell-history.ts'
import { type Law, partsOf } from './law.ts'
import { mappingsOf, partnersOf } from './pairs.ts'

/** Reasons by which a value may be overruled that the other side never had. */
const overruling: ReadonlySet<string> = new Set([
  'conflict-dynamics-wins',
  'conflict-active-campaign-wins',
  'conflict-most-recent-wins',
  'source-owns-field',
])

/** Between its last look at a contact and its write, people may change it: ActiveCampaign has nothing that would tell. */
const unseenBetweenLookAndWrite = ({ exchanges }: Played, { record, at }: Entry, setAt: number): boolean => {
  const { side, id } = partsOf(record)
  if (side !== 'activeCampaign') return false
  const worker = exchanges.findLast((exchange) => exchange.method !== 'GET' && exchange.at < at)?.worker
  const look = exchanges.findLast(
    (exchange) =>
      exchange.worker === worker &&
      exchange.method === 'GET' &&
      exchange.path.startsWith(`/api/3/contacts/${id}`) &&
      exchange.at < at,
  )
  return look !== undefined && look.at < setAt
}

/**
 * A value that people set and the sync replaced was in sync before (so that a later change replaced it), or an action
 * of the journal names it, with the policy that overruled it.
 */
export const nothingLost: Law = (played) => {
  const { diary, journal } = played
  const partners = partnersOf(played)
  return diary.entries.flatMap((entry): readonly string[] => {
    const { record, field, before, after, at } = entry
    if (entry.by !== 'sync' || isBlank(before)) return []
    const set = diary.entries.filter((e) => e.record === record && e.field === field && e.at < at).at(-1)
    if (set === undefined || set.by !== 'people') return []
    // What a restored record comes back with may have been in sync before it was deleted.
    const isRestored = diary.entries.some(
      (e) => e.record === record && e.field === 'record' && e.at === set.at,
    )
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
          // What was there until then counts: the new value may be the same to the definition.
          from: isRestored ? 0 : set.at - 1,
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
    const overruled = journal.some(
      ({ action }) =>
        (side === 'dynamics' ? action.dynamicsId : action.activeCampaignId) === id &&
        action.changes.some(
          (change) => change.field === field && same(change.before) && overruling.has(change.reason.code),
        ),
    )
    if (overruled || unseenBetweenLookAndWrite(played, entry, set.at)) return []
    return [
      `${record} ${field}: ${JSON.stringify(before)}, set by people at ${set.at}, became ${JSON.stringify(after)} at ${at}; no policy is named for it.`,
    ]
  })
}
