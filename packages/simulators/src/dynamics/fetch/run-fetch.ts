import type { Answer } from '../../shared/exchange.ts'
import { own } from '../../shared/own.ts'
import { type Call, filterContext, odataAnswer, wantsAnnotation } from '../call.ts'
import { badRequest, DataverseError } from '../dataverse-error.ts'
import { compareScalars } from '../odata/filter.ts'
import { createPresenter, type JsonRow, selectColumns } from '../read/present.ts'
import type { Table } from '../schema/table.ts'
import { demand, mayRead } from '../security/access.ts'
import type { Row, Scalar } from '../store/table-store.ts'
import { columnNamed, compileFetchFilter } from './conditions.ts'
import { type Element, parseXml } from './xml.ts'

const pageLimit = 5000

/** One row of the result: the row itself and what is linked to it, by alias; nothing where an outer link found nothing. */
interface Combination {
  readonly row: Row
  readonly linked: ReadonlyMap<
    string,
    { readonly table: Table; readonly row: Row | undefined; readonly source: Element }
  >
}

const named = (element: Element, name: string): readonly Element[] =>
  element.children.filter((child) => child.name === name)

function tableNamed(call: Call, name: string | undefined): Table {
  const table = call.environment.schema.tables.get(name ?? '')
  if (table !== undefined) return table
  throw new DataverseError(
    400,
    '0x80041102',
    'QueryBuilderNoEntity',
    `The entity with a name = '${name ?? ''}' with namemapping = 'Logical' was not found in the MetadataCache.`,
  )
}

const filtersOf = (call: Call, element: Element, table: Table): ((row: Row) => boolean) => {
  const tests = named(element, 'filter').map((filter) =>
    compileFetchFilter(filter, table, filterContext(call)),
  )
  return (row) => tests.every((test) => test(row))
}

/** Adds the rows that a `link-entity` leads to. */
function follow(
  call: Call,
  parent: Table,
  link: Element,
  combinations: readonly Combination[],
  rowOf: (combination: Combination) => Row | undefined,
): readonly Combination[] {
  const table = tableNamed(call, link.attributes.name)
  demand(call, 'Read', table)
  const from = columnNamed(table, link.attributes.from).property
  const to = columnNamed(parent, link.attributes.to).property
  const alias = link.attributes.alias ?? `${table.logicalName}1`
  const wanted = filtersOf(call, link, table)
  const store = call.environment.store.table(table.logicalName)
  const joined = combinations.flatMap((combination): readonly Combination[] => {
    const value = rowOf(combination)?.[to]
    const ids =
      value === undefined
        ? []
        : from === table.primaryId
          ? [String(value)]
          : store.matching(from, String(value))
    const rows = ids
      .map((id) => store.get(id))
      .filter((row) => row !== undefined && wanted(row) && mayRead(call, table, row))
    if (rows.length === 0 && link.attributes['link-type'] !== 'outer') return []
    const found = rows.length === 0 ? [undefined] : rows
    return found.map((row) => ({
      row: combination.row,
      linked: new Map([...combination.linked, [alias, { table, row, source: link }]]),
    }))
  })
  return named(link, 'link-entity').reduce<readonly Combination[]>(
    (result, inner) =>
      follow(call, table, inner, result, (combination) => combination.linked.get(alias)?.row),
    joined,
  )
}

function sort(combinations: Combination[], entity: Element, table: Table): void {
  const orders = named(entity, 'order').map(({ attributes }) => ({
    property: columnNamed(table, attributes.attribute).property,
    sign: attributes.descending === 'true' ? -1 : 1,
  }))
  combinations.sort((left, right) => {
    for (const { property, sign } of orders) {
      const [a, b] = [own(left.row, property), own(right.row, property)]
      if (a === b) continue
      if (a === undefined || b === undefined) return a === undefined ? -sign : sign
      const order = compareScalars(a, b)
      if (order !== 0) return order * sign
    }
    return 0
  })
}

/** Makes the function that writes one combination, columns of linked rows as `alias.column`. */
function presenter(call: Call, entity: Element, table: Table): (combination: Combination) => JsonRow {
  const attributes = named(entity, 'attribute').map((element) => columnNamed(table, element.attributes.name))
  const all =
    named(entity, 'all-attributes').length > 0 ||
    (attributes.length === 0 && named(entity, 'no-attrs').length === 0)
  const present = createPresenter(call, table, selectColumns(table, all ? undefined : attributes))
  return ({ row, linked }) => {
    const json = present(row)
    for (const [alias, { table: from, row: other, source }] of linked) {
      for (const element of named(source, 'attribute')) {
        const column = columnNamed(from, element.attributes.name)
        const value = own(other ?? {}, column.property)
        if (value !== undefined) json[element.attributes.alias ?? `${alias}.${column.logicalName}`] = value
      }
    }
    return json
  }
}

