import { accountContacts } from '../accounts/account-contacts.ts'
import { accounts } from '../accounts/accounts.ts'
import { contactAutomations } from '../automations/contact-automations.ts'
import { type Call, type Endpoint, param } from '../core/call.ts'
import { type Json, type Row, text } from '../core/json.ts'
import { ordersOf, pageOf } from '../core/query.ts'
import { noResult, ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { fullRow, linksOf } from '../core/show.ts'
import type { TableName } from '../core/tables.ts'
import { deals } from '../deals/deals.ts'
import { contactLists } from '../lists/contact-lists.ts'
import { notes } from '../notes/notes.ts'
import { contactTags } from '../tags/tags.ts'
import type { Contact } from './contact.ts'
import { contactRow } from './contact-row.ts'
import { contactOr404 } from './write-contact.ts'

const part = (name: string, key: string, value: (call: Call, contact: Contact) => Json): Endpoint => ({
  operation: `contacts.${name}`,
  method: 'GET',
  path: `contacts/:id/${name}`,
  handle: (call) => ok({ [key]: value(call, contactOr404(call.store, param(call, 'id'))) }),
})

/** Rows of an ordinary collection that belong to the contact: all of them, without `meta`. */
const rowsOf = (resource: Resource): Endpoint =>
  part(resource.path, resource.path, (call, { id }) =>
    call.store.tables[resource.path].by('contact', id).map((row) => fullRow(resource, row, call)),
  )

/** Rows that have no endpoint of their own. */
const logsOf = (table: TableName, links: readonly string[]): Endpoint =>
  part(table, table, ({ store }, { id }) =>
    store.tables[table]
      .by('contact', id)
      .map((row) => ({ ...row, links: linksOf(store, table, row.id, links) })),
  )

/** The one sub-resource that is paged and sorted: the contact's own link to it asks for 2,500 rows. */
const automationsOf: Endpoint = part('contactAutomations', 'contactAutomations', (call, { id }) => {
  const rows = [...call.store.tables.contactAutomations.by('contact', id)]
  const [order] = ordersOf(call.query)
  if (order !== undefined) {
    const sign = order.descending ? -1 : 1
    rows.sort((a, b) => (text(a[order.field]) < text(b[order.field]) ? -sign : sign))
  }
  const { limit, offset } = pageOf(call.query, 2500, 2500)
  return rows.slice(offset, offset + limit).map((row) => fullRow(contactAutomations, row, call))
})

const entryCounts: Endpoint = part('automationEntryCounts', 'automationEntryCounts', ({ store }, { id }) =>
  store.tables.automations.rows.flatMap((automation) => {
    const entries = store.tables.contactAutomations.by('contact', id)
    const count = entries.filter((entry) => entry.automation === automation.id).length
    if (count === 0) return []
    const { name = '', status = '', hidden = '0' } = automation
    return [{ id: automation.id, name, status, hidden, contactEntryCount: String(count) }]
  }),
)

/** Where the contact was when it last opened a mail: nowhere, as for most contacts. */
const contactData: Endpoint = part('contactData', 'contactDatum', ({ store }, { id }) => ({
  contact: id,
  tstamp: store.iso(),
  geoTstamp: null,
  geoIp4: '0',
  geoCountry2: '',
  geo_country: '',
  geoState: '',
  geoCity: '',
  geoZip: '',
  geoArea: '0',
  geoLat: '0.000000',
  geoLon: '0.000000',
  geoTz: '',
  geoTzOffset: '0.00',
  ga_campaign_source: '',
  ga_campaign_name: '',
  ga_campaign_medium: '',
  ga_campaign_term: '',
  ga_campaign_content: '',
  ga_campaign_customsegment: '',
  ga_first_visit: null,
  ga_times_visited: '0',
  fb_id: '0',
  fb_name: '',
  tw_id: '0',
  created_timestamp: '0000-00-00 00:00:00',
  updated_timestamp: '0000-00-00 00:00:00',
  created_by: '0',
  updated_by: '0',
  links: [],
  id,
}))

const plusAppend: Endpoint = part('plusAppend', 'plusAppend', ({ store }, { id }) => ({
  contact: id,
  last_updated_rapleaf: null,
  last_updated_fliptop: null,
  last_updated_fullcontact: null,
  imageUrl: '',
  membershipsFacebook: '',
  membershipsTwitter: '',
  membershipsLinkedin: '',
  links: linksOf(store, 'plusAppends', id, ['contact']),
  id,
}))

/** The company under its old name. */
const organization: Endpoint = part('organization', 'organization', (call, { id }) => {
  const link: Row | undefined = call.store.tables.accountContacts.by('contact', id)[0]
  const account = call.store.tables.accounts.get(text(link?.account))
  return account === undefined ? null : fullRow(accounts, account, call)
})

const notesOf: Endpoint = part('notes', 'notes', (call, { id }) =>
  call.store.tables.notes.by('owner', `Subscriber:${id}`).map((row) => fullRow(notes, row, call)),
)

const contactOfEvent: Endpoint = {
  operation: 'trackingLogs.contact',
  method: 'GET',
  path: 'trackingLogs/:id/contact',
  handle: (call) => {
    const log = call.store.tables.trackingLogs.get(param(call, 'id'))
    if (log === undefined) throw noResult('TrackingLog', param(call, 'id'))
    const contact = contactOr404(call.store, text(log.contact))
    return ok({ contact: contactRow(call.store, contact) })
  },
}

export const contactPartEndpoints: readonly Endpoint[] = [
  automationsOf,
  entryCounts,
  contactData,
  plusAppend,
  organization,
  notesOf,
  contactOfEvent,
  ...[accountContacts, contactLists, contactTags, deals].map(rowsOf),
  logsOf('bounceLogs', ['bounce', 'contact', 'campaign', 'message', 'code']),
  logsOf('contactGoals', [
    'goal',
    'automation',
    'contact',
    'contactAutomation',
    'contactGoalLists',
    'contactGoalTags',
  ]),
  logsOf('contactLogs', ['contact', 'campaign', 'message']),
  logsOf('geoIps', ['contact', 'campaign', 'message', 'geoAddress']),
  logsOf('scoreValues', ['score', 'deal', 'contact']),
  logsOf('trackingLogs', ['contact']),
]
