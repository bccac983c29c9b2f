import { isObject } from '../call.ts'
import {
  badPayload,
  badQuery,
  badRequest,
  DataverseError,
  doesNotExist,
  unknownSegment,
} from '../dataverse-error.ts'
import type { Environment } from '../environment.ts'
import { parseSegments } from '../odata/url.ts'
import { findRow, notFoundByKey, parseKey } from '../read/key.ts'
import { isLookup } from '../schema/schema.ts'
import type { Column, Table } from '../schema/table.ts'
import { type Scalar, tableOf } from '../store/table-store.ts'
import { coerce } from './coerce.ts'

/** A row that another one points to. */
export interface Reference {
  readonly table: Table
  readonly id: string
}

/** A body, understood: columns to set, related rows to create or to link. */
export interface Body {
  /** By name in JSON; `undefined` empties a column. */
  readonly values: Map<string, Scalar | undefined>
  /** Lookups that are to point to rows made from nested objects. */
  readonly nested: {
    readonly column: Column
    readonly table: Table
    readonly body: Readonly<Record<string, unknown>>
  }[]
  /** Rows to create behind a collection. */
  readonly children: {
    readonly name: string
    readonly bodies: readonly Readonly<Record<string, unknown>>[]
  }[]
  /** Existing rows to link to behind a collection. */
  readonly links: { readonly name: string; readonly references: readonly Reference[] }[]
  /** The primary key, when the body names it. */
  readonly id: string | undefined
}

export interface BodyRules {
  readonly operation: 'create' | 'update'
  /** Seeds and server code may set what callers may not. */
  readonly trusted?: boolean
  /** Turns `$1` of a changeset into the URL that it stands for. */
  readonly resolveContentId?: (reference: string) => string
}

const bindSuffix = '@odata.bind'

/** Parses a create or update of a row of `table`. */
export function parseBody(
  environment: Environment,
  table: Table,
  json: Readonly<Record<string, unknown>>,
  rules: BodyRules,
): Body {
  const body: Body = { values: new Map(), nested: [], children: [], links: [], id: idIn(table, json) }
  for (const [name, value] of Object.entries(json)) {
    if (name.endsWith(bindSuffix))
      bind(environment, table, body, name.slice(0, -bindSuffix.length), value, rules)
    else if (!name.includes('@')) property(environment, table, body, name, value, rules)
  }
  return body
}

const idIn = (table: Table, json: Readonly<Record<string, unknown>>): string | undefined => {
  const id = json[table.primaryId]
  return typeof id === 'string' && id !== '' ? id.toLowerCase() : undefined
}

function property(
  environment: Environment,
  table: Table,
  body: Body,
  name: string,
  value: unknown,
  rules: BodyRules,
): void {
  const column = table.properties.get(name)
  if (column !== undefined && isLookup(column)) {
    if (rules.trusted !== true) {
      throw badRequest(
        'CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.',
      )
    }
    setLookupById(environment, table, body, column, value)
    return
  }
  if (column !== undefined && name !== table.primaryId) {
    const allowed = rules.operation === 'create' ? column.validForCreate : column.validForUpdate
    if (allowed || rules.trusted === true) body.values.set(name, coerce(environment, table, column, value))
    else if (environment.behaviour.readOnlyColumn === 'refused') {
      throw new DataverseError(400, '0x80040203', 'InvalidArgument', `The property '${name}' cannot be set.`)
    }
    return
  }
  if (name === table.primaryId) return
  const navigation = table.navigations.get(name)
  if (navigation !== undefined) {
    const { column: lookupColumn, target } = navigation
    const targetTable = environment.schema.tables.get(target.table)
    if (value === null) setReference(body, lookupColumn, undefined)
    else if (isObject(value) && targetTable !== undefined) {
      body.nested.push({ column: lookupColumn, table: targetTable, body: value })
    }
    return
  }
  const isCollection =
    environment.schema.collections(table.logicalName).has(name) ||
    environment.schema.manyToManyOf(table.logicalName, name) !== undefined
  if (!isCollection || !Array.isArray(value)) throw invalidProperty(table, name)
  body.children.push({ name, bodies: value.filter(isObject) })
}

