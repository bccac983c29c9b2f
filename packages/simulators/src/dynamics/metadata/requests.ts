import type { Answer } from '../../shared/exchange.ts'
import { type Call, odataAnswer } from '../call.ts'
import { badRequest, DataverseError, unknownSegment } from '../dataverse-error.ts'
import type { Options } from '../odata/url.ts'
import type { Table } from '../schema/table.ts'
import { writeCsdl } from './csdl.ts'
import { describeColumn, expandColumn, type Json, metadataType } from './describe-column.ts'
import { describeManyToMany, manyToManyOf, manyToOneOf, oneToManyOf } from './describe-relationship.ts'
import { describeKey, describeTable } from './describe-table.ts'
import { metadataId } from './label.ts'
import { expandOptions, filter, select } from './shape.ts'

const crm = 'Microsoft.Dynamics.CRM.'

const noTable = (name: string): DataverseError =>
  new DataverseError(
    404,
    '0x80041102',
    'QueryBuilderNoEntity',
    `The entity with a name = '${name}' with namemapping = 'Logical' was not found in the MetadataCache.`,
  )

/** `LogicalName='contact'` or a metadata id; logical names are in lower case, and that counts. */
const keyValue = (key: string): string => {
  const [, quoted] = /^\w+='((?:[^']|'')*)'$/.exec(key.trim()) ?? []
  return quoted?.replaceAll("''", "'") ?? key.trim().toLowerCase()
}

const byId = <Item>(items: Iterable<Item>, key: string, idOf: (item: Item) => string): Item | undefined =>
  [...items].find((item) => idOf(item) === key)

function tableOfKey(call: Call, key: string): Table {
  const name = keyValue(key)
  const { tables } = call.environment.schema
  const table = tables.get(name) ?? byId(tables.values(), name, ({ logicalName }) => metadataId(logicalName))
  if (table === undefined) throw noTable(name)
  return table
}

/** Parts of a table that can be read by path or expanded. */
function partsOf(call: Call, table: Table, name: string, options: Options): readonly Json[] | undefined {
  const { schema } = call.environment
  if (name === 'Attributes') return columnsOf(table, undefined, options)
  if (name === 'Keys') return table.keys.map((key) => describeKey(table, key))
  if (name === 'ManyToOneRelationships') return manyToOneOf(schema, table)
  if (name === 'OneToManyRelationships') return oneToManyOf(schema, table)
  if (name === 'ManyToManyRelationships') return manyToManyOf(schema, table)
  return undefined
}

/** Columns, of one metadata type perhaps, filtered, selected and expanded. */
function columnsOf(table: Table, cast: string | undefined, options: Options): readonly Json[] {
  const expands = expandOptions(options.$expand)
  const columns = [...table.columns.values()].filter(
    (column) => cast === undefined || metadataType(column) === cast,
  )
  const described = columns.map((column) => {
    const extra = expandColumn(table, column)
    const wanted = Object.entries(extra).filter(([name]) => expands.has(name))
    return { json: describeColumn(table, column), extra: Object.fromEntries(wanted) }
  })
  const kept = new Set(
    filter(
      described.map(({ json }) => json),
      options.$filter,
      options,
    ),
  )
  return described
    .filter(({ json }) => kept.has(json))
    .map(({ json, extra }) => ({ ...select(json, options.$select), ...extra }))
}

/** A table with what is expanded on it. */
function tableJson(call: Call, table: Table, options: Options): Json {
  const expanded: Record<string, unknown> = {}
  for (const [name, inner] of expandOptions(options.$expand)) {
    const parts = partsOf(call, table, name, inner)
    if (parts === undefined) throw unknownSegment(name)
    expanded[name] =
      name === 'Attributes'
        ? parts
        : filter(parts, inner.$filter, inner).map((part) => select(part, inner.$select))
  }
  return { ...select(describeTable(table), options.$select), ...expanded }
}

const context = (call: Call, path: string, suffix = ''): Json => {
  const { $select } = call.options
  const columns = $select === undefined || $select === '' ? '' : `(${$select})`
  return { '@odata.context': `${call.root}/$metadata#${path}${columns}${suffix}` }
}

const listAnswer = (call: Call, path: string, value: readonly Json[]): Answer =>
  odataAnswer(call, 200, { ...context(call, path), value })

