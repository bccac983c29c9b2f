import { type Call, type Endpoint, param } from '../core/call.ts'
import { rowOr404 } from '../core/crud.ts'
import { isJsonArray, type JsonObject, text } from '../core/json.ts'
import { chosenRows, pageOfRows } from '../core/listing.ts'
import { bracketed } from '../core/query.ts'
import { created, ok, problem, Rejection } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'

const channels = ['all', 'allEmail', 'allSms', 'several']

/** Addresses the account never writes to. */
export const exclusions: Resource = {
  path: 'exclusions',
  one: 'exclusion',
  model: 'Exclusion',
  links: [],
  defaults: () => ({ matchPhrase: '', matchType: 'exact', channel: 'all', lists: [] }),
  list: { contains: ['matchPhrase'] },
}

const badAttribute = (detail: string, pointer: string): Error =>
  problem(422, 'Invalid attribute', { detail, source: { pointer: `/data/attributes/${pointer}` } })

function checked(sent: JsonObject, current: JsonObject): JsonObject {
  const channel = text(sent.channel ?? current.channel)
  if (!channels.includes(channel)) throw badAttribute(`Invalid channel: "${channel}".`, 'channel')
  const lists = isJsonArray(sent.lists) ? sent.lists.map(text) : []
  if (channel !== 'several' && lists.length > 0)
    throw badAttribute('Lists need the channel "several".', 'lists')
  const matchPhrase = text(sent.matchPhrase ?? current.matchPhrase)
  if (matchPhrase === '') throw badAttribute('A match phrase is required.', 'matchPhrase')
  return { matchPhrase, matchType: text(sent.matchType ?? current.matchType), channel, lists }
}

function checkOrders(call: Call): void {
  const errors = bracketed(call.query, 'orders').flatMap(({ path: [column = ''], value }) =>
    ['ASC', 'DESC'].includes(value)
      ? []
      : [
          {
            status: 422,
            title: 'Invalid attribute',
            detail: `Invalid order direction: "${value}". Allowed values are: "ASC", "DESC"`,
            source: { pointer: `/data/attributes/orders[${column}]` },
          },
        ],
  )
  if (errors.length > 0) throw new Rejection(422, { errors })
}

const path = 'lists/exclusions'

export const exclusionEndpoints: readonly Endpoint[] = [
  {
    operation: 'exclusions.list',
    method: 'GET',
    path,
    handle: (call) => {
      checkOrders(call)
      const rows = chosenRows(exclusions, call)
      const { page, meta } = pageOfRows(exclusions, rows, call)
      return ok({ exclusions: page, meta })
    },
  },
  {
    operation: 'exclusions.create',
    method: 'POST',
    path,
    handle: (call) => {
      const table = call.store.tables.exclusions
      const defaults = exclusions.defaults(call.store)
      return created({
        exclusion: table.put({ ...defaults, ...checked(call.body, defaults), id: table.nextId() }),
      })
    },
  },
  {
    operation: 'exclusions.get',
    method: 'GET',
    path: `${path}/:id`,
    handle: (call) => ok(rowOr404(exclusions, call, param(call, 'id'))),
  },
  {
    operation: 'exclusions.update',
    method: 'PUT',
    path: `${path}/:id`,
    handle: (call) => {
      const row = rowOr404(exclusions, call, param(call, 'id'))
      return ok(call.store.tables.exclusions.put({ ...row, ...checked(call.body, row) }))
    },
  },
  {
    operation: 'exclusions.delete',
    method: 'DELETE',
    path: `${path}/:id`,
    handle: (call) => {
      call.store.tables.exclusions.remove(rowOr404(exclusions, call, param(call, 'id')).id)
      return ok({})
    },
  },
]
