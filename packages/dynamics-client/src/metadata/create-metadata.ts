import { allEnded } from '@dynacamp/http'
import * as z from 'zod'
import { odataLiteral } from '../odata.ts'
import type { CallOptions } from '../prepared-request.ts'
import { decodeBody, type Transport } from '../transport.ts'
import type { Metadata } from './metadata.ts'
import {
  columnSelect,
  columnWire,
  detailWire,
  keyWire,
  relationshipSelect,
  relationshipWire,
  tableSelect,
  tableWire,
  toColumnInfo,
  toDetails,
  toKeyInfo,
  toLookupRelationship,
  toTableInfo,
} from './wire.ts'

/**
 * What each kind of column has beyond the common. The choices have no common type that the service could cast to.
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api
 */
const details: Readonly<Record<string, { readonly select: string; readonly expand?: string }>> = {
  StringAttributeMetadata: { select: 'MaxLength,FormatName' },
  MemoAttributeMetadata: { select: 'MaxLength' },
  IntegerAttributeMetadata: { select: 'MinValue,MaxValue,Format' },
  DecimalAttributeMetadata: { select: 'MinValue,MaxValue,Precision' },
  DoubleAttributeMetadata: { select: 'MinValue,MaxValue,Precision' },
  MoneyAttributeMetadata: { select: 'MinValue,MaxValue,Precision' },
  DateTimeAttributeMetadata: { select: 'Format,DateTimeBehavior' },
  LookupAttributeMetadata: { select: 'Targets' },
  PicklistAttributeMetadata: { select: '', expand: 'OptionSet,GlobalOptionSet' },
  MultiSelectPicklistAttributeMetadata: { select: '', expand: 'OptionSet,GlobalOptionSet' },
  StateAttributeMetadata: { select: '', expand: 'OptionSet' },
  StatusAttributeMetadata: { select: '', expand: 'OptionSet' },
  BooleanAttributeMetadata: { select: '', expand: 'OptionSet' },
}

const listOf = <Item extends z.ZodType>(item: Item) => z.looseObject({ value: z.array(item) })

export const createMetadata = (transport: Transport): Metadata => {
  const read = async <Schema extends z.ZodType>(
    operation: string,
    path: string,
    query: { readonly $select?: string | undefined; readonly $expand?: string | undefined },
    schema: Schema,
    options: CallOptions,
  ): Promise<z.output<Schema>> =>
    decodeBody(
      await transport.send({ operation: `metadata.${operation}`, method: 'GET', path, query }, options),
      schema,
    )

  const definition = (logicalName: string): string =>
    `EntityDefinitions(LogicalName=${encodeURIComponent(odataLiteral(logicalName))})`

  const columnDetails = async (logicalName: string, options: CallOptions) => {
    const answers = await allEnded(
      Object.entries(details).map(([type, { select, expand }]) =>
        read(
          'columns',
          `${definition(logicalName)}/Attributes/Microsoft.Dynamics.CRM.${type}`,
          { $select: ['LogicalName', select].filter(Boolean).join(','), $expand: expand },
          listOf(detailWire),
          options,
        ),
      ),
    )
    return new Map(
      answers.flatMap(({ value }) => value.map((wire) => [wire.LogicalName, toDetails(wire)] as const)),
    )
  }

  return {
    tables: async (options = {}) => {
      const query = { $select: tableSelect }
      const { value } = await read('tables', 'EntityDefinitions', query, listOf(tableWire), options)
      return value.map(toTableInfo)
    },
    table: async (logicalName, options = {}) =>
      toTableInfo(await read('table', definition(logicalName), { $select: tableSelect }, tableWire, options)),
    columns: async (logicalName, options = {}) => {
      const path = `${definition(logicalName)}/Attributes`
      const [{ value }, detailsOf] = await allEnded([
        read('columns', path, { $select: columnSelect }, listOf(columnWire), options),
        columnDetails(logicalName, options),
      ])
      return value.map((wire) => ({ ...toColumnInfo(wire), ...detailsOf.get(wire.LogicalName) }))
    },
    lookups: async (logicalName, options = {}) => {
      const path = `${definition(logicalName)}/ManyToOneRelationships`
      const query = { $select: relationshipSelect }
      const { value } = await read('lookups', path, query, listOf(relationshipWire), options)
      return value.map(toLookupRelationship)
    },
    keys: async (logicalName, options = {}) => {
      const query = {
        $select: 'LogicalName',
        $expand: 'Keys($select=LogicalName,KeyAttributes,EntityKeyIndexStatus)',
      }
      const schema = z.looseObject({ Keys: z.array(keyWire) })
      const { Keys } = await read('keys', definition(logicalName), query, schema, options)
      return Keys.map(toKeyInfo)
    },
  }
}
