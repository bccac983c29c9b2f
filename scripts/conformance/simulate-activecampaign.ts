import type { JsonValue } from '@dynacamp/simulators'
import { replaceBodyIds, replacePathIds } from './activecampaign-ids.ts'
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

/** An id that no row has. */
const missingId = '999999'

/** Sends the recorded request to an account in which what the answer speaks of is the case. */
export async function simulateActiveCampaign(exchange: Exchange): Promise<SimulatedAnswer> {
  const world = await createActiveCampaignWorld()
  const endpoint = endpointOf(exchange)
  const cause = causeOf(exchange)
  await fitState(world, exchange, endpoint, cause)
  const request = fitRequest(world, exchange, endpoint, cause)
  for (let before = 0; before < repeatsBefore(endpoint, exchange, cause); before += 1)
    await world.send(request)
  return world.send(request)
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
  // 200 in place of 201: what the request adds was there.
  const upserts = ['POST /contactTags', 'POST /contact/sync']
  return upserts.includes(name) && response.status === 200 ? 1 : 0
}

async function fitState(world: World, exchange: Exchange, { name }: Endpoint, cause: Cause): Promise<void> {
  if (cause === 'forbidden') await takeRightsAway(world)
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

/** Every right of the key user's group is a column of "1" or "0". */
async function takeRightsAway(world: World): Promise<void> {
  const { body } = await world.send({ method: 'GET', path: '/groups/3' })
  const rights = JSON.stringify(body).match(/"p[a-z]*_[a-z_]+"/g) ?? []
  const group = Object.fromEntries(rights.map((right): [string, JsonValue] => [JSON.parse(right), '0']))
  await world.send({ method: 'PUT', path: '/groups/3', body: { group } })
}

async function nameUser(world: World, { request }: Exchange): Promise<void> {
  const name = request.path.split('/').at(-1) ?? ''
  const user = name.includes('@') ? { email: name } : { username: name }
  await world.send({ method: 'PUT', path: `/users/${world.ids.get('user')}`, body: { user } })
}

function fitRequest(world: World, exchange: Exchange, endpoint: Endpoint, cause: Cause): SimulatedRequest {
  const id = (kind: Kind) => (cause === 'missing' ? missingId : (world.ids.get(kind) ?? '1'))
  const { method, body } = exchange.request
  const byName = /^\/users\/(?:email|username)\//.test(endpoint.path)
  const path = byName ? endpoint.path : replacePathIds(endpoint.path, endpoint.pattern, id)
  const query = new URLSearchParams(recordedQuery(exchange))
  // The first contact is the world's own, and there are rows after it.
  if (query.has('id_greater')) query.set('id_greater', '1')
  const sent = cause === 'incomplete' ? withoutMissing(body, exchange.response.body) : body
  return {
    method,
    path: query.size === 0 ? path : `${path}?${query}`,
    body: cause === 'malformed' || method === 'GET' ? null : replaceBodyIds(sent, id),
  }
}

/** The recorded body without the attribute that the answer misses: documentation shows the request of a success. */
function withoutMissing(body: JsonValue, answer: JsonValue): JsonValue {
  const attribute =
    /attributes\/(\w+)/.exec(JSON.stringify(answer))?.[1] ??
    /field (\w+) was/.exec(JSON.stringify(answer))?.[1]
  return JSON.parse(JSON.stringify(body), (key, value) => (key === attribute ? undefined : value))
}
