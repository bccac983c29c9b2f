import {
  type ActiveCampaignClient,
  createActiveCampaignClient,
  type PagedList,
} from '@dynacamp/activecampaign-client'
import { createVirtualClock, type JsonValue } from '@dynacamp/simulators'
import {
  accountFieldValue,
  activityQuery,
  contactQuery,
  fieldGroup,
  fieldRelation,
  groupMember,
  importContacts,
  importOptions,
  note,
  optional,
  record,
  text,
} from './activecampaign-arguments.ts'
import type { ClientCall } from './check-client.ts'
import { endpointOf } from './endpoint.ts'
import type { Exchange } from './exchange.ts'
import { given } from './given.ts'
import type { JsonObject } from './json.ts'

/** What a recorded request says, taken apart for the client's methods. */
interface Recorded {
  readonly client: ActiveCampaignClient
  /** A client whose reads, made before the recorded request, are answered so. */
  readonly clientThatReads: (answer: JsonValue) => ActiveCampaignClient
  /** The first id in the path, and the second. */
  readonly id: string
  readonly secondId: string
  readonly query: Exchange['request']['query']
  readonly body: JsonObject
}

type Call = (recorded: Recorded) => Promise<unknown>

/** Which method of the client sends a request of each endpoint. */
const calls: Readonly<Record<string, Call>> = {
  'GET /users/me': ({ client }) => client.me(),
  'GET /settings/account': ({ client }) => client.account(),
  'GET /users': ({ client }) => firstPage(client.users.list()),
  'GET /users/{id}': ({ client, id }) => client.users.get(id),
  'GET /users/email/{id}': ({ client, id }) => client.users.getByEmail(id),
  'GET /users/username/{id}': ({ client, id }) => client.users.getByUsername(id),
  'GET /groups': ({ client }) => firstPage(client.groups.list()),
  'GET /groups/{id}': ({ client, id }) => client.groups.get(id),
  'GET /groupLimits': ({ client }) => firstPage(client.groups.limits()),

  'GET /contacts': ({ client, query }) => firstPage(client.contacts.list(contactQuery(query))),
  'GET /contacts/{id}': ({ client, id }) => client.contacts.get(id),
  'POST /contacts': ({ client, body }) => client.contacts.create(given(body.contact)),
  'POST /contact/sync': ({ client, body }) => client.contacts.sync(given(body.contact)),
  'PUT /contacts/{id}': ({ client, id, body }) => client.contacts.update(id, given(body.contact)),
  'DELETE /contacts/{id}': ({ client, id }) => client.contacts.delete(id),
  'POST /import/bulk_import': ({ client, body }) =>
    client.imports.start(importContacts(body), importOptions(body)),
  'GET /import/info': ({ client, query }) =>
    client.imports.status(
      given({
        version: 1,
        taken: 1,
        batches: [{ batchId: query.batchId, count: 1, contacts: 1 }],
        rejected: [],
      }),
    ),
  'GET /import/bulk_import': ({ client }) => client.imports.queue(),

  'GET /fields': ({ client }) => firstPage(client.fields.list()),
  'GET /fields/{id}': ({ client, id }) => client.fields.get(id),
  'POST /fields': ({ client, body }) => client.fields.create(given(body.field)),
  'PUT /fields/{id}': ({ client, id, body }) => client.fields.update(id, given(body.field)),
  'DELETE /fields/{id}': ({ client, id }) => client.fields.delete(id),
  'POST /fieldOption/bulk': ({ client, body }) => client.fieldOptions.create(given(body.fieldOptions)),
  'GET /fieldOptions/{id}': ({ client, id }) => client.fieldOptions.get(id),
  'DELETE /fieldOptions/{id}': ({ client, id }) => client.fieldOptions.delete(id),
  'POST /fieldRels': ({ client, body }) => client.fieldRelations.create(fieldRelation(body)),
  'DELETE /fieldRels/{id}': ({ client, id }) => client.fieldRelations.delete(id),
  'POST /groupDefinitions': ({ client, body }) => client.fieldGroups.create(fieldGroup(body)),
  'GET /groupMembers': ({ client }) => firstPage(client.fieldGroups.list()),
  'POST /groupMembers': ({ client, body }) => client.fieldGroups.addField(groupMember(body)),
  'GET /groupMembers/{id}': ({ client, id }) => client.fieldGroups.getField(id),
  'PUT /groupMembers/{id}': ({ client, id, body }) => client.fieldGroups.moveField(id, groupMember(body)),
  'DELETE /groupMembers/{id}': ({ client, id }) => client.fieldGroups.removeField(id),
  'GET /fieldValues': ({ client, query }) =>
    firstPage(
      client.fieldValues.list({
        ...optional('fieldId', query['filters[fieldid]']),
        ...optional('value', query['filters[val]']),
      }),
    ),
  'GET /contacts/{id}/fieldValues': ({ client, id }) => firstPage(client.fieldValues.listForContact(id)),
  'GET /fieldValues/{id}': ({ client, id }) => client.fieldValues.get(id),
  'PUT /fieldValues/{id}': ({ client, id, body }) => client.fieldValues.update(id, given(body.fieldValue)),
  'POST /fieldValues': ({ client, body }) => client.fieldValues.upsert(given(body.fieldValue)),
  'DELETE /fieldValues/{id}': ({ client, id }) => client.fieldValues.delete(id),

  'GET /tags': ({ client, query: { search } }) =>
    firstPage(typeof search === 'string' && search !== '' ? client.tags.search(search) : client.tags.list()),
  'GET /tags/{id}': ({ client, id }) => client.tags.get(id),
  'POST /tags': ({ client, body }) => client.tags.create(given(body.tag)),
  'PUT /tags/{id}': ({ client, id, body }) => client.tags.update(id, given(body.tag)),
  'DELETE /tags/{id}': ({ client, id }) => client.tags.delete(id),
  'GET /contacts/{id}/contactTags': ({ client, id }) => firstPage(client.contactTags.listForContact(id)),
  'POST /contactTags': ({ client, body }) => client.contactTags.add(given(body.contactTag)),
  'DELETE /contactTags/{id}': ({ clientThatReads, id }) =>
    clientThatReads({ contactTags: [{ id, contact: '1', tag: '1' }] }).contactTags.remove({
      contact: '1',
      tag: '1',
    }),

  'GET /lists': ({ client, query }) => firstPage(client.lists.list(optional('name', query['filters[name]']))),
  'GET /lists/{id}': ({ client, id }) => client.lists.get(id),
  'POST /lists': ({ client, body }) => client.lists.create(given(body.list)),
  'PUT /lists/{id}': ({ client, id, body }) => client.lists.update(id, given(body.list)),
  'DELETE /lists/{id}': ({ client, id }) => client.lists.delete(id),
  'POST /listGroups': ({ client, body: { listGroup } }) =>
    client.lists.showTo({ list: text(listGroup, 'listid'), group: text(listGroup, 'groupid') }),
  'GET /contactLists': ({ client }) => firstPage(client.contactLists.list()),
  'GET /contacts/{id}/contactLists': ({ client, id }) => firstPage(client.contactLists.listForContact(id)),
  'POST /contactLists': ({ client, clientThatReads, body: { contactList } }) => {
    const subscription = { contact: text(contactList, 'contact'), list: text(contactList, 'list') }
    return text(contactList, 'status') === '2'
      ? client.contactLists.unsubscribe(subscription)
      : clientThatReads({ contactLists: [] }).contactLists.subscribe(subscription)
  },
  'GET /lists/exclusions': ({ client, query }) =>
    firstPage(client.exclusions.list(optional('matchPhrase', query['filters[matchPhrase]']))),
  'GET /lists/exclusions/{id}': ({ client, id }) => client.exclusions.get(id),
  'PUT /lists/exclusions/{id}': ({ client, id, body }) => client.exclusions.update(id, given(body)),

  'GET /accounts': ({ client, query }) =>
    firstPage(
      client.accounts.list({
        ...optional('search', query.search),
        ...(query.count_deals === 'true' ? { count: true } : {}),
      }),
    ),
  'GET /accounts/{id}': ({ client, id }) => client.accounts.get(id),
  'POST /accounts': ({ client, body }) => client.accounts.create(given(body.account)),
  'PUT /accounts/{id}': ({ client, id, body }) => client.accounts.update(id, given(body.account)),
  'DELETE /accounts/{id}': ({ client, id }) => client.accounts.delete(id),
  'DELETE /accounts/bulk_delete': ({ client, query }) =>
    client.accounts.deleteMany([query['ids[]'] ?? []].flat()),
  'GET /accountContacts': ({ client, query }) =>
    firstPage(
      client.accountContacts.list({
        ...optional('contactId', query['filters[contact]']),
        ...optional('accountId', query['filters[account]']),
      }),
    ),
  'GET /contacts/{id}/accountContacts': ({ client, id }) =>
    firstPage(client.accountContacts.listForContact(id)),
  'GET /accountContacts/{id}': ({ client, id }) => client.accountContacts.get(id),
  'POST /accountContacts': ({ client, body }) => client.accountContacts.create(given(body.accountContact)),
  'PUT /accountContacts/{id}': ({ client, id, body }) =>
    client.accountContacts.update(id, given(body.accountContact)),
  'DELETE /accountContacts/{id}': ({ client, id }) => client.accountContacts.delete(id),
  'GET /accountCustomFieldMeta': ({ client }) => firstPage(client.accountFields.list()),
  'GET /accountCustomFieldMeta/{id}': ({ client, id }) => client.accountFields.get(id),
  'POST /accountCustomFieldMeta': ({ client, body }) =>
    client.accountFields.create(given(body.accountCustomFieldMetum)),
  'PUT /accountCustomFieldMeta/{id}': ({ client, id, body }) =>
    client.accountFields.update(id, given(body.accountCustomFieldMetum)),
  'DELETE /accountCustomFieldMeta/{id}': ({ client, id }) => client.accountFields.delete(id),
  'GET /accountCustomFieldData': ({ client, query }) =>
    firstPage(client.accountFieldValues.list(optional('accountId', query['filters[customerAccountId]']))),
  'GET /accountCustomFieldData/{id}': ({ client, id }) => client.accountFieldValues.get(id),
  'POST /accountCustomFieldData': ({ client, body }) =>
    client.accountFieldValues.create(accountFieldValue(given(body.accountCustomFieldDatum))),
  'PUT /accountCustomFieldData/{id}': ({ client, id, body }) =>
    client.accountFieldValues.update(id, given(body.accountCustomFieldDatum)),
  'POST /accountCustomFieldData/bulkCreate': ({ client, body }) =>
    client.accountFieldValues.createMany(given<JsonObject[]>(body).map(accountFieldValue)),
  'PATCH /accountCustomFieldData/bulkUpdate': ({ client, body }) =>
    client.accountFieldValues.updateMany(given(body)),
  'DELETE /accountCustomFieldData/{id}': ({ client, id }) => client.accountFieldValues.delete(id),

  'GET /notes': ({ client }) => firstPage(client.notes.list()),
  'GET /notes/{id}': ({ client, id }) => client.notes.get(id),
  'POST /notes': ({ client, body }) => client.notes.create(note(body)),
  'PUT /notes/{id}': ({ client, id, body }) => client.notes.update(id, note(body)),
  'DELETE /notes/{id}': ({ client, id }) => client.notes.delete(id),
  'GET /contacts/{id}/notes': ({ client, id }) => firstPage(client.notes.listForContact(id)),

  'GET /automations': ({ client }) => firstPage(client.automations.list()),
  'GET /automations/{id}': ({ client, id }) => client.automations.get(id),
  'GET /contactAutomations': ({ client }) => firstPage(client.contactAutomations.list()),
  'GET /contactAutomations/{id}': ({ client, id }) => client.contactAutomations.get(id),
  'POST /contactAutomations': ({ client, body }) =>
    client.contactAutomations.add(given(body.contactAutomation)),
  'DELETE /contactAutomations/{id}': ({ client, id }) => client.contactAutomations.remove(id),
  'GET /contacts/{id}/contactAutomations': ({ client, id }) =>
    firstPage(client.contactAutomations.listForContact(id)),
  'GET /contacts/{id}/automationEntryCounts': ({ client, id }) =>
    firstPage(client.contactAutomations.entryCounts(id)),

  'GET /campaigns': ({ client, query }) =>
    firstPage(client.campaigns.list(optional('automationId', query['filters[seriesid]']))),
  'GET /campaigns/{id}': ({ client, id }) => client.campaigns.get(id),
  'GET /campaigns/{id}/links': ({ client, id }) => firstPage(client.campaigns.links(id)),
  'GET /campaigns/{id}/campaignMessages': ({ client, id }) => firstPage(client.campaigns.messages(id)),
  'GET /campaigns/{id}/campaignLists': ({ client, id }) => firstPage(client.campaigns.lists(id)),
  'POST /campaign': ({ client, body }) => client.campaigns.create(given(body)),
  'PUT /campaigns/{id}/edit': ({ client, id, body }) => client.campaigns.edit(id, given(body)),
  'POST /campaigns/{id}/copy': ({ client, id }) => client.campaigns.copy(id),
  'DELETE /campaigns/{id}/delete': ({ client, id }) => client.campaigns.delete(id),
  'GET /messages': ({ client }) => firstPage(client.messages.list()),
  'GET /messages/{id}': ({ client, id }) => client.messages.get(id),
  'POST /messages': ({ client, body }) => client.messages.create(given(body.message)),
  'PUT /messages/{id}': ({ client, id, body }) => client.messages.update(id, given(body.message)),
  'DELETE /messages/{id}': ({ client, id }) => client.messages.delete(id),

  'GET /contacts/{id}/trackingLogs': ({ client, id }) => firstPage(client.activities.trackingLogs(id)),
  'GET /trackingLogs/{id}/contact': ({ client, id }) => client.activities.contactOf(id),
  'GET /contacts/{id}/geoIps': ({ client, id }) => firstPage(client.activities.geoIps(id)),
  'GET /contacts/{id}/bounceLogs': ({ client, id }) => firstPage(client.activities.bounceLogs(id)),
  'GET /contacts/{id}/contactLogs': ({ client, id }) => firstPage(client.activities.contactLogs(id)),
  'GET /contacts/{id}/contactGoals': ({ client, id }) => firstPage(client.activities.goals(id)),
  'GET /contacts/{id}/scoreValues': ({ client, id }) => firstPage(client.activities.scores(id)),
  'GET /contacts/{id}/contactData': ({ client, id }) => client.activities.contactData(id),
  'GET /emailActivities': ({ client, query }) =>
    firstPage(client.activities.emails(String(query['filters[subscriberid]'] ?? ''))),
  'GET /linkData': ({ client }) => firstPage(client.activities.linkData()),
  'GET /activities': ({ clientThatReads, query }) =>
    firstPage(
      clientThatReads({ contact: { id: '1' } }).activities.list(
        String(query.contact ?? ''),
        activityQuery(query),
      ),
    ),

  'GET /webhooks': ({ client, query }) =>
    firstPage(client.webhooks.list(optional('name', query['filters[name]']))),
  'GET /webhooks/{id}': ({ client, id }) => client.webhooks.get(id),
  'POST /webhooks': ({ client, body }) => client.webhooks.create(given(body.webhook)),
  'PUT /webhooks/{id}': ({ client, id, body }) => client.webhooks.update(id, given(body.webhook)),
  'DELETE /webhooks/{id}': ({ client, id }) => client.webhooks.delete(id),
  'GET /webhook/events': ({ client }) => client.webhooks.events(),
  'GET /segmentsV2/{id}': ({ client, id }) => client.segments.get(id),
  'DELETE /segmentsV2/{id}': ({ client, id }) => client.segments.delete(id),
  'GET /segmentMatch/{id}/{id}': ({ client, id, secondId }) => client.segments.matches(id, secondId),
  'GET /segments': ({ client }) => firstPage(client.segments.list()),

  'GET /customObjects/schemas': ({ client }) => firstPage(client.customObjects.schemas.list()),
  'GET /customObjects/schemas/{id}': ({ client, id }) => client.customObjects.schemas.get(id),
  'POST /customObjects/schemas': ({ client, body }) =>
    client.customObjects.schemas.create(given(body.schema)),
  'POST /customObjects/schemas/public': ({ client, body }) =>
    client.customObjects.schemas.createPublic(given(body.schema)),
  'POST /customObjects/schemas/{id}/child': ({ client, id }) => client.customObjects.schemas.createChild(id),
  'PUT /customObjects/schemas/{id}': ({ client, id, body }) =>
    client.customObjects.schemas.update(id, given(body.schema)),
  'DELETE /customObjects/schemas/{id}': ({ client, id }) => client.customObjects.schemas.delete(id),
  'DELETE /customObjects/schemas/{id}/fields/{id}': ({ client, id, secondId }) =>
    client.customObjects.schemas.deleteField(id, secondId),
  'GET /customObjects/records/{id}': ({ client, id, query }) =>
    firstPage(
      client.customObjects.records.list(
        id,
        optional('contactId', query['filters[relationships.primary-contact][eq]']),
      ),
    ),
  'POST /customObjects/records/{id}': ({ client, id, body }) =>
    client.customObjects.records.save(id, record(body)),
  'GET /customObjects/records/{id}/{id}': ({ client, id, secondId }) =>
    client.customObjects.records.get(id, secondId),
  'GET /customObjects/records/{id}/external/{id}': ({ client, id, secondId }) =>
    client.customObjects.records.getByExternalId(id, secondId),
  'DELETE /customObjects/records/{id}/{id}': ({ client, id, secondId }) =>
    client.customObjects.records.delete(id, secondId),
  'DELETE /customObjects/records/{id}/external/{id}': ({ client, id, secondId }) =>
    client.customObjects.records.deleteByExternalId(id, secondId),
}

