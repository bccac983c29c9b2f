import { contactRow } from '../contacts/contact-row.ts'
import { contactOr404 } from '../contacts/write-contact.ts'
import { type Endpoint, param } from '../core/call.ts'
import { crud } from '../core/crud.ts'
import { stored, text } from '../core/json.ts'
import { missing, ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { fullRow } from '../core/show.ts'
import { deals } from './deals.ts'

/** Further contacts of a deal. */
export const contactDeals: Resource = {
  path: 'contactDeals',
  one: 'contactDeal',
  model: 'SubscriberDeal',
  links: ['deal', 'contact', 'role'],
  defaults: (store) => ({
    deal: '',
    contact: '',
    role: null,
    cdate: store.iso(),
    created_timestamp: store.stamp(),
    updated_timestamp: store.stamp(),
    created_by: null,
    updated_by: null,
  }),
  accept: (_, sent, current) => {
    for (const attribute of ['contact', 'deal']) {
      if (text(sent[attribute] ?? current?.[attribute]) === '') throw missing('contactDeal', attribute)
    }
    return {
      contact: text(sent.contact ?? current?.contact),
      deal: text(sent.deal ?? current?.deal),
      ...('role' in sent ? { role: stored(sent.role ?? null) } : {}),
    }
  },
  created: (row) => ({ cdate: text(row.cdate) }),
  touched: (store) => ({ updated_timestamp: store.stamp() }),
}

const ofContact: Endpoint = {
  operation: 'contacts.contactDeals',
  method: 'GET',
  path: 'contacts/:id/contactDeals',
  handle: (call) => {
    const contact = contactOr404(call.store, param(call, 'id'))
    const links = call.store.tables.contactDeals.by('contact', contact.id)
    const linked = links.flatMap((link) => call.store.tables.deals.get(text(link.deal)) ?? [])
    return ok({
      contacts: links.length === 0 ? [] : [contactRow(call.store, contact)],
      deals: linked.map((row) => fullRow(deals, row, call)),
      contactDeals: links.map((row) => fullRow(contactDeals, row, call)),
    })
  },
}

export const contactDealEndpoints: readonly Endpoint[] = [...crud(contactDeals), ofContact]
