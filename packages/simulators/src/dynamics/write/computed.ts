import type { Environment } from '../environment.ts'
import type { Table } from '../schema/table.ts'
import { type Scalar, tableOf } from '../store/table-store.ts'

/** A row while it is put together; it has no entries for empty columns. */
export type Draft = Record<string, Scalar | undefined>

/** Sets a column of a draft, or empties it. */
export function put(draft: Draft, property: string, value: Scalar | undefined): void {
  if (value !== undefined) draft[property] = value
  else if (Object.hasOwn(draft, property)) delete draft[property]
}

const joined = (parts: readonly (Scalar | undefined)[], separator: string): string | undefined => {
  const text = parts.filter((part) => part !== undefined && part !== '').join(separator)
  return text === '' ? undefined : text
}

/** Names in the order of a fresh organization: first name, last name. */
function computeNames(table: Table, draft: Draft, seededName: Scalar | undefined): void {
  if (table.columns.has('fullname') && table.columns.has('lastname')) {
    const name = joined([draft.firstname, draft.lastname], ' ') ?? seededName
    put(draft, 'fullname', name)
    // The phonetic name falls back to the written one, as recorded environments show.
    if (table.columns.has('yomifullname')) {
      put(draft, 'yomifullname', joined([draft.yomifirstname, draft.yomilastname], ' ') ?? name)
    }
  }
}

/** The parts that make up an address block's composite, by their names in JSON. */
const addressParts = [1, 2, 3].map((number) => {
  const at = `address${number}_`
  return {
    composite: `${at}composite`,
    lines: [`${at}line1`, `${at}line2`, `${at}line3`],
    region: [`${at}stateorprovince`, `${at}postalcode`],
    city: `${at}city`,
    country: `${at}country`,
  }
})

function computeAddresses(table: Table, draft: Draft): void {
  for (const { composite, lines, region, city, country } of addressParts) {
    if (!table.columns.has(composite)) continue
    const of = (names: readonly string[]): readonly (Scalar | undefined)[] => names.map((name) => draft[name])
    const place = joined([draft[city], joined(of(region), ' ')], ', ')
    put(draft, composite, joined([...of(lines), place, draft[country]], '\r\n'))
  }
}

/** Money columns keep their value in the base currency beside them: value divided by the exchange rate. */
function computeMoney(environment: Environment, table: Table, draft: Draft): void {
  const currency = '_transactioncurrencyid_value'
  if (!table.properties.has(currency)) return
  const columns = moneyColumns(table)
  if (draft[currency] === undefined) {
    if (columns.every((property) => draft[property] === undefined)) return
    draft[currency] = environment.ids.currency
    draft[tableOf(currency)] = 'transactioncurrency'
  }
  const row = environment.store.table('transactioncurrency').get(String(draft[currency]))
  const rate = Number(row?.exchangerate ?? 1)
  draft.exchangerate = rate
  for (const property of columns) {
    const value = draft[property]
    put(
      draft,
      `${property}_base`,
      typeof value === 'number' ? Math.round((value / rate) * 10_000) / 10_000 : undefined,
    )
  }
}

const money = new WeakMap<Table, { readonly columns: number; readonly properties: readonly string[] }>()

/** Money columns that people fill, without their `_base` companions. Found once per table. */
function moneyColumns(table: Table): readonly string[] {
  const known = money.get(table)
  if (known?.columns === table.columns.size) return known.properties
  const properties = [...table.columns.values()]
    .filter(({ type, logicalName }) => type === 'money' && !logicalName.endsWith('_base'))
    .map(({ property }) => property)
  money.set(table, { columns: table.columns.size, properties })
  return properties
}

/** `accountid` and `parentcontactid` of a contact show its parent, whichever kind it is; leads and opportunities alike. */
function computeCustomers(table: Table, draft: Draft): void {
  const [customer, contact] =
    table.logicalName === 'contact'
      ? ['_parentcustomerid_value', '_parentcontactid_value']
      : ['_customerid_value', '_contactid_value']
  if (!table.properties.has(customer) || !table.properties.has('_accountid_value')) return
  const held = draft[tableOf(customer)]
  for (const [kind, property] of [
    ['account', '_accountid_value'],
    ['contact', contact],
  ] as const) {
    put(draft, property, held === kind ? draft[customer] : undefined)
    put(draft, tableOf(property), held === kind ? kind : undefined)
  }
}

/** A connection carries the numbers of the tables that it connects, and the name of the row that it leads to. */
function computeConnection({ schema, store }: Environment, table: Table, draft: Draft): void {
  if (table.logicalName !== 'connection') return
  for (const side of ['record1', 'record2']) {
    const target = schema.tables.get(String(draft[tableOf(`_${side}id_value`)] ?? ''))
    if (target === undefined) continue
    draft[`${side}objecttypecode`] = target.objectTypeCode
    const row = store.table(target.logicalName).get(String(draft[`_${side}id_value`]))
    if (side === 'record2') put(draft, 'name', row?.[target.primaryName])
  }
}

/** The owner says which user, team and business unit own the row. */
function computeOwners(environment: Environment, table: Table, draft: Draft): void {
  if (table.ownership !== 'UserOwned' || !table.columns.has('owningbusinessunit')) return
  const owner = draft._ownerid_value
  const isTeam = draft[tableOf('_ownerid_value')] === 'team'
  const holder = environment.store.table(isTeam ? 'team' : 'systemuser').get(String(owner))
  const set = (property: string, value: Scalar | undefined, name: string): void => {
    put(draft, property, value)
    put(draft, tableOf(property), value === undefined ? undefined : name)
  }
  set('_owninguser_value', isTeam ? undefined : owner, 'systemuser')
  set('_owningteam_value', isTeam ? owner : undefined, 'team')
  set(
    '_owningbusinessunit_value',
    holder?._businessunitid_value ?? environment.ids.businessUnit,
    'businessunit',
  )
}

/** Fills the columns that follow from others. `seededName`: a full name given where its parts are not. */
export function compute(environment: Environment, table: Table, draft: Draft, seededName?: Scalar): void {
  computeNames(table, draft, seededName)
  computeConnection(environment, table, draft)
  computeAddresses(table, draft)
  computeMoney(environment, table, draft)
  computeCustomers(table, draft)
  computeOwners(environment, table, draft)
}
