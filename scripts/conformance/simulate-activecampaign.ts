import type { JsonValue } from '@dynacamp/simulators'
import { text } from './activecampaign-arguments.ts'
import { replaceBodyIds, replacePathIds, replaceQueryIds } from './activecampaign-ids.ts'
import {
  createActiveCampaignWorld,
  type Kind,
  type SimulatedRequest,
  type World,
} from './activecampaign-world.ts'
import type { SimulatedAnswer } from './check-simulator.ts'
import { recordedQuery } from './compare-request.ts'
import { type Endpoint, endpointOf } from './endpoint.ts'
import type { Exchange } from './exchange.ts'
import { given } from './given.ts'
import type { JsonObject } from './json.ts'

/** An id that no row has. */
const missingId = '999999'
/** The same for custom objects and their records. */
const missingGuid = '00000000-0000-4000-8000-000000999999'
/** An id that no row can have. */
const malformedId = '{id}'

/** Sends the recorded request to an account in which what the answer speaks of is the case. */
export async function simulateActiveCampaign(exchange: Exchange): Promise<SimulatedAnswer> {
  const world = await createActiveCampaignWorld({
    recordValue: recordedValue(exchange),
    columns: recordedColumns(exchange),
    isLimited: exchange.response.status === 429,
  })
  const endpoint = endpointOf(exchange)
  const cause = causeOf(exchange)
  await fitState(world, exchange, endpoint, cause)
  const request = await fitRequest(world, exchange, endpoint, cause)
  for (let before = 0; before < repeatsBefore(endpoint, exchange, cause); before += 1)
    await world.send(request)
  return world.send(request)
}

