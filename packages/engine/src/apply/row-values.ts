import type { FieldChange } from '@dynacamp/core'
import type { WireValues } from '@dynacamp/dynamics-client'

/** The body that writes these changes. Null clears a column. */
export const rowValues = (changes: readonly FieldChange[]): WireValues =>
  Object.fromEntries(changes.map(({ field, after }) => [field, after]))
