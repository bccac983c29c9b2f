import { touchContact } from '../contacts/write-contact.ts'
import { type Endpoint, param } from '../core/call.ts'
import { crud, rowOr404 } from '../core/crud.ts'
import { type Row, text } from '../core/json.ts'
import { invalid, missing, noResult, ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { fullRow } from '../core/show.ts'
import type { Store } from '../core/store.ts'
import { accounts } from './accounts.ts'

/** The association of a contact with the one account it may have. The job title lives here. */
export const accountContacts: Resource = {
  path: 'accountContacts',
  one: 'accountContact',
  model: 'CustomerAccountSubscriber',
  links: ['account', 'contact'],
  defaults: (store) => ({
    account: '',
    contact: '',
    jobTitle: '',
    createdTimestamp: store.iso(),
    updatedTimestamp: store.iso(),
  }),
  accept: ({ store }, sent, current) => {
    const title = 'jobTitle' in sent ? { jobTitle: text(sent.jobTitle) } : {}
    if (current !== undefined) {
      const moved = store.behaviour.accountContactMove === 'moved' && 'account' in sent
      return { ...title, ...(moved ? { account: text(sent.account) } : {}) }
    }
    for (const attribute of ['contact', 'account']) {
      if (text(sent[attribute]) === '') throw missing('accountContact', attribute)
    }
    const [contact, account] = [text(sent.contact), text(sent.account)]
    if (store.contacts.get(contact) === undefined) throw noResult('Subscriber', contact)
    if (store.tables.accounts.get(account) === undefined) throw noResult('CustomerAccount', account)
    if (store.tables.accountContacts.by('contact', contact).length > 0) {
      throw invalid(
        'This contact is already associated with an account. We currently do not support contacts on multiple accounts.',
        'field_invalid',
        'account,contact',
      )
    }
    return { contact, account, ...title }
  },
  created: (row) => ({
    createdTimestamp: text(row.createdTimestamp),
    updatedTimestamp: text(row.updatedTimestamp),
  }),
  touched: (store) => ({ updatedTimestamp: store.iso() }),
  wrote: (row, { store }, before) => {
    touch(row, store)
    store.emit({
      type: before === undefined ? 'account_contact_add' : 'account_contact_update',
      contact: text(row.contact),
      blocks: { account: { id: text(row.account), jobTitle: text(row.jobTitle) } },
    })
  },
  removed: (row, { store }) => touch(row, store),
}

function touch(row: Row, store: Store): void {
  if (store.behaviour.accountContactWrite === 'moves-contact') touchContact(store, text(row.contact))
}

const ofAccount: Endpoint = {
  operation: 'accounts.accountContacts',
  method: 'GET',
  path: 'accounts/:id/accountContacts',
  handle: (call) => {
    const account = rowOr404(accounts, call, param(call, 'id'))
    const rows = call.store.tables.accountContacts.by('account', account.id)
    return ok({ accountContacts: rows.map((row) => fullRow(accountContacts, row, call)) })
  },
}

export const accountContactEndpoints: readonly Endpoint[] = [...crud(accountContacts), ofAccount]
