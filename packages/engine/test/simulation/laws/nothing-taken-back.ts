import type { FieldValue } from '@dynacamp/mapping-dsl'
import type { Entry } from '../diary.ts'
import type { Played } from '../play.ts'
import { partsOf } from '../record-names.ts'
import { isBlank, valuesHeld } from './cell-history.ts'
import type { Law } from './law.ts'
import { mappingsOf, partnersOf } from './pairs.ts'

/** What a worker still had on its way when its lease was taken arrives all the same. */
const isLate = ({ exchanges, overtaken }: Played, { at }: Entry): boolean => {
  const write = exchanges.findLast((exchange) => exchange.method !== 'GET' && exchange.at < at)
  return write !== undefined && overtaken.has(write.worker)
}

/** A value that people set, and that the sync has brought to the other end, is replaced only by one that the other end holds then. */
export const nothingTakenBack: Law = (played) => {
  const { diary } = played
  const partners = partnersOf(played)
  return diary.entries.flatMap((entry): readonly string[] => {
    const { record, field, before, after, at } = entry
    if (entry.by !== 'sync' || isBlank(before) || isLate(played, entry)) return []
    const { side } = partsOf(record)
    const cells = mappingsOf(played, entry).flatMap(({ entity, mapping }) =>
      [...(partners.get(record) ?? [])]
        .filter((partner) => side !== 'activeCampaign' || partsOf(partner).entity === entity.entity)
        .map((partner) => ({
          record: partner,
          field: side === 'dynamics' ? mapping.activeCampaign : mapping.dynamics,
          agrees: (own: FieldValue, other: FieldValue): boolean =>
            side === 'dynamics' ? mapping.equivalent(own, other) : mapping.equivalent(other, own),
        })),
    )
    const set = diary.entries.findLast((e) => e.record === record && e.field === field && e.at < at)
    if (set === undefined || set.by !== 'people') return []
    const isBrought = cells.some((cell) => {
      const last = diary.entries.findLast(
        (e) => e.record === cell.record && e.field === cell.field && e.at < at && e.at > set.at,
      )
      return last?.by === 'sync' && cell.agrees(before, last.after)
    })
    const isHeld = cells.some((cell) =>
      valuesHeld(played, { record: cell.record, field: cell.field, from: at, to: at }).some((value) =>
        isBlank(after) ? isBlank(value) : cell.agrees(after, value),
      ),
    )
    return isBrought && !isHeld
      ? [
          `${record} ${field}: ${JSON.stringify(before)}, set by people and brought to the other end, was taken back to ${JSON.stringify(after)} at ${at}.`,
        ]
      : []
  })
}