/** The client's call for an exchange of ActiveCampaign, if it has one. `PATCH` and `PUT` are the same call to the service. */
export function activeCampaignCall(exchange: Exchange): ClientCall | undefined {
  const { name, pattern, path } = endpointOf(exchange)
  const call = calls[name] ?? calls[name.replace(/^PATCH/, 'PUT')]
  if (call === undefined) return undefined
  const [id = '', secondId = ''] = idsIn(pattern, path)
  const { query, body } = exchange.request
  return (_, fetch) => {
    const clientThatReads = (answer: JsonValue) => connect(answerReads(answer, fetch, pattern))
    return call({ client: connect(fetch), clientThatReads, id, secondId, query, body: given(body ?? {}) })
  }
}

type Fetch = (request: Request) => Promise<Response>

/** Answers the reads that a method makes before it sends the recorded request. */
function answerReads(answer: JsonValue, fetch: Fetch, pattern: string): Fetch {
  const isRecorded = ({ method, url }: Request) =>
    method !== 'GET' || new URL(url).pathname === `/api/3${pattern}`
  return async (request) => (isRecorded(request) ? fetch(request) : Response.json(answer))
}

function connect(fetch: Fetch): ActiveCampaignClient {
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
async function firstPage<T>(list: PagedList<T>): Promise<unknown> {
  for await (const page of list.byPage()) {
    if (page.problems.length > 0)
      throw new Error(`rows could not be read: ${JSON.stringify(page.problems[0])}`)
    return page
  }
  return []
}
