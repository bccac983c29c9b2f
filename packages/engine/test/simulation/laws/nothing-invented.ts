import { partsOf } from '../record-names.ts'
import { isBlank, valuesHeld } from './cell-history.ts'
import type { Law } from './law.ts'
import { mappingsOf, partnersOf } from './pairs.ts'

/** What the sync writes into a mapped field, the record at the other end holds or held. */
export const nothingInvented: Law = (played) => {
  const partners = partnersOf(played)
  return played.diary.entries.flatMap((entry): readonly string[] => {
    const { record, field, before, after, at } = entry
    if (entry.by !== 'sync' || (isBlank(before) && isBlank(after))) return []
    const mappings = mappingsOf(played, entry)
    if (mappings.length === 0) return []
    const { side } = partsOf(record)
    const held = mappings.some(({ entity, mapping }) =>
      [...(partners.get(record) ?? [])].some((partner) => {
        const other = partsOf(partner)
        if (other.side === 'dynamics' && other.entity !== entity.entity) return false
        const values = valuesHeld(played, {
          record: partner,
          field: side === 'dynamics' ? mapping.activeCampaign : mapping.dynamics,
          from: 0,
          to: at,
        })
        return values.some((value) =>
          isBlank(after)
            ? isBlank(value)
            : side === 'dynamics'
              ? mapping.equivalent(after, value)
              : mapping.equivalent(value, after),
        )
      }),
    )
    return held
      ? []
      : [
          `${record} ${field} became ${JSON.stringify(after)} at ${at}, which nobody at the other end ever set.`,
        ]
  })
}