/** Custom fields of objects have the type of the recorded values. */
function recordedValue({ response }: Exchange): string | number {
  return /"fields":\[\{[^}]*"value":\d/.test(JSON.stringify(response.body)) ? 7 : 'Vega'
}

/** A recording with none of the keys that rows have got since 2020 is of then; documentation is of now. */
function recordedColumns({ quality, response }: Exchange): 'current' | '2020' {
  const newer = /"(?:mpp_tracking|sms_consent|whatsapp_id|owner|customFieldSaveStatus|channel)":/
  return quality.startsWith('recorded') && !newer.test(JSON.stringify(response.body)) ? '2020' : 'current'
}

/** Why the service refused, as far as its answer tells: that is the state, or the request, it implies. */
type Cause = 'none' | 'missing' | 'duplicate' | 'incomplete' | 'forbidden' | 'limited' | 'malformed'

function causeOf({ response }: Exchange): Cause {
  const told = JSON.stringify(response.body)
  if (response.status < 400) return 'none'
  if (response.status === 429 || /rate limit/i.test(told)) return 'limited'
  if (response.status === 404 || /No Result found/.test(told)) return 'missing'
  if (/duplicate|already|must be unique/i.test(told)) return 'duplicate'
  if (/field_missing|not provided|required/i.test(told)) return 'incomplete'
  if (response.status === 403) return 'forbidden'
  return 'malformed'
}

/** Imports are limited to 100 a minute, other calls do not care how often they were made before. */
function repeatsBefore({ name }: Endpoint, { response }: Exchange, cause: Cause): number {
  if (cause === 'limited') return 120
  if (cause === 'duplicate') return 1
  // 200 in place of 201: what the request adds was there. A subscription that changes nothing sends no contact along.
  const upserts = ['POST /contactTags', 'POST /contact/sync']
  const isRepeated = name === 'POST /contactLists' && !isObject(response.body, 'contacts')
  return isRepeated || (upserts.includes(name) && response.status === 200) ? 1 : 0
}

function isObject(body: JsonValue, having: string): boolean {
  return typeof body === 'object' && body !== null && having in body
}

async function fitState(world: World, exchange: Exchange, endpoint: Endpoint, cause: Cause): Promise<void> {
  const { name } = endpoint
  if (cause === 'forbidden') takeRightsAway(world)
  if (cause === 'none') fitWrittenByService(world, exchange, endpoint)
  if (cause === 'none' && hasRows(exchange)) fitSearch(world, exchange, endpoint)
  if (name === 'GET /import/bulk_import') await fitImports(world)
  if (cause === 'none' && name === 'POST /contactAutomations') {
    await world.send({ method: 'DELETE', path: `/contactAutomations/${world.ids.get('contactAutomation')}` })
  }
  if (cause !== 'none' && name === 'POST /contactAutomations') {
    // One refusal for whatever is in the way.
    world.simulator.update('automations', world.ids.get('automation') ?? '', { status: '2' })
  }
  // One account per contact, one link per contact and tag: the world's own must go first, unless it is in the way on purpose.
  if (cause === 'none' && name === 'POST /accountContacts') {
    await world.send({ method: 'DELETE', path: `/accountContacts/${world.ids.get('accountContact')}` })
  }
  if (name === 'POST /contactTags') {
    await world.send({ method: 'DELETE', path: `/contactTags/${world.ids.get('contactTag')}` })
  }
  if (
    name === 'GET /fieldValues' &&
    typeof exchange.request.query['filters[val]'] === 'string' &&
    hasRows(exchange)
  ) {
    const value = exchange.request.query['filters[val]']
    const fieldValue = { contact: world.ids.get('contact') ?? '', field: world.ids.get('field') ?? '', value }
    await world.send({ method: 'POST', path: '/fieldValues', body: { fieldValue } })
  }
  const readsSubscriptions = endpoint.pattern.endsWith('/contactLists') || 'listid' in exchange.request.query
  if (exchange.request.method === 'GET' && readsSubscriptions && hasRows(exchange)) await subscribe(world)
  if (name === 'GET /users/email/{id}' || name === 'GET /users/username/{id}') await nameUser(world, exchange)
  if (name === 'GET /contacts' && exchange.request.query.id_greater !== undefined) {
    for (let number = 0; number < 5; number += 1)
      world.simulator.insertContact({ email: `more${number}@example.com` })
  }
}

function hasRows({ response }: Exchange): boolean {
  if (typeof response.body !== 'object' || response.body === null) return false
  return Object.values(response.body).some((value) => Array.isArray(value) && value.length > 0)
}

/** Rights of the key user's group are columns of "1" or "0". */
function takeRightsAway({ simulator }: World): void {
  const admin = simulator.rows('groups').find(({ id }) => id === '3') ?? {}
  const rights = Object.keys(admin).filter((column) => /^pg?[A-Z_]/.test(column))
  simulator.update('groups', '3', Object.fromEntries(rights.map((right) => [right, '0'])))
}

/** Rows that only the service itself writes, as they were recorded, about the world's own contact and campaign. */
function fitWrittenByService({ simulator, ids }: World, { response }: Exchange, { pattern }: Endpoint): void {
  const table = pattern.split('/').at(-1)
  if (table !== 'contactGoals' && table !== 'links') return
  const body = given<{ readonly [key: string]: readonly Record<string, JsonValue>[] }>(response.body)
  const contact = ids.get('contact') ?? ''
  for (const { links: _, ...row } of body[table] ?? []) {
    const about = { contact, subscriberid: contact, campaignid: ids.get('campaign') ?? '' }
    const known = Object.entries(about).filter(([column]) => column in row)
    simulator.insert(table, given({ ...row, contact, ...Object.fromEntries(known) }))
  }
}

/** A row that a recorded search finds: the world's own of that kind is called so. */
function fitSearch({ simulator, ids }: World, { request }: Exchange, { pattern }: Endpoint): void {
  const wanted = [
    'email',
    'filters[email]',
    'email_like',
    'search',
    'filters[name]',
    'filters[search]',
    'filters[perstag]',
  ]
  const name = wanted.find((each) => typeof request.query[each] === 'string' && request.query[each] !== '')
  const value = String(name === undefined ? '' : request.query[name])
  if (value === '') return
  if (pattern === '/contacts') {
    simulator.updateContact(
      ids.get('contact') ?? '',
      value.includes('@') ? { email: value } : { firstName: value },
    )
  }
  if (pattern === '/tags') simulator.update('tags', ids.get('tag') ?? '', { tag: value })
  if (pattern === '/lists') simulator.update('lists', ids.get('list') ?? '', { name: value })
  if (pattern === '/accounts') simulator.update('accounts', ids.get('account') ?? '', { name: value })
  if (pattern === '/fields') simulator.update('fields', ids.get('field') ?? '', { perstag: value })
}

/** A day with imports done, and one in the queue. */
async function fitImports(world: World): Promise<void> {
  const importing = (email: string) =>
    world.send({ method: 'POST', path: '/import/bulk_import', body: { contacts: [{ email }] } })
  await importing('done@example.com')
  await world.clock.advance(60_000)
  await importing('waiting@example.com')
}

async function subscribe({ send, ids }: World): Promise<void> {
  const contactList = { contact: ids.get('contact') ?? '', list: ids.get('list') ?? '', status: '1' }
  await send({ method: 'POST', path: '/contactLists', body: { contactList } })
}

async function nameUser(world: World, { request }: Exchange): Promise<void> {
  const name = request.path.split('/').at(-1) ?? ''
  const user = name.includes('@') ? { email: name } : { username: name }
  await world.send({ method: 'PUT', path: `/users/${world.ids.get('user')}`, body: { user } })
}

/** The batch id of an import that is done. */
async function importedBatch(world: World): Promise<string> {
  const body = { contacts: [{ email: 'done@example.com' }] }
  const answer = await world.send({ method: 'POST', path: '/import/bulk_import', body })
  await world.clock.advance(60_000)
  return text(answer.body, 'batchId')
}

/** The id of a schema that others may make children of. */
async function publicSchema(world: World): Promise<string> {
  const schema = { slug: 'ships', labels: { singular: 'Ship', plural: 'Ships' }, appId: '1' }
  const answer = await world.send({ method: 'POST', path: '/customObjects/schemas/public', body: { schema } })
  return text(given<JsonObject>(answer.body).schema, 'id')
}

async function fitRequest(
  world: World,
  exchange: Exchange,
  endpoint: Endpoint,
  cause: Cause,
): Promise<SimulatedRequest> {
  const parent =
    endpoint.pattern.endsWith('/child') && cause === 'none' ? await publicSchema(world) : undefined
  const id = (kind: Kind) => {
    if (kind === 'customObject' && parent !== undefined) return parent
    if (cause === 'missing') return isOfCustomObject(kind) ? missingGuid : missingId
    return cause === 'malformed' ? malformedId : (world.ids.get(kind) ?? '1')
  }
  const { method, body } = exchange.request
  const byName = /^\/users\/(?:email|username)\//.test(endpoint.path)
  const path = byName ? endpoint.path : replacePathIds(endpoint.path, endpoint.pattern, id)
  const recorded = replaceQueryIds(recordedQuery(exchange), endpoint.pattern, id)
  const query = new URLSearchParams([...recorded, ...refusedQuery(exchange)])
  // The first contact is the world's own, and there are rows after it.
  if (query.has('id_greater')) query.set('id_greater', '1')
  if (query.has('batchId') && cause === 'none') query.set('batchId', await importedBatch(world))
  if (query.has('batchId') && cause === 'incomplete') query.delete('batchId')
  const sent = cause === 'incomplete' ? withoutMissing(body, exchange.response.body) : body
  return {
    method,
    path: query.size === 0 ? path : `${path}?${query}`,
    body: cause === 'malformed' || method === 'GET' ? null : replaceBodyIds(sent, id),
  }
}

function isOfCustomObject(kind: Kind): boolean {
  return kind === 'customObject' || kind === 'record'
}

/** Query parameters that an answer complains of: the documentation shows the error without them. */
function refusedQuery({ response, request }: Exchange): [string, string][] {
  if (request.method !== 'GET' || response.status !== 422) return []
  const errors = JSON.stringify(response.body).replaceAll('\\"', "'")
  return [...errors.matchAll(/'([^']+)'[^}]*?attributes\/([a-z]+\[\w+\])/g)].map(
    ([, value = '', name = '']) => [name, value],
  )
}

/** The recorded body without the attribute that the answer misses: documentation shows the request of a success. */
function withoutMissing(body: JsonValue, answer: JsonValue): JsonValue {
  const attribute =
    /attributes\/(\w+)/.exec(JSON.stringify(answer))?.[1] ??
    /field (\w+) was/.exec(JSON.stringify(answer))?.[1]
  return JSON.parse(JSON.stringify(body), (key, value) => (key === attribute ? undefined : value))
}
