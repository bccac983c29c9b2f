import type { FieldValue } from '@dynacamp/mapping-dsl'

/** Nothing there, in any of the ways the two services say so. Zero and false are values. */
export const isBlank = (value: FieldValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0)
