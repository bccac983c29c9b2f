import { record } from '../activity/record.ts'
import { contactRow } from '../contacts/contact-row.ts'
import type { Endpoint } from '../core/call.ts'
import { crud, sentRow } from '../core/crud.ts'
import { type Row, text } from '../core/json.ts'
import { created, Rejection } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { linksOf } from '../core/show.ts'
import type { Store } from '../core/store.ts'

/** A contact's way through an automation. `status`: 1 under way, 2 done. */
export const contactAutomations: Resource = {
  path: 'contactAutomations',
  one: 'contactAutomation',
  model: 'SubscriberSeries',
  links: ['automation', 'contact', 'contactGoals'],
  defaults: (store) => ({
    contact: '',
    seriesid: '',
    startid: '0',
    status: '1',
    batchid: null,
    adddate: store.iso(),
    remdate: null,
    timespan: null,
    lastblock: '1',
    lastlogid: '0',
    lastdate: store.iso(),
    in_als: null,
    completedElements: '1',
    totalElements: '2',
    completed: 0,
    completeValue: 50,
    automation: '',
  }),
  removed: (row, { store }) => countEntries(store, text(row.automation), 'exited'),
  list: { meta: () => ({ showcase_stats: [] }) },
}

function countEntries(store: Store, automation: string, column: 'entered' | 'exited'): void {
  const row = store.tables.automations.get(automation)
  if (row !== undefined) store.tables.automations.put({ ...row, [column]: String(Number(row[column]) + 1) })
}

/** May this contact enter? The service gives one and the same refusal for every reason. */
function mayEnter(store: Store, contact: string, automation: Row | undefined): automation is Row {
  if (store.contacts.get(contact) === undefined || automation?.status !== '1') return false
  const entries = store.tables.contactAutomations.by('contact', contact)
  const entered = entries.filter((entry) => entry.automation === automation.id)
  if (entered.length === 0) return true
  return automation.multientry === '1' || store.behaviour.secondEntry === 'accepted'
}

/** Puts a contact into an automation. */
function enterAutomation(store: Store, contact: string, automation: string): Row {
  const series = store.tables.automations.get(automation)
  if (!mayEnter(store, contact, series))
    throw new Rejection(403, { message: 'Could not create SubscriberSeries' })
  const table = store.tables.contactAutomations
  const entry = table.put({
    ...contactAutomations.defaults(store),
    contact,
    automation,
    seriesid: automation,
    id: table.nextId(),
  })
  countEntries(store, automation, 'entered')
  record(store, contact, { type: 'SubscriberSeries', action: 'start', referenceId: entry.id })
  return entry
}

const enter: Endpoint = {
  operation: 'contactAutomations.create',
  method: 'POST',
  path: 'contactAutomations',
  handle: ({ store, ...call }) => {
    const sent = sentRow(contactAutomations, { store, ...call })
    const entry = enterAutomation(store, text(sent.contact), text(sent.automation))
    const contact = store.contacts.get(text(entry.contact))
    return created({
      contacts: contact === undefined ? [] : [contactRow(store, contact)],
      contactAutomation: {
        contact: text(entry.contact),
        seriesid: text(entry.seriesid),
        startid: 0,
        status: 1,
        lastblock: text(entry.lastblock),
        completedElements: text(entry.completedElements),
        totalElements: text(entry.totalElements),
        completed: 0,
        completeValue: 50,
        links: linksOf(store, 'contactAutomations', entry.id, contactAutomations.links),
        id: entry.id,
        automation: text(entry.automation),
      },
    })
  },
}

export const contactAutomationEndpoints: readonly Endpoint[] = [
  enter,
  ...crud(contactAutomations, ['list', 'get', 'remove']),
]
