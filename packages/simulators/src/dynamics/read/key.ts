import { own } from '../../shared/own.ts'
import { badQuery, badRequest, DataverseError } from '../dataverse-error.ts'
import type { Environment } from '../environment.ts'
import { splitOutside } from '../odata/url.ts'
import { isLookup } from '../schema/schema.ts'
import type { AlternateKey, Table } from '../schema/table.ts'
import type { Row, Scalar } from '../store/table-store.ts'

/** What a URL addresses a row by: its id, or the values of an alternate key. */
export type RowKey =
  | { readonly kind: 'id'; readonly id: string }
  | {
      readonly kind: 'alternate'
      readonly key: AlternateKey
      /** By name in JSON. */
      readonly values: Readonly<Record<string, Scalar>>
    }

const guid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
/** Characters that break URLs by alternate key, encoded or not (define-alternate-keys-entity). */
const breaking = /[/<>*%&:\\?+#]/

const invalidKey = (table: Table): DataverseError =>
  new DataverseError(
    400,
    '0x80060890',
    'EntityKeyNotDefined',
    `The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.${table.logicalName}'. Ensure that the names and number of key properties match the declared or alternate key properties for the resource 'Microsoft.Dynamics.CRM.${table.logicalName}'.`,
  )

const keyValue = (text: string): Scalar => {
  if (text.startsWith("'") && text.endsWith("'")) {
    const value = text.slice(1, -1).replaceAll("''", "'")
    if (breaking.test(value)) throw badRequest('Bad Request - Error in query syntax.')
    return value
  }
  if (guid.test(text)) return text.toLowerCase()
  const number = Number(text)
  if (Number.isNaN(number)) return text
  return number
}

/** Parses what stands between the parentheses of an entity set. */
export function parseKey(table: Table, text: string): RowKey {
  const trimmed = text.trim()
  if (guid.test(trimmed)) return { kind: 'id', id: trimmed.toLowerCase() }
  const pairs = splitOutside(trimmed, ',').map((part): [string, Scalar] => {
    const equals = part.indexOf('=')
    if (equals < 0) throw badQuery(`Bad Request - Error in query syntax.`)
    return [part.slice(0, equals).trim(), keyValue(part.slice(equals + 1).trim())]
  })
  const values = Object.fromEntries(pairs)
  // Users and teams are keyed as ownerid in the CSDL: their own key name is not one.
  const primaryKey =
    table.logicalName === 'systemuser' || table.logicalName === 'team' ? 'ownerid' : table.primaryId
  const id = values[primaryKey]
  if (pairs.length === 1 && typeof id === 'string' && guid.test(id)) return { kind: 'id', id }
  const names = pairs.map(([name]) => name).sort()
  const key = table.keys.find(
    ({ columns }) =>
      columns.length === names.length &&
      columns
        .map((column) => propertyOf(table, column))
        .sort()
        .join() === names.join(),
  )
  if (key === undefined) throw invalidKey(table)
  return { kind: 'alternate', key, values }
}

const propertyOf = (table: Table, logicalName: string): string =>
  table.columns.get(logicalName)?.property ?? logicalName

/** Rows that hold these values in the columns of a key; texts without regard to case. */
export function rowsByKey(
  { store }: Environment,
  table: Table,
  values: Readonly<Record<string, Scalar>>,
): readonly Row[] {
  const wanted = Object.entries(values)
  const [property, target] = wanted[0] ?? ['', '']
  const column = table.properties.get(property)
  const rows = store.table(table.logicalName)
  // The first lookup or text narrows the search through the store's index.
  const candidates =
    column !== undefined && (isLookup(column) || typeof target === 'string')
      ? rows.matching(property, String(target)).map((id) => rows.get(id))
      : rows.inKeyOrder()
  const found: Row[] = []
  for (const row of candidates) {
    if (row !== undefined && wanted.every(([name, value]) => same(own(row, name), value))) found.push(row)
  }
  return found
}

const same = (left: Scalar | undefined, right: Scalar): boolean =>
  typeof left === 'string' && typeof right === 'string'
    ? left.toLowerCase() === right.toLowerCase()
    : left === right

/** The row that a key addresses, or nothing. Throws when an alternate key finds two. */
export function findRow(environment: Environment, table: Table, key: RowKey): Row | undefined {
  if (key.kind === 'id') return environment.store.table(table.logicalName).get(key.id)
  const [row, second] = rowsByKey(environment, table, key.values)
  if (second !== undefined) {
    throw new DataverseError(
      400,
      '0x8006089d',
      'MultipleRecordsFoundByEntityKey',
      `More than one record exists for entity ${table.logicalName} with entity key involving attributes ${key.key.columns.join(', ')}`,
    )
  }
  return row
}

export const notFoundByKey = (table: Table): DataverseError =>
  new DataverseError(
    404,
    '0x80060891',
    'RecordNotFoundByEntityKey',
    `A record with the specified key values does not exist in ${table.logicalName} entity`,
  )
