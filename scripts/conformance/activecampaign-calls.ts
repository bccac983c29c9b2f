import {
  type ActiveCampaignClient,
  type ContactQuery,
  createActiveCampaignClient,
  type PagedList,
} from '@dynacamp/activecampaign-client'
import { createVirtualClock, type JsonValue } from '@dynacamp/simulators'
import type { ClientCall } from './check-client.ts'
import { endpointOf } from './endpoint.ts'
import type { Exchange } from './exchange.ts'
import { given } from './given.ts'

/** What a recorded request says, taken apart for the client's methods. */
interface Recorded {
  readonly client: ActiveCampaignClient
  /** The ids in the path, in order. */
  readonly ids: readonly string[]
  readonly query: Exchange['request']['query']
  readonly body: Readonly<Record<string, JsonValue>>
}

type Call = (recorded: Recorded) => Promise<unknown>

/** Which method of the client sends a request of each endpoint. */
const calls: Readonly<Record<string, Call>> = {
  'GET /users/me': ({ client }) => client.me(),
  'GET /settings/account': ({ client }) => client.account(),

  'GET /contacts': ({ client, query }) => firstPage(client.contacts.list(contactQuery(query))),
  'GET /contacts/{id}': ({ client, ids: [id = ''] }) => client.contacts.get(id),
  'POST /contacts': ({ client, body }) => client.contacts.create(given(body.contact)),
  'POST /contact/sync': ({ client, body }) => client.contacts.sync(given(body.contact)),
  'PUT /contacts/{id}': ({ client, ids: [id = ''], body }) => client.contacts.update(id, given(body.contact)),
  'DELETE /contacts/{id}': ({ client, ids: [id = ''] }) => client.contacts.delete(id),

  'GET /fields': ({ client }) => firstPage(client.fields.list()),
  'POST /fields': ({ client, body }) => client.fields.create(given(body.field)),
  'PUT /fields/{id}': ({ client, ids: [id = ''], body }) => client.fields.update(id, given(body.field)),
  'DELETE /fields/{id}': ({ client, ids: [id = ''] }) => client.fields.delete(id),
  'GET /fieldValues': ({ client, query }) =>
    firstPage(
      client.fieldValues.list({
        ...optional('fieldId', query['filters[fieldid]']),
        ...optional('value', query['filters[val]']),
      }),
    ),
  'GET /contacts/{id}/fieldValues': ({ client, ids: [id = ''] }) =>
    firstPage(client.fieldValues.listForContact(id)),
  'POST /fieldValues': ({ client, body }) => client.fieldValues.upsert(given(body.fieldValue)),
  'DELETE /fieldValues/{id}': ({ client, ids: [id = ''] }) => client.fieldValues.delete(id),

  'GET /tags': ({ client, query: { search } }) =>
    firstPage(typeof search === 'string' && search !== '' ? client.tags.search(search) : client.tags.list()),
  'POST /tags': ({ client, body }) => client.tags.create(given(body.tag)),
  'PUT /tags/{id}': ({ client, ids: [id = ''], body }) => client.tags.update(id, given(body.tag)),
  'DELETE /tags/{id}': ({ client, ids: [id = ''] }) => client.tags.delete(id),
  'GET /contacts/{id}/contactTags': ({ client, ids: [id = ''] }) =>
    firstPage(client.contactTags.listForContact(id)),
  'POST /contactTags': ({ client, body }) => client.contactTags.add(given(body.contactTag)),
}

/** The client's call for an exchange of ActiveCampaign, if it has one. `PATCH` and `PUT` are the same call to the service. */
export function activeCampaignCall(exchange: Exchange): ClientCall | undefined {
  const { name, pattern, path } = endpointOf(exchange)
  const call = calls[name] ?? calls[name.replace(/^PATCH/, 'PUT')]
  if (call === undefined) return undefined
  const { query, body } = exchange.request
  return (_, fetch) =>
    call({ client: connect(fetch), ids: idsIn(pattern, path), query, body: given(body ?? {}) })
}

function connect(fetch: (request: Request) => Promise<Response>): ActiveCampaignClient {
  return createActiveCampaignClient({
    url: 'https://conformance.api-us1.com',
    key: 'key',
    fetch,
    clock: createVirtualClock(),
    random: () => 0,
  })
}

function idsIn(pattern: string, path: string): string[] {
  const segments = path.split('/')
  return pattern.split('/').flatMap((segment, index) => (segment === '{id}' ? [segments[index] ?? ''] : []))
}

/** The first page with its row problems: an unreadable row is a shortfall. */
async function firstPage<T>(list: PagedList<T>): Promise<readonly T[]> {
  for await (const { rows, problems } of list.byPage()) {
    if (problems.length > 0) throw new Error(`rows could not be read: ${JSON.stringify(problems[0])}`)
    return rows
  }
  return []
}

const contactOptions: Readonly<Record<string, keyof ContactQuery>> = {
  'filters[updated_after]': 'updatedAfter',
  'filters[updated_before]': 'updatedBefore',
  'filters[created_after]': 'createdAfter',
  'filters[created_before]': 'createdBefore',
  email: 'email',
  email_like: 'emailLike',
  search: 'search',
  phone: 'phone',
  tagid: 'tagId',
  listid: 'listId',
  seriesid: 'automationId',
  segmentid: 'segmentId',
  'ids[]': 'ids',
  id_greater: 'afterId',
}

const statuses: Readonly<Record<string, string>> = {
  0: 'unconfirmed',
  1: 'active',
  2: 'unsubscribed',
  3: 'bounced',
}

function contactQuery(query: Recorded['query']): ContactQuery {
  const options = Object.entries(query).flatMap(([name, value]): [string, unknown][] => {
    if (name === 'status') return [['status', statuses[String(value)]]]
    const option = contactOptions[name]
    if (option === undefined) return []
    return [[option, option === 'ids' ? [value].flat() : value]]
  })
  return given(Object.fromEntries(options))
}

function optional<Key extends string>(key: Key, value: string | string[] | undefined) {
  return given<{ readonly [K in Key]?: string }>(
    typeof value === 'string' && value !== '' ? { [key]: value } : {},
  )
}
