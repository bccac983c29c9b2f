import { own } from '../../shared/own.ts'
import { type Call, wantsAnnotation } from '../call.ts'
import { managed } from '../metadata/label.ts'
import { isLookup } from '../schema/schema.ts'
import type { Column, Table } from '../schema/table.ts'
import { type Row, tableOf } from '../store/table-store.ts'
import { formattedValue } from './formatted-value.ts'

export type JsonRow = Record<string, unknown>

export const etagOf = (row: Row): string => `W/"${row.versionnumber}"`

const formatted = 'OData.Community.Display.V1.FormattedValue'
const navigationProperty = 'Microsoft.Dynamics.CRM.associatednavigationproperty'
const lookupTable = 'Microsoft.Dynamics.CRM.lookuplogicalname'

/** Columns that a `$select` brings: those named, the currency beside money, and always the primary key. */
export function selectColumns(table: Table, named: readonly Column[] | undefined): readonly Column[] {
  if (named === undefined) return [...table.columns.values()]
  const columns = new Set(named)
  const currency = table.columns.get('transactioncurrencyid')
  if (currency !== undefined && named.some((column) => column.type === 'money')) columns.add(currency)
  const primary = table.columns.get(table.primaryId)
  if (primary !== undefined) columns.add(primary)
  return [...columns]
}

/** The navigation property that leads to what a lookup holds, for its annotation. */
const navigationOf = (column: Column, target: unknown): string | undefined =>
  column.targets?.find(({ table }) => table === target)?.navigation

/** Makes the function that writes rows as JSON; annotations stand before the value that they describe. */
export function createPresenter(call: Call, table: Table, columns: readonly Column[]): (row: Row) => JsonRow {
  const wantsFormatted = wantsAnnotation(call.prefer, formatted)
  const wantsNavigation = wantsAnnotation(call.prefer, navigationProperty)
  const wantsTable = wantsAnnotation(call.prefer, lookupTable)
  return (row) => {
    const json: JsonRow = { '@odata.etag': etagOf(row) }
    for (const column of columns) {
      const { property } = column
      const value = own(row, property)
      if (value !== undefined) {
        if (wantsFormatted) {
          const text = formattedValue(call.environment, column, value, row)
          if (text !== undefined) json[`${property}@${formatted}`] = text
        }
        if ((wantsNavigation || wantsTable) && isLookup(column)) {
          const target = row[tableOf(property)]
          if (wantsNavigation) json[`${property}@${navigationProperty}`] = navigationOf(column, target)
          if (wantsTable) json[`${property}@${lookupTable}`] = target
        }
      }
      json[property] = column.type === 'managed' ? managed(value === true, property) : (value ?? null)
    }
    // A user or team is keyed as ownerid in the CSDL: both derive from principal.
    if (table.logicalName === 'systemuser' || table.logicalName === 'team')
      json.ownerid = row[table.primaryId]
    return json
  }
}