const aggregates: Readonly<
  Partial<Record<string, (values: readonly Scalar[], rows: number) => Scalar | null>>
> = {
  count: (_, rows) => rows,
  countcolumn: (values) => values.length,
  sum: (values) => values.reduce<number>((total, value) => total + Number(value), 0),
  avg: (values) =>
    values.length === 0
      ? null
      : values.reduce<number>((total, value) => total + Number(value), 0) / values.length,
  min: (values) =>
    values.reduce<Scalar | null>((best, value) => (best === null || value < best ? value : best), null),
  max: (values) =>
    values.reduce<Scalar | null>((best, value) => (best === null || value > best ? value : best), null),
}

/** `aggregate="true"`: one row per group, properties by alias. */
function aggregate(entity: Element, table: Table, rows: readonly Row[]): readonly JsonRow[] {
  const columns = named(entity, 'attribute').map(({ attributes }) => ({
    property: columnNamed(table, attributes.name).property,
    alias: attributes.alias ?? '',
    compute: own(aggregates, attributes.aggregate ?? ''),
    distinct: attributes.distinct === 'true',
  }))
  const keys = columns.filter(({ compute }) => compute === undefined)
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = JSON.stringify(keys.map(({ property }) => own(row, property) ?? null))
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  if (groups.size === 0 && keys.length === 0) groups.set('', [])
  return [...groups.values()].map((group) => {
    const json: JsonRow = {}
    for (const { property, alias, compute, distinct } of columns) {
      const values = group.map((row) => own(row, property)).filter((value) => value !== undefined)
      const result =
        compute === undefined
          ? own(group[0] ?? {}, property)
          : compute(distinct ? [...new Set(values)] : values, group.length)
      if (result !== undefined) json[alias] = result
    }
    return json
  })
}

/** The cookie for the next page, encoded twice; clients give back what is inside, decoded, with the page number. */
function pagingCookie(table: Table, page: number, first: Row, last: Row): string {
  const id = (row: Row): string => `{${String(row[table.primaryId]).toUpperCase()}}`
  const inner = `<cookie page="${page}"><${table.primaryId} last="${id(last)}" first="${id(first)}" /></cookie>`
  return `<cookie pagenumber="${page + 1}" pagingcookie="${encodeURIComponent(encodeURIComponent(inner))}" istracking="False" />`
}

/** `GET /contacts?fetchXml=…` */
export function runFetch(call: Call, table: Table): Answer {
  const fetch = parseXml(call.options.fetchXml ?? '')
  const [entity] = named(fetch, 'entity')
  if (entity === undefined || entity.attributes.name !== table.logicalName) {
    throw badRequest(`The entity of the FetchXML does not match '${table.entitySetName}'.`)
  }
  demand(call, 'Read', table)
  const wanted = filtersOf(call, entity, table)
  let combinations: Combination[] = []
  for (const row of call.environment.store.table(table.logicalName).inKeyOrder()) {
    if (wanted(row) && mayRead(call, table, row)) combinations.push({ row, linked: new Map() })
  }
  for (const link of named(entity, 'link-entity')) {
    combinations = [...follow(call, table, link, combinations, ({ row }) => row)]
  }
  sort(combinations, entity, table)
  const context = { '@odata.context': `${call.root}/$metadata#${table.entitySetName}` }
  if (fetch.attributes.aggregate === 'true') {
    return odataAnswer(call, 200, {
      ...context,
      value: aggregate(
        entity,
        table,
        combinations.map(({ row }) => row),
      ),
    })
  }
  const page = Number(fetch.attributes.page ?? 1)
  const size = Math.min(Number(fetch.attributes.top ?? fetch.attributes.count ?? pageLimit), pageLimit)
  const rows = combinations.slice((page - 1) * size, page * size)
  const more = fetch.attributes.top === undefined && combinations.length > page * size
  const [first, last] = [rows[0]?.row, rows.at(-1)?.row]
  const morerecords = 'Microsoft.Dynamics.CRM.morerecords'
  return odataAnswer(call, 200, {
    ...context,
    ...(more && first !== undefined && last !== undefined
      ? { '@Microsoft.Dynamics.CRM.fetchxmlpagingcookie': pagingCookie(table, page, first, last) }
      : {}),
    ...(wantsAnnotation(call.prefer, morerecords) ? { [`@${morerecords}`]: more } : {}),
    value: rows.map(presenter(call, entity, table)),
  })
}
