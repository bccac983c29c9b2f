import { record } from '../activity/record.ts'
import { contactRow } from '../contacts/contact-row.ts'
import { contactOr404, touchContact } from '../contacts/write-contact.ts'
import type { Call, Endpoint } from '../core/call.ts'
import { crud, sentRow } from '../core/crud.ts'
import { type JsonObject, type Row, text } from '../core/json.ts'
import { invalid, missing, noResult, ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { fullRow } from '../core/show.ts'
import type { Store } from '../core/store.ts'

export const contactLists: Resource = {
  path: 'contactLists',
  one: 'contactList',
  model: 'SubscriberList',
  links: [
    'automation',
    'list',
    'contact',
    'form',
    'autosyncLog',
    'campaign',
    'unsubscribeAutomation',
    'message',
  ],
  defaults: (store) => ({
    contact: '',
    list: '',
    form: null,
    seriesid: '0',
    sdate: null,
    udate: null,
    status: '1',
    responder: '1',
    sync: '0',
    unsubreason: '',
    campaign: null,
    message: null,
    first_name: '',
    last_name: '',
    ip4Sub: '0',
    sourceid: '0',
    autosyncLog: null,
    ip4_last: '0',
    ip4Unsub: '0',
    created_timestamp: store.stamp(),
    updated_timestamp: store.stamp(),
    created_by: null,
    updated_by: null,
    unsubscribeAutomation: null,
    automation: null,
  }),
}

/** The contact's standing on a list: 1 subscribed, 2 unsubscribed; no row for neither. */
export const membership = (store: Store, contact: string, list: string): Row | undefined =>
  store.tables.contactLists.by('contact', contact).find((row) => row.list === list)

/** Automations that end when somebody unsubscribes. */
function leaveAutomations(store: Store, contact: string): void {
  for (const entry of store.tables.contactAutomations.by('contact', contact)) {
    const automation = store.tables.automations.get(text(entry.automation))
    if (automation?.exit_on_unsubscribe === '1') store.tables.contactAutomations.remove(entry.id)
  }
}

/** Subscribes or unsubscribes. Status 1 brings back even somebody who left by himself. */
export function setMembership(
  store: Store,
  contact: string,
  list: string,
  status: '1' | '2',
  more: JsonObject = {},
): { readonly row: Row; readonly changed: boolean } {
  const current = membership(store, contact, list)
  if (current?.status === status) return { row: current, changed: false }
  const person = contactOr404(store, contact)
  const table = store.tables.contactLists
  const row = table.put({
    ...(current ?? contactLists.defaults(store)),
    contact,
    list,
    first_name: person.firstName,
    last_name: person.lastName,
    ...more,
    status,
    ...(status === '1' ? { sdate: store.iso(), udate: null } : { udate: store.iso() }),
    updated_timestamp: store.stamp(),
    id: current?.id ?? table.nextId(),
  })
  if (status === '2') leaveAutomations(store, contact)
  if (store.behaviour.listChange === 'moves-udate') touchContact(store, contact)
  const type = status === '1' ? 'subscribe' : 'unsubscribe'
  record(store, contact, { type: 'SubscriberList', action: type, referenceId: row.id })
  store.emit({ type, contact, list })
  return { row, changed: true }
}

function answer(call: Call, sent: JsonObject, row: Row, changed: boolean): JsonObject {
  const contactList = {
    ...fullRow(contactLists, row, call),
    status: sent.status ?? Number(row.status),
    ...(changed ? { channel: 'email' } : {}),
  }
  if (!changed) return { contactList }
  const contact = contactOr404(call.store, text(row.contact))
  return { contacts: [contactRow(call.store, contact)], contactList }
}

const setStatus: Endpoint = {
  operation: 'contactLists.create',
  method: 'POST',
  path: 'contactLists',
  handle: (call) => {
    const { store } = call
    const sent = sentRow(contactLists, call)
    for (const attribute of ['list', 'contact', 'status']) {
      if (text(sent[attribute]) === '') throw missing('contactList', attribute)
    }
    const [list, contact, status] = [text(sent.list), text(sent.contact), text(sent.status)]
    if (store.tables.lists.get(list) === undefined) throw noResult('_List', list)
    contactOr404(store, contact)
    if (status !== '1' && status !== '2')
      throw invalid('The status must be 1 or 2.', 'field_invalid', 'status')
    const source = 'sourceid' in sent ? { sourceid: text(sent.sourceid) } : {}
    const { row, changed } = setMembership(store, contact, list, status, source)
    return ok(answer(call, sent, row, changed))
  },
}

export const contactListEndpoints: readonly Endpoint[] = [setStatus, ...crud(contactLists, ['list', 'get'])]
