import { centralIso, centralStamp } from '../core/central-time.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Store } from '../core/store.ts'
import type { Contact } from './contact.ts'

const linkNames = [
  'bounceLogs',
  'contactAutomations',
  'contactData',
  'contactGoals',
  'contactLists',
  'contactLogs',
  'contactTags',
  'contactDeals',
  'deals',
  'fieldValues',
  'geoIps',
  'notes',
  'organization',
  'plusAppend',
  'trackingLogs',
  'scoreValues',
  'accountContacts',
  'automationEntryCounts',
]

function contactLinks(store: Store, id: string): JsonObject {
  const links: Record<string, Json> = {}
  for (const name of linkNames) links[name] = `${store.origin}/api/3/contacts/${id}/${name}`
  links.contactAutomations = `${store.origin}/api/3/contacts/${id}/contactAutomations?limit=2500&orders%5Blastdate%5D=DESC`
  return links
}

/** The full row, as `GET` and lists show it. `sync` and `PUT` answers leave out `lateColumns`. */
export function contactRow(store: Store, contact: Contact): JsonObject {
  const created = centralStamp(contact.createdAt)
  const stamped = centralStamp(contact.stampedAt)
  // The linked company is mirrored here under the names it had before accounts existed.
  const [link] = store.tables.accountContacts.by('contact', contact.id)
  const company = link === undefined ? undefined : store.tables.accounts.get(String(link.account))
  return {
    cdate: centralIso(contact.createdAt),
    email: contact.email,
    phone: contact.phone,
    firstName: contact.firstName,
    lastName: contact.lastName,
    orgid: company?.id ?? '0',
    orgname: company?.name ?? '',
    ...contact.columns,
    hash: contact.hash,
    email_domain: contact.email.slice(contact.email.lastIndexOf('@') + 1),
    deleted: contact.removed ? '1' : '0',
    udate: centralIso(contact.changedAt),
    created_utc_timestamp: created,
    updated_utc_timestamp: stamped,
    created_timestamp: created,
    updated_timestamp: stamped,
    created_by: contact.createdBy,
    updated_by: contact.updatedBy,
    links: contactLinks(store, contact.id),
    id: contact.id,
    organization: company?.id ?? null,
  }
}

const lateColumns = [
  'last_click_date',
  'last_open_date',
  'last_mpp_open_date',
  'whatsapp_id',
  'whatsapp_username',
]

/** The row as answers to `contact/sync` and `PUT` have it: without the engagement dates and WhatsApp columns. */
export function writtenRow(store: Store, contact: Contact): JsonObject {
  return Object.fromEntries(
    Object.entries(contactRow(store, contact)).filter(([column]) => !lateColumns.includes(column)),
  )
}

/** The thin row a creation answers: what was sent and a few generated keys. */
export function createdRow(store: Store, contact: Contact, sent: JsonObject): JsonObject {
  return {
    email: contact.email,
    phone: contact.phone,
    ...('firstName' in sent ? { firstName: contact.firstName } : {}),
    ...('lastName' in sent ? { lastName: contact.lastName } : {}),
    cdate: centralIso(contact.createdAt),
    udate: centralIso(contact.changedAt),
    orgid: '0',
    orgname: '',
    links: contactLinks(store, contact.id),
    id: contact.id,
    organization: null,
  }
}
