import type { Answer } from '../shared/exchange.ts'
import { own } from '../shared/own.ts'
import { type Call, odataAnswer } from './call.ts'
import { badRequest, DataverseError, noRoute, unknownSegment } from './dataverse-error.ts'
import { runFetch } from './fetch/run-fetch.ts'
import { csdl, entityDefinitions, globalOptionSets, relationshipDefinitions } from './metadata/requests.ts'
import type { Segment } from './odata/url.ts'
import { collectionActions } from './operations/bulk.ts'
import { unboundOperations } from './operations/functions.ts'
import { principalFunctions } from './operations/privilege-functions.ts'
import { qualifyLead } from './operations/sales.ts'
import { count, list } from './read/list.ts'
import { getBehind, getRow } from './read/single.ts'
import type { Table } from './schema/table.ts'
import { create, patch, remove, type WriteCall, writeProperty, writeReference } from './write/requests.ts'

const metadataResources: Readonly<Partial<Record<string, (call: Call) => Answer>>> = {
  $metadata: csdl,
  EntityDefinitions: entityDefinitions,
  RelationshipDefinitions: relationshipDefinitions,
  GlobalOptionSetDefinitions: globalOptionSets,
}

const notAllowed = (call: Call): DataverseError =>
  new DataverseError(405, '', '', `The requested resource does not support http method '${call.method}'.`)

/** Hands a call to whoever answers it. Writes of one call happen together or not at all. */
export function dispatch(call: WriteCall): Answer {
  return call.method === 'GET' || call.method === 'HEAD'
    ? route(call)
    : call.environment.store.transaction(() => route(call))
}

function route(call: WriteCall): Answer {
  const [first] = call.segments
  if (first === undefined) return serviceDocument(call)
  const operation = unboundOperations.get(first.name.toLowerCase().replace(/^microsoft\.dynamics\.crm\./, ''))
  if (operation !== undefined) {
    // A function asked by POST, or an action by GET, has no route at all.
    if (operation.method !== call.method) throw noRoute(call.url)
    return operation.run(call)
  }
  const metadata = own(metadataResources, first.name)
  if (metadata !== undefined) {
    // Tables and columns are made by the simulator's own methods, not through the API.
    if (call.method !== 'GET') throw notAllowed(call)
    return metadata(call)
  }
  const table = call.environment.schema.bySet(first.name)
  if (table === undefined) throw unknownSet(call, first.name)
  return first.key === undefined ? onSet(call, table) : onRow(call, table, first.key)
}

function unknownSet({ environment }: Call, name: string): DataverseError {
  return environment.behaviour.unknownSetStatus === 404
    ? unknownSegment(name)
    : badRequest(`Resource not found for the segment '${name}'.`)
}

function onSet(call: WriteCall, table: Table): Answer {
  const second = call.segments[1]
  if (second?.name === '$count') return count(call, table)
  if (second !== undefined) {
    const action = own(collectionActions, second.name.replace(/^Microsoft\.Dynamics\.CRM\./, ''))
    if (action === undefined || call.method !== 'POST') throw unknownSegment(second.name)
    return action(call, table)
  }
  if (call.method === 'GET')
    return call.options.fetchXml === undefined ? list(call, table) : runFetch(call, table)
  if (call.method === 'POST') return create(call, table)
  throw notAllowed(call)
}

function onRow(call: WriteCall, table: Table, key: string): Answer {
  const [, second, third] = call.segments
  if (second !== undefined) return behindRow(call, table, key, second, third)
  switch (call.method) {
    case 'GET':
      return getRow(call, table, key)
    case 'PATCH':
      return patch(call, table, key)
    case 'DELETE':
      return remove(call, table, key)
    default:
      throw notAllowed(call)
  }
}

function behindRow(
  call: WriteCall,
  table: Table,
  key: string,
  second: Segment,
  third: Segment | undefined,
): Answer {
  const name = second.name.replace(/^Microsoft\.Dynamics\.CRM\./, '')
  if (call.method === 'POST' && table.logicalName === 'lead' && name === 'QualifyLead') {
    return qualifyLead(call, table, key)
  }
  const principalFunction = principalFunctions[`${table.entitySetName}.${name}`]
  if (call.method === 'GET' && principalFunction !== undefined)
    return principalFunction(call, table, key, second.key)
  if (call.method === 'GET') return getBehind(call, table, key, second.name, third?.name)
  if (third?.name === '$ref') return writeReference(call, table, key, second.name, second.key)
  if (call.method === 'POST') throw badRequest(`Resource not found for the segment '${second.name}'.`)
  if (table.properties.has(second.name)) return writeProperty(call, table, key, second.name)
  throw unknownSegment(second.name)
}

/** `GET /api/data/v9.2/`: the entity sets. */
function serviceDocument(call: Call): Answer {
  const sets = [...call.environment.schema.tables.values()].map(({ entitySetName }) => entitySetName)
  return odataAnswer(call, 200, {
    '@odata.context': `${call.root}/$metadata`,
    value: sets
      .toSorted((left, right) => (left < right ? -1 : 1))
      .map((name) => ({ name, kind: 'EntitySet', url: name })),
  })
}

/** Names an operation for counters and faults: `contacts.list`, `contacts.update`, `WhoAmI`. */
export function operationName(method: string, segments: readonly Segment[]): string {
  const [first, second, third] = segments
  if (first === undefined) return 'serviceDocument'
  const plain = (name: string): string => name.replace(/^Microsoft\.Dynamics\.CRM\./, '')
  if (first.name.startsWith('$') || /^[A-Z]/.test(first.name)) return plain(first.name)
  if (third?.name === '$ref') return `${first.name}.${second?.name}.$ref`
  if (second !== undefined) return `${first.name}.${plain(second.name)}`
  const byMethod: Readonly<Partial<Record<string, string>>> = {
    PATCH: 'update',
    PUT: 'update',
    DELETE: 'delete',
  }
  if (method === 'GET') return `${first.name}.${first.key === undefined ? 'list' : 'get'}`
  return `${first.name}.${byMethod[method] ?? 'create'}`
}
