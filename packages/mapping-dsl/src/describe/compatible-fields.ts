import type { Flow } from '../codec/compatibility.ts'
import { explainPair } from '../codec/explain-pair.ts'
import type { Column, Columns } from '../schema/column.ts'
import type { EntityName } from '../schema/entity.ts'
import type { Field } from '../schema/field.ts'
import { columnsFor, fieldsFor } from '../schema/lookup.ts'
import type { Schema } from '../schema/schema.ts'

/** A field or column that another one can be mapped to. */
export interface CompatibleChoice {
  readonly name: string
  readonly type: string
  readonly label: string
  /** The ways the mapping can go; a column that cannot be written makes it `outbound`. */
  readonly flow: Flow
  readonly loss?: string
}

const choice = (
  name: string,
  subject: Column | Field,
  column: Column,
  field: Field,
): readonly CompatibleChoice[] => {
  const pair = explainPair(column.type, field.type)
  if (!pair.compatible || (pair.flow === 'inbound' && column.access === 'read')) return []
  return [
    {
      name,
      type: subject.type,
      label: subject.label ?? name,
      flow: column.access === 'read' ? 'outbound' : pair.flow,
      ...(pair.loss === undefined ? {} : { loss: pair.loss }),
    },
  ]
}

/** The columns that a field can be mapped to. */
export const columnsThatFit = (columns: Columns, field: Field): readonly CompatibleChoice[] =>
  Object.entries(columns).flatMap(([name, column]) => choice(name, column, column, field))

/**
 * The ActiveCampaign fields that a D365 column can be mapped to, for settings pages.
 *
 * @example
 * ```ts
 * import { compatibleFields, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * for (const { name, flow } of compatibleFields(standardSchema, 'contacts', 'jobtitle')) console.log(name, flow)
 * ```
 */
export const compatibleFields = (
  schema: Schema,
  entity: EntityName,
  columnName: string,
): readonly CompatibleChoice[] => {
  const columns = columnsFor(schema, entity)
  const column = Object.hasOwn(columns, columnName) ? columns[columnName] : undefined
  if (column === undefined) return []
  return Object.entries(fieldsFor(schema, entity)).flatMap(([name, field]) =>
    choice(name, field, column, field),
  )
}

/**
 * The D365 columns that an ActiveCampaign field can be mapped to.
 *
 * @example
 * ```ts
 * import { compatibleColumns, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * console.log(compatibleColumns(standardSchema, 'contacts', 'phone').map(({ name }) => name))
 * ```
 */
export const compatibleColumns = (
  schema: Schema,
  entity: EntityName,
  fieldName: string,
): readonly CompatibleChoice[] => {
  const fields = fieldsFor(schema, entity)
  const field = Object.hasOwn(fields, fieldName) ? fields[fieldName] : undefined
  return field === undefined ? [] : columnsThatFit(columnsFor(schema, entity), field)
}
