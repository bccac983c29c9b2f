import { columnsFor } from '../schema/lookup.ts'
import type { EntitySource, TypedMapping } from './compile-entity.ts'
import type { CompiledRelation } from './compiled.ts'
import { conflictOf } from './conflict-of.ts'
import { idColumn, tableAnnotation } from './read-row.ts'

/** The mapping of a contact's account, while accounts are in sync; without them nobody could say which is which. */
export const accountRelation = (
  source: EntitySource,
  typed: readonly TypedMapping[],
): CompiledRelation | undefined => {
  const found = typed.find(({ field }) => field.type === 'account')
  if (found === undefined || source.definition.accounts?.enabled !== true) return undefined
  const { dynamics: lookup, activeCampaign, direction, conflict, blank, sensitive } = found.mapping
  const column = columnsFor(source.schema, source.name)[lookup]
  const flow = direction ?? source.entity.direction
  const isOpen = column?.type === 'lookup' && column.targets.length > 1
  return {
    key: `${lookup}:${activeCampaign}`,
    lookup,
    dynamics: idColumn(lookup),
    table: isOpen ? `${idColumn(lookup)}@${tableAnnotation}` : undefined,
    navigation: isOpen ? `${lookup}_account` : lookup,
    activeCampaign,
    entity: 'accounts',
    direction: flow,
    conflict: conflict ?? conflictOf(flow),
    blank: blank ?? source.definition.blank,
    sensitive: sensitive ?? false,
  }
}
