import { own } from '../../shared/own.ts'
import { contactRow } from '../contacts/contact-row.ts'
import type { Call, Endpoint } from '../core/call.ts'
import { centralIso, parseInstant } from '../core/central-time.ts'
import type { JsonObject, Row } from '../core/json.ts'
import { text } from '../core/json.ts'
import { ordersOf, pageOf } from '../core/query.ts'
import { missing, ok } from '../core/reply.ts'
import type { Store } from '../core/store.ts'
import type { TableName } from '../core/tables.ts'
import type { Happening } from './happening.ts'

/** Where the rows behind a reference are, by the name `include` has for them. */
const tableOf: Readonly<Record<string, TableName>> = {
  automation: 'automations',
  campaign: 'campaigns',
  contactAutomation: 'contactAutomations',
  contactList: 'contactLists',
  link: 'links',
  linkData: 'linkData',
  list: 'lists',
  log: 'contactLogs',
  message: 'messages',
  mppLinkData: 'linkData',
  note: 'notes',
  trackingLog: 'trackingLogs',
}

const activityRow = (store: Store, contact: string, happening: Happening): JsonObject => ({
  tstamp: centralIso(happening.atMs),
  subscriberid: contact,
  reference_type: happening.type,
  reference_id: happening.referenceId,
  reference_action: happening.action,
  jsonData: null,
  userid: '0',
  permission: '',
  referenceModelName: happening.model,
  notes: [],
  recipients: [],
  reference: { type: happening.model, id: happening.referenceId },
  user: null,
  links: {
    notes: `${store.origin}/api/3/activities/${happening.id}/notes`,
    recipients: `${store.origin}/api/3/activities/${happening.id}/recipients`,
    reference: `${store.origin}/api/3/activities/${happening.id}/reference`,
    user: `${store.origin}/api/3/activities/${happening.id}/user`,
  },
  id: happening.id,
})

const rowOf = (store: Store, model: string, id: string): Row | undefined => {
  const table = own(tableOf, model)
  return table === undefined ? undefined : store.tables[table].get(id)
}

/** The rows that `include=reference.campaign,reference.log.campaign…` asks for, under their plural names. */
function included({ store, query }: Call, happenings: readonly Happening[]): JsonObject {
  const found = new Map<string, Map<string, Row>>()
  const add = (row: Row, model: string): void => {
    const rows = found.get(`${model}s`) ?? new Map<string, Row>()
    found.set(`${model}s`, rows.set(row.id, row))
  }
  for (const path of (query.get('include') ?? '').split(',')) {
    const [root, ...names] = path.trim().split('.')
    if (root !== 'reference') continue
    for (const { model, referenceId } of happenings) {
      let row = rowOf(store, model, referenceId)
      if (row === undefined) continue
      if (names.length === 0) add(row, model)
      for (const name of names) {
        // `reference.log.campaign` names the reference itself before what it points to.
        const next: Row | undefined = name === model ? row : rowOf(store, name, text(row?.[name]))
        if (next === undefined) break
        add(next, name)
        row = next
      }
    }
  }
  return Object.fromEntries([...found].map(([key, rows]) => [key, [...rows.values()]]))
}

/** One contact's timeline, as of the last time the contact itself was read. */
export const listActivities: Endpoint = {
  operation: 'activities.list',
  method: 'GET',
  path: 'activities',
  handle: (call) => {
    const { store, query } = call
    const id = query.get('contact') ?? ''
    if (id === '') throw missing('activity', 'contact')
    const contact = store.contacts.get(id)
    const after = parseInstant(query.get('after') ?? '', store.behaviour.filterZone) ?? 0
    const feed = (store.happenings.get(id) ?? [])
      .slice(0, store.feedLength.get(id) ?? 0)
      .filter(
        ({ atMs, type }) => atMs > after && (query.get('emails') !== 'false' || type !== 'SubscriberEmail'),
      )
    const descending = ordersOf(query).some((order) => order.field === 'tstamp' && order.descending)
    const { limit, offset } = pageOf(query)
    const page = (descending ? feed.toReversed() : feed).slice(offset, offset + limit)
    return ok({
      ...included(call, page),
      contacts: contact === undefined ? [] : [contactRow(store, contact)],
      activityRecipients: [],
      activities: page.map((happening) => activityRow(store, id, happening)),
      meta: { total: String(feed.length) },
    })
  },
}
