import type { FieldValue } from '@dynacamp/mapping-dsl'
import type { Entry } from '../diary.ts'
import type { Played } from '../play.ts'
import { partsOf } from '../record-names.ts'
import { isBlank, valuesHeld } from './cell-history.ts'
import type { Law } from './law.ts'
import { mappingsOf, partnersOf } from './pairs.ts'

/** Reasons by which a value may be overruled that the other side never had. */
const overruling: ReadonlySet<string> = new Set([
  'conflict-dynamics-wins',
  'conflict-active-campaign-wins',
  'conflict-most-recent-wins',
  'source-owns-field',
])

/** Where a record of ActiveCampaign is looked at. */
const placeOf = (record: string): RegExp => {
  const { entity, id } = partsOf(record)
  const path = entity === 'records' ? `customObjects/records/[^/]+/external/${id}` : `${entity}/${id}`
  return new RegExp(`^/api/3/${path}(?:[/?]|$)`)
}

/** Between its last look at a contact, account or record and its write, people may change it: ActiveCampaign has nothing that would tell. */
const unseenBetweenLookAndWrite = ({ exchanges }: Played, { record, at }: Entry, setAt: number): boolean => {
  if (partsOf(record).side !== 'activeCampaign') return false
  const place = placeOf(record)
  const worker = exchanges.findLast((exchange) => exchange.method !== 'GET' && exchange.at < at)?.worker
  const look = exchanges.findLast(
    (exchange) =>
      exchange.worker === worker &&
      exchange.method === 'GET' &&
      place.test(exchange.path) &&
      exchange.at < at,
  )
  return look !== undefined && look.at < setAt
}

interface Cell {
  readonly record: string
  readonly field: string
}

/**
 * Whether the journal says of one of the two, at some time before, that this value was in sync: an action brought it over, or found
 * it on both sides.
 */
const wasSettled = (
  { journal }: Played,
  [own, other]: readonly [Cell, Cell],
  until: number,
  isValue: (value: FieldValue) => boolean,
): boolean => {
  const { side, id } = partsOf(own.record)
  const end = partsOf(other.record).id
  const [dynamicsId, activeCampaignId] = side === 'dynamics' ? [id, end] : [end, id]
  return journal.some(({ at, action }) => {
    const settled = action.settles[side === 'dynamics' ? 'dynamics' : 'activeCampaign'][own.field]
    const isAbout = action.dynamicsId === dynamicsId || action.activeCampaignId === activeCampaignId
    return at < until && isAbout && settled !== undefined && isValue(settled)
  })
}

/**
 * Whether people only set back what was in sync, as while a conflict was held: both ends held it at once, and since then the sync has
 * written neither.
 */
const wasSetBack = (
  played: Played,
  [own, other]: readonly [Cell, Cell],
  until: number,
  agree: (own: FieldValue, other: FieldValue) => boolean,
): boolean => {
  const changes = played.diary.entries.filter(
    (e) => e.at < until && [own, other].some((cell) => e.record === cell.record && e.field === cell.field),
  )
  const since = changes.findLast(({ by }) => by === 'sync')?.at ?? 0
  const valueAt = (cell: Cell, at: number): FieldValue =>
    valuesHeld(played, { record: cell.record, field: cell.field, from: at, to: at }).at(-1) ?? null
  return [since, ...changes.map(({ at }) => at).filter((at) => at > since)].some((at) =>
    agree(valueAt(own, at), valueAt(other, at)),
  )
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
    const { side, id } = partsOf(record)
    const mappings = mappingsOf(played, entry)
    const areSame = (one: FieldValue, other: FieldValue): boolean =>
      mappings.some(({ mapping }) =>
        side === 'dynamics' ? mapping.sameInDynamics(one, other) : mapping.sameInActiveCampaign(one, other),
      )
    // An address that is written in another case is the same to the definition: nobody set anything.
    const set = diary.entries.findLast(
      (e) => e.record === record && e.field === field && e.at < at && !areSame(e.before, e.after),
    )
    if (set === undefined || set.by !== 'people') return []
    // What a restored record comes back with may have been in sync before it was deleted.
    const isRestored = diary.entries.some(
      (e) => e.record === record && e.field === 'record' && e.at === set.at,
    )
    if (mappings.length === 0) return []
    const known = mappings.some(({ entity, mapping }) =>
      [...(partners.get(record) ?? [])].some((partner) => {
        const other = partsOf(partner)
        if (other.side === 'dynamics' && other.entity !== entity.entity) return false
        const cell = {
          record: partner,
          field: side === 'dynamics' ? mapping.activeCampaign : mapping.dynamics,
        }
        const agrees = (value: FieldValue): boolean =>
          side === 'dynamics' ? mapping.equivalent(before, value) : mapping.equivalent(value, before)
        // What was there until then counts: the new value may be the same to the definition.
        if (valuesHeld(played, { ...cell, from: set.at - 1, to: at }).some(agrees)) return true
        const settled = wasSettled(played, [entry, cell], at, (value) => areSame(value, before))
        // What a one-way field flows into may hold a value that its source never had, from the day they were linked.
        const isTarget = mapping.direction === (side === 'dynamics' ? 'inbound' : 'outbound')
        if (isTarget && settled) return true
        // Before that, it counts only where the sync knew it: what both held unseen may be newer than what was in sync.
        if (!settled) return false
        return isRestored
          ? valuesHeld(played, { ...cell, from: 0, to: at }).some(agrees)
          : wasSetBack(played, [entry, cell], set.at, (own, other) => areSame(own, before) && agrees(other))
      }),
    )
    if (known) return []
    const overruled = journal.some(
      ({ action }) =>
        (side === 'dynamics' ? action.dynamicsId : action.activeCampaignId) === id &&
        action.changes.some(
          (change) =>
            change.field === field && areSame(change.before, before) && overruling.has(change.reason.code),
        ),
    )
    if (overruled || unseenBetweenLookAndWrite(played, entry, set.at)) return []
    return [
      `${record} ${field}: ${JSON.stringify(before)}, set by people at ${set.at}, became ${JSON.stringify(after)} at ${at}; no policy is named for it.`,
    ]
  })
}
