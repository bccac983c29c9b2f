import {
  account,
  contact,
  createDynamicsClient,
  type DynamicsClient,
  lead,
  opportunity,
  organization,
  role,
  systemuser,
  type TableClient,
  type TableNames,
  team,
  tokenCallback,
  transactioncurrency,
} from '@dynacamp/dynamics-client'
import { createVirtualClock, type JsonValue } from '@dynacamp/simulators'
import { checkOutcomes, recordedItems } from './batch.ts'
import type { ClientCall } from './check-client.ts'
import { meaningfulHeaders } from './compare-request.ts'
import { type DynamicsRequest, dynamicsRequest } from './dynamics-request.ts'
import type { Exchange } from './exchange.ts'
import { given } from './given.ts'
import { isList, isObject } from './json.ts'

const environmentUrl = 'https://conformance.crm4.dynamics.com'
const apiUrl = `${environmentUrl}/api/data/v9.2`

/** How a table is given to the client: by its entity set only, so that any column may be asked for, or with its schema. */
type Describe = (request: DynamicsRequest, exchange: Exchange) => TableNames

/** The client's call for an exchange of Dataverse. */
export function dynamicsCall(describe: Describe): ClientCall {
  return async (exchange, fetch) => {
    const request = dynamicsRequest(exchange)
    const client = connect(fetch, request)
    if (request.path === '$batch') return sendBatch(client, exchange, request)
    // Sets are lower-case; functions, actions and the sets of the metadata are not.
    const isSet = /^[a-z]/.test(request.set) && !isWhoAmI(request)
    const call = isSet ? tableCall(client.table(describe(request, exchange)), request) : undefined
    return call === undefined ? otherCall(client, request) : await call
  }
}

async function sendBatch(client: DynamicsClient, exchange: Exchange, { headers }: DynamicsRequest) {
  const continueOnError = headers.get('prefer')?.includes('continue-on-error') ?? false
  const outcomes = await client.batch(recordedItems(exchange), { continueOnError })
  checkOutcomes(exchange, outcomes)
  return outcomes
}

/** The entity set alone: requests are compared without a schema getting in between. */
export const withoutSchema: Describe = ({ set }) => ({ entitySet: set })

/** The client's own schema of a standard table, narrowed to the columns that every recorded row has. */
export const withSchema: Describe = ({ set, body }, { response }) => {
  const known = tables.find(({ entitySet }) => entitySet === set)
  if (known === undefined || createsRelated(body)) return { entitySet: set }
  const rows = rowsOf(response.body)
  const columns = Object.entries(known.columns).filter(([name, { kind }]) => {
    const readName = kind === 'lookup' ? `_${name}_value` : name
    return rows.every((row) => row[readName] !== undefined)
  })
  return given({ ...known, columns: Object.fromEntries(columns) })
}

/** A row with rows in it: created together, which a typed table has no words for. */
function createsRelated(body: JsonValue): boolean {
  return isObject(body) && Object.values(body).some((value) => isObject(value) || isList(value))
}

/** The rows of a page without the deleted ones, or the one row that a body is. */
function rowsOf(body: JsonValue): readonly { readonly [key: string]: JsonValue }[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return []
  const page = given<{ readonly [key: string]: JsonValue }>(body)
  return Array.isArray(page.value)
    ? page.value.flatMap(rowsOf).filter(({ reason }) => reason === undefined)
    : [page]
}

const tables = [
  account,
  contact,
  lead,
  opportunity,
  organization,
  role,
  systemuser,
  team,
  transactioncurrency,
]

/** What the methods of a table send; undefined for what no table has a method for. */
function tableCall(table: TableClient<TableNames>, request: DynamicsRequest): Promise<unknown> | undefined {
  const { method, key, below } = request
  if (below !== '') return undefined
  // Without a schema, what is asked for counts: the methods ask for some annotations only, and for named columns.
  const hasSchema = 'columns' in table.table
  if (!hasSchema && asksOtherwise(request)) return undefined
  if (key === undefined) {
    if (method === 'GET') return readMany(table, request)
    return method === 'POST' ? write(table, request) : undefined
  }
  if (method === 'GET') {
    const etag = request.headers.get('if-none-match')
    const options = readOptions(table, request)
    return etag?.startsWith('W/') ? table.getIfChanged(given(key), etag, options) : table.get(key, options)
  }
  if (method === 'PATCH') return write(table, request)
  if (method === 'DELETE') return table.delete(key, ifMatch(request))
  return undefined
}

