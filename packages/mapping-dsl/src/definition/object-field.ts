import type { Column } from '../schema/column.ts'
import type { Field } from '../schema/field.ts'
import type { FieldMapping } from './field-mapping.ts'

const labelsOf = (column: Column | undefined): readonly string[] => {
  if (column === undefined) return []
  if ('options' in column) return Object.values(column.options)
  return 'labels' in column ? [column.labels.true, column.labels.false] : []
}

/**
 * The field of a custom object that an opportunity's column is mapped to. The object is made from the mapping,
 * so its options are the column's own.
 */
export const objectField = (mapping: FieldMapping, column: Column | undefined): Field | undefined => {
  switch (mapping.as) {
    case undefined:
      return undefined
    case 'dropdown':
    case 'multiselect':
      return {
        type: mapping.as,
        options: labelsOf(column).map((label) => mapping.choices?.[label] ?? label),
      }
    case 'currency':
      return { type: 'currency', currency: mapping.currency ?? '' }
    default:
      return { type: mapping.as }
  }
}
