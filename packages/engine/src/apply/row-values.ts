import type { FieldChange } from '@dynacamp/core'
import type { WireValues } from '@dynacamp/dynamics-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'

/**
 * Whether writing these changes binds the row to another one. Where that one is gone, Dataverse answers as if the row itself were
 * (`0x80040217`, https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes).
 */
export const bindsRow = ({ accountRelation }: CompiledEntity, changes: readonly FieldChange[]): boolean =>
  accountRelation !== undefined &&
  changes.some(({ field, after }) => field === accountRelation.dynamics && after !== null)

/** The body that writes these changes. Null clears a column. */
export const rowValues = (entity: CompiledEntity, changes: readonly FieldChange[]): WireValues =>
  entity.writeRow(Object.fromEntries(changes.map(({ field, after }) => [field, after])))
