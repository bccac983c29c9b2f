import type { BlankPolicy, Direction, FieldMapping } from '../definition/field-mapping.ts'
import { type Column, type LookupColumn, usualNavigation } from '../schema/column.ts'
import type { CompiledRelation } from './compiled.ts'
import { conflictOf } from './conflict-of.ts'
import { idColumn, tableAnnotation } from './read-row.ts'

/** What a mapping says by saying nothing. */
interface Defaults {
  readonly direction: Direction
  readonly blank: BlankPolicy
}

/** The mapping of a lookup to the contact's account. */
export const accountRelation = (
  mapping: FieldMapping,
  column: Column,
  defaults: Defaults,
): CompiledRelation => {
  const { dynamics: lookup, activeCampaign, direction = defaults.direction } = mapping
  const { targets = [], navigation }: Partial<LookupColumn> = column.type === 'lookup' ? column : {}
  const isOpen = targets.length > 1
  return {
    key: `${lookup}:${activeCampaign}`,
    lookup,
    dynamics: idColumn(lookup),
    table: isOpen ? `${idColumn(lookup)}@${tableAnnotation}` : undefined,
    navigation: navigation?.account ?? usualNavigation(lookup, targets, 'account'),
    activeCampaign,
    entity: 'accounts',
    direction,
    conflict: mapping.conflict ?? conflictOf(direction),
    blank: mapping.blank ?? defaults.blank,
    sensitive: mapping.sensitive ?? false,
  }
}
