import type { Entry } from '../diary.ts'
import type { Played } from '../play.ts'
import { counterpartOf, partsOf } from '../record-names.ts'
import type { Law } from './law.ts'
import { partnersOf } from './pairs.ts'

/** What goes its own way, whatever the direction of a table: consent, and the marks. */
const isApart = (field: string): boolean =>
  field === 'donotbulkemail' || field === 'tags' || field.startsWith('list ')

/** Tables whose rows a record of either side may stand for. */
const tablesOf = (
  { definition }: Played,
  partners: ReturnType<typeof partnersOf>,
  record: string,
): readonly string[] => {
  const { side, entity } = partsOf(record)
  if (side === 'dynamics') return [entity]
  const shared = definition.entities.filter((one) => counterpartOf(one.entity) === entity)
  if (shared.length === 1) return shared.map((one) => one.entity)
  return [...(partners.get(record) ?? [])].map((partner) => partsOf(partner).entity)
}

/** Either service itself empties what referred to a record that is deleted. */
const wasLetGo = (
  { diary }: Played,
  { record, field, after, at }: Pick<Entry, 'record' | 'field' | 'after' | 'at'>,
): boolean => {
  const { side } = partsOf(record)
  const isReference = side === 'dynamics' ? field.startsWith('_') : field === 'account'
  return (
    isReference &&
    (after === null || after === '') &&
    diary.entries.some(
      (entry) =>
        entry.at === at &&
        entry.field === 'record' &&
        entry.after === false &&
        partsOf(entry.record).side === side,
    )
  )
}

/** A table that flows one way is written on its other side only. */
export const oneWay: Law = (played) => {
  const { definition, diary } = played
  const directionOf = new Map<string, string>(
    definition.entities.map(({ entity, direction }) => [entity, direction]),
  )
  if (![...directionOf.values()].includes('inbound') && ![...directionOf.values()].includes('outbound'))
    return []
  const partners = partnersOf(played)
  return diary.entries.flatMap(({ by, record, field, after, at }): readonly string[] => {
    if (by !== 'sync' || isApart(field) || wasLetGo(played, { record, field, after, at })) return []
    const against = partsOf(record).side === 'dynamics' ? 'outbound' : 'inbound'
    const tables = tablesOf(played, partners, record)
    return tables.length > 0 && tables.every((table) => directionOf.get(table) === against)
      ? [
          `${record} ${field} became ${JSON.stringify(after)} at ${at}, and ${tables.join(', ')} flow ${against}.`,
        ]
      : []
  })
}
