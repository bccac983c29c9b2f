import { incompatibility } from '../codec/compatibility.ts'
import type { Columns } from '../schema/column.ts'
import { type EntityName, entityNames, placeOf } from '../schema/entity.ts'
import type { Field, FieldSet, FieldType } from '../schema/field.ts'
import { columnsFor, fieldsFor } from '../schema/lookup.ts'
import type { Schema } from '../schema/schema.ts'
import { type CompatibleChoice, columnsThatFit } from './compatible-fields.ts'

/** An ActiveCampaign field, and the columns of one D365 table that it can be mapped to. */
export interface FieldCompatibility {
  readonly entity: EntityName
  /** Of opportunities: the custom object that has the field. */
  readonly object?: string
  readonly field: string
  readonly type: FieldType
  readonly label: string
  readonly columns: readonly CompatibleChoice[]
  /** Why no column fits, when none does. */
  readonly reason?: string
}

/** Opportunities flow to ActiveCampaign only. */
const onlyOutbound = (choices: readonly CompatibleChoice[]): readonly CompatibleChoice[] =>
  choices.filter(({ flow }) => flow !== 'inbound').map((choice) => ({ ...choice, flow: 'outbound' }))

const noneFits = (columns: Columns, field: Field): string => {
  const [first] = Object.values(columns)
  return first === undefined ? 'the schema has no column here' : incompatibility(first.type, field.type)
}

const ofFields = (
  entity: EntityName,
  columns: Columns,
  fields: FieldSet,
  object?: string,
): readonly FieldCompatibility[] =>
  Object.entries(fields).map(([name, field]) => {
    const fitting = columnsThatFit(columns, field)
    const choices = object === undefined ? fitting : onlyOutbound(fitting)
    return {
      entity,
      ...(object === undefined ? {} : { object }),
      field: name,
      type: field.type,
      label: field.label ?? name,
      columns: choices,
      ...(choices.length > 0 ? {} : { reason: noneFits(columns, field) }),
    }
  })

/**
 * What can be mapped to what: for every ActiveCampaign field of every table in the schema, the columns that fit, or why
 * none does.
 *
 * @example
 * ```ts
 * import { compatibilityReport, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * for (const { entity, field, columns } of compatibilityReport(standardSchema)) {
 *   console.log(entity, field, columns.map(({ name }) => name).join(', '))
 * }
 * ```
 */
export const compatibilityReport = (schema: Schema): readonly FieldCompatibility[] =>
  entityNames
    .filter((entity) => schema.dynamics[entity] !== undefined)
    .flatMap((entity) => {
      const columns = columnsFor(schema, entity)
      if (placeOf[entity] !== 'objects') return ofFields(entity, columns, fieldsFor(schema, entity))
      return Object.entries(schema.activeCampaign.objects ?? {}).flatMap(([object, fields]) =>
        ofFields(entity, columns, fields, object),
      )
    })