/** `GET /EntityDefinitions…` */
export function entityDefinitions(call: Call): Answer {
  const [first, second, third] = call.segments
  if (first?.key === undefined) {
    if (call.options.$filter !== undefined && call.environment.behaviour.metadataRootFilter === 'refused') {
      throw badRequest('The $filter query option is not supported on EntityDefinitions.')
    }
    const tables = [...call.environment.schema.tables.values()]
    const kept = new Set(
      filter(tables.map(describeTable), call.options.$filter, call.options).map((json) => json.LogicalName),
    )
    return listAnswer(
      call,
      'EntityDefinitions',
      tables
        .filter(({ logicalName }) => kept.has(logicalName))
        .map((table) => tableJson(call, table, call.options)),
    )
  }
  const table = tableOfKey(call, first.key)
  if (second === undefined) {
    return odataAnswer(call, 200, {
      ...context(call, 'EntityDefinitions', '/$entity'),
      ...tableJson(call, table, call.options),
    })
  }
  const path = `EntityDefinitions('${table.logicalName}')/${second.name}`
  if (second.name === 'Attributes') return attributes(call, table, path, second.key, third?.name)
  const parts = partsOf(call, table, second.name, {})
  if (parts === undefined) {
    // Any other property by itself: `EntityDefinitions(LogicalName='contact')/SchemaName`.
    const value = describeTable(table)[second.name]
    if (value === undefined) throw unknownSegment(second.name)
    return odataAnswer(call, 200, { ...context(call, path), value })
  }
  return listAnswer(
    call,
    path,
    filter(parts, call.options.$filter, call.options).map((part) => select(part, call.options.$select)),
  )
}

function attributes(
  call: Call,
  table: Table,
  path: string,
  key: string | undefined,
  castName: string | undefined,
): Answer {
  const cast = castName?.startsWith(crm) === true ? castName.slice(crm.length) : undefined
  if (cast === 'EnumAttributeMetadata') {
    throw badRequest(`The type '${crm}${cast}' cannot be used as a cast.`)
  }
  if (key === undefined) {
    const typed = cast === undefined ? path : `${path}/${crm}${cast}`
    const described = columnsOf(table, cast, call.options)
    // Cast to one type, the rows need not say which they are.
    return listAnswer(
      call,
      typed,
      cast === undefined ? described : described.map(({ '@odata.type': _, ...rest }) => rest),
    )
  }
  const name = keyValue(key)
  const column =
    table.columns.get(name) ??
    byId(table.columns.values(), name, (item) => metadataId(`${table.logicalName}.${item.logicalName}`))
  const found = columnsOf(table, cast, call.options).find(
    (json) =>
      column !== undefined && json.MetadataId === metadataId(`${table.logicalName}.${column.logicalName}`),
  )
  if (found === undefined) {
    throw new DataverseError(
      404,
      '0x80041103',
      'QueryBuilderNoAttribute',
      `Could not find an attribute with the specified name '${name}' for entity '${table.logicalName}' in the MetadataCache.`,
    )
  }
  return odataAnswer(call, 200, { ...context(call, path, '/$entity'), ...found })
}

/** `GET /RelationshipDefinitions…` */
export function relationshipDefinitions(call: Call): Answer {
  const { schema } = call.environment
  const [first, second] = call.segments
  const all = [
    ...[...schema.tables.values()].flatMap((table) => manyToOneOf(schema, table)),
    ...schema.manyToMany.map((relationship) => describeManyToMany(schema, relationship)),
  ]
  if (first?.key !== undefined) {
    const name = keyValue(first.key)
    const found = all.find((json) => json.SchemaName === name || json.MetadataId === name)
    if (found === undefined) throw noTable(name)
    return odataAnswer(call, 200, {
      ...context(call, 'RelationshipDefinitions', '/$entity'),
      ...select(found, call.options.$select),
    })
  }
  const cast = second?.name.startsWith(crm) === true ? `#${second.name}` : undefined
  const typed = all.filter((json) => cast === undefined || json['@odata.type'] === cast)
  return listAnswer(
    call,
    'RelationshipDefinitions',
    filter(typed, call.options.$filter, call.options).map((json) => select(json, call.options.$select)),
  )
}

/** `GET /GlobalOptionSetDefinitions…`: a fresh environment of the simulator has no global choices. */
export function globalOptionSets(call: Call): Answer {
  const [first] = call.segments
  if (first?.key !== undefined) throw noTable(keyValue(first.key))
  return listAnswer(call, 'GlobalOptionSetDefinitions', [])
}

/** `GET /$metadata` */
export const csdl = (call: Call): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml', 'odata-version': '4.0' },
  body: writeCsdl(call.environment.schema, call.options.annotations === 'true'),
})
