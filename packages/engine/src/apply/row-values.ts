import type { FieldChange } from '@dynacamp/core'
import type { WireValues } from '@dynacamp/dynamics-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'

/** The body that writes these changes. Null clears a column. */
export const rowValues = (entity: CompiledEntity, changes: readonly FieldChange[]): WireValues =>
  entity.writeRow(Object.fromEntries(changes.map(({ field, after }) => [field, after])))