function readMany(table: TableClient<TableNames>, request: DynamicsRequest): Promise<unknown> | undefined {
  const { query, queryText, prefer, set } = request
  const url = `${apiUrl}/${set}?${queryText}`
  const options = readOptions(table, request)
  if (query.$deltatoken !== undefined) return firstOf(table.changes({ ...options, deltaLink: url }).byPage())
  if (prefer.trackChanges)
    return firstOf(table.changes({ ...options, ...optional('pageSize', prefer.pageSize) }).byPage())
  const list = table.list({
    ...options,
    ...optional('filter', query.$filter),
    ...optional('orderBy', query.$orderby),
    ...optional('top', query.$top === undefined ? undefined : Number(query.$top)),
    ...optional('count', query.$count === 'true' ? true : undefined),
    ...optional('pageSize', prefer.pageSize),
  })
  if (query.$skiptoken !== undefined) return firstOf(list.byPage({ continuationToken: url }))
  const known = ['$select', '$expand', '$filter', '$orderby', '$top', '$count']
  return Object.keys(query).every((name) => known.includes(name)) ? firstOf(list.byPage()) : undefined
}

function readOptions(table: TableClient<TableNames>, { query, prefer }: DynamicsRequest) {
  const schema = table.table
  const select = query.$select?.split(',').filter((name) => name !== '')
  const columns = 'columns' in schema ? Object.keys(given<object>(schema.columns)) : undefined
  return {
    // With a schema, lookups are selected by their column's own name.
    ...optional('select', columns === undefined ? select : columns),
    ...optional('expand', query.$expand),
    ...optional('formattedValues', prefer.annotations?.includes('FormattedValue') ? true : undefined),
  }
}

function write(table: TableClient<TableNames>, request: DynamicsRequest): Promise<unknown> {
  const { key, body, query, headers } = request
  const values = given<Parameters<typeof table.create>[0]>(body)
  const options = {
    ...ifMatch(request),
    ...optional('ifNoneMatch', headers.get('if-none-match') === '*' ? ('*' as const) : undefined),
    ...optional(
      'detectDuplicates',
      headers.get('mscrm.suppressduplicatedetection') === 'false' ? true : undefined,
    ),
  }
  const returning = query.$select?.split(',')
  if (returning !== undefined) {
    if (key === undefined) return table.create(values, { ...options, returning })
    return headers.has('if-match')
      ? table.update(key, values, { ...options, returning })
      : table.upsert(key, values, { ...options, returning })
  }
  if (key === undefined) return table.create(values, options)
  return headers.has('if-match') ? table.update(key, values, options) : table.upsert(key, values, options)
}

/** Everything that no table method is for: functions, actions, references, columns, FetchXML, metadata. */
async function otherCall(client: DynamicsClient, request: DynamicsRequest): Promise<unknown> {
  if (isWhoAmI(request)) return client.whoAmI()
  const { method, path, query, body, headers } = request
  const answer = await client.request({
    operation: 'conformance',
    method: given(method),
    path,
    query,
    headers: Object.fromEntries([...headers].filter(([name]) => meaningfulHeaders.includes(name))),
    ...(body === null ? {} : { body }),
  })
  // A bare value is text, and the whole schema is XML.
  return /\$(?:value|metadata)$/.test(path) ? answer.text : answer.json()
}

function isWhoAmI({ set, below }: DynamicsRequest): boolean {
  return /^whoami$/i.test(set) && below === ''
}

const methodAnnotations = [
  undefined,
  'OData.Community.Display.V1.FormattedValue',
  'OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname',
]

/** What the methods of a table do not ask for: other annotations, unnamed columns of a written row, other options. */
function asksOtherwise({ prefer, query, method, key }: DynamicsRequest): boolean {
  const reads = method === 'GET'
  const unnamed = prefer.representation && query.$select === undefined
  const options = Object.keys(query).filter((name) => name !== '$select' && !(reads && name === '$expand'))
  const otherOptions = !(reads && key === undefined) && options.length > 0
  const otherAnnotations = reads
    ? !methodAnnotations.includes(prefer.annotations)
    : prefer.annotations !== undefined
  return unnamed || otherOptions || otherAnnotations
}

function ifMatch({ headers }: DynamicsRequest): { readonly ifMatch?: string } {
  return optional('ifMatch', headers.get('if-match') ?? undefined)
}

function connect(
  fetch: (request: Request) => Promise<Response>,
  { headers }: DynamicsRequest,
): DynamicsClient {
  const client = createDynamicsClient({
    environmentUrl,
    credentials: tokenCallback(async () => 'token'),
    clock: createVirtualClock(),
    random: () => 0,
    fetch,
  })
  const [systemUserId, entraObjectId] = [headers.get('mscrmcallerid'), headers.get('callerobjectid')]
  if (systemUserId !== null) return client.actingAs({ systemUserId })
  return entraObjectId === null ? client : client.actingAs({ entraObjectId })
}

/** The first page; a row that could not be read is a shortfall. */
async function firstOf(pages: AsyncIterable<unknown>): Promise<unknown> {
  for await (const page of pages) {
    const text = JSON.stringify(page, (key, value) => (key === 'row' ? undefined : value))
    if (/"problems":\[\{|"kind":"problem"/.test(text))
      throw new Error(`rows could not be read: ${text.slice(0, 300)}`)
    return page
  }
  return undefined
}

function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  return given(value === undefined ? {} : { [key]: value })
}