const invalidProperty = (table: Table, name: string): DataverseError =>
  badQuery(
    `An error occurred while validating input parameters: Microsoft.OData.ODataException: Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.${table.logicalName}'. ---> Microsoft.OData.ODataException: The property '${name}' does not exist on type 'Microsoft.Dynamics.CRM.${table.logicalName}'. Make sure to only use property names that are defined by the type.`,
  )

/** Sets a lookup by `_x_value`, as seeds write it; the table follows from a marker, from existence, or from the order. */
function setLookupById(
  environment: Environment,
  table: Table,
  body: Body,
  column: Column,
  value: unknown,
): void {
  if (value === null) {
    setReference(body, column, undefined)
    return
  }
  if (typeof value !== 'string') throw badPayload(table.entitySetName, `'${column.property}' must be a GUID.`)
  const id = value.toLowerCase()
  const names = column.targets?.map((target) => target.table) ?? []
  const holder = names.find((name) => environment.store.table(name).get(id) !== undefined) ?? names[0]
  body.values.set(column.property, id)
  if (holder !== undefined) body.values.set(tableOf(column.property), holder)
}

export function setReference(
  body: Pick<Body, 'values'>,
  column: Column,
  reference: Reference | undefined,
): void {
  body.values.set(column.property, reference?.id)
  body.values.set(tableOf(column.property), reference?.table.logicalName)
}

function bind(
  environment: Environment,
  table: Table,
  body: Body,
  name: string,
  value: unknown,
  rules: BodyRules,
): void {
  const navigation = table.navigations.get(name)
  if (navigation === undefined) {
    const isCollection =
      environment.schema.collections(table.logicalName).has(name) ||
      environment.schema.manyToManyOf(table.logicalName, name) !== undefined
    if (!isCollection || !Array.isArray(value)) {
      throw badPayload(
        table.entitySetName,
        `An undeclared property '${name}' which only has property annotations in the payload but no property value was found in the payload. In OData, only declared navigation properties and declared named streams can be represented as properties without values.`,
      )
    }
    body.links.push({
      name,
      references: value.map((item) => resolveReference(environment, String(item), rules)),
    })
    return
  }
  const reference = value === null ? undefined : resolveReference(environment, String(value), rules)
  const allowed = navigation.column.targets?.some((target) => target.table === reference?.table.logicalName)
  if (reference !== undefined && !allowed) {
    throw badPayload(
      table.entitySetName,
      `The URL in '${name}${bindSuffix}' leads to '${reference.table.entitySetName}', which '${name}' cannot hold.`,
    )
  }
  if (navigation.column.validForUpdate || navigation.column.validForCreate || rules.trusted === true) {
    setReference(body, navigation.column, reference)
  }
}

/** What `/accounts(<key>)`, with or without slash or host, leads to. It must exist. */
export function resolveReference(
  environment: Environment,
  url: string,
  rules: Pick<BodyRules, 'resolveContentId'> = {},
): Reference {
  const resolved = url.startsWith('$') ? (rules.resolveContentId?.(url) ?? url) : url
  const path = resolved
    .replace(/^https?:\/\/[^/]+/, '')
    .replace(/^\/?(?:[^/]+\/)?api\/data\/v\d+\.\d+\//, '/')
  const [segment] = parseSegments(path.replace(/^\//, '').replace(/\?.*$/, ''))
  const table = environment.schema.bySet(segment?.name ?? '')
  if (table === undefined) throw unknownSegment(segment?.name ?? url)
  if (segment?.key === undefined) throw badRequest(`The URL '${url}' does not address a row.`)
  const key = parseKey(table, segment.key)
  const row = findRow(environment, table, key)
  if (row === undefined)
    throw key.kind === 'id' ? doesNotExist(table.schemaName, key.id) : notFoundByKey(table)
  return { table, id: String(row[table.primaryId]) }
}
