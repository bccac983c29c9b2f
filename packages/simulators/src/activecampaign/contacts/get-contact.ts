import { accountContacts } from '../accounts/account-contacts.ts'
import { contactAutomations } from '../automations/contact-automations.ts'
import { type Endpoint, param } from '../core/call.ts'
import type { JsonObject } from '../core/json.ts'
import { ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { fullRow } from '../core/show.ts'
import { deals } from '../deals/deals.ts'
import { fieldValues } from '../fields/field-values.ts'
import { contactLists } from '../lists/contact-lists.ts'
import { contactRow } from './contact-row.ts'
import { contactOr404 } from './write-contact.ts'

/** What comes along with a contact. Tags do not: they have their own call. */
const sideLoads: readonly Resource[] = [contactAutomations, contactLists, deals, fieldValues, accountContacts]

export const getContact: Endpoint = {
  operation: 'contacts.get',
  method: 'GET',
  path: 'contacts/:id',
  handle: (call) => {
    const { store } = call
    const contact = contactOr404(store, param(call, 'id'))
    // Reading the contact is what brings its activity feed up to date.
    store.feedLength.set(contact.id, store.happenings.get(contact.id)?.length ?? 0)
    const loaded = sideLoads.map((resource) => ({
      resource,
      rows: store.tables[resource.path].by('contact', contact.id),
    }))
    const geoIps = store.tables.geoIps.by('contact', contact.id)
    const rows: JsonObject = Object.fromEntries(
      loaded.map(({ resource, rows: found }) => [
        resource.path,
        found.map((row) => fullRow(resource, row, call)),
      ]),
    )
    const ids: JsonObject = Object.fromEntries(
      loaded.map(({ resource, rows: found }) => [resource.path, found.map(({ id }) => id)]),
    )
    return ok({
      ...rows,
      geoIps,
      contact: { ...contactRow(store, contact), ...ids, geoIps: geoIps.map(({ id }) => id) },
    })
  },
}
