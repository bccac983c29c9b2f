import { type Call, type Endpoint, param } from '../core/call.ts'
import { createRow, crud, removeRow, rowOr404, sentRow, updateRow } from '../core/crud.ts'
import { writeCustomValue } from '../core/custom-fields.ts'
import { type Json, type JsonObject, objectsAt, pick, type Row, stored, text } from '../core/json.ts'
import { created, invalid, ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { createdRow, updatedRow } from '../core/show.ts'
import { accountData } from './account-custom-fields.ts'

/** Companies. Names are unique, and a contact belongs to one at most. */
export const accounts: Resource = {
  path: 'accounts',
  one: 'account',
  model: 'CustomerAccount',
  links: ['notes', 'accountCustomFieldData', 'accountContacts', 'emailActivities', 'contactEmails', 'owner'],
  defaults: (store) => ({
    name: '',
    accountUrl: null,
    createdTimestamp: store.iso(),
    updatedTimestamp: store.iso(),
    owner: '1',
  }),
  accept: ({ store }, sent, current) => {
    const name = text(sent.name ?? current?.name).trim()
    if (name === '') throw invalid('The account name was not provided.', 'field_missing', 'name')
    const namesake = store.tables.accounts
      .by('name', name.toLowerCase())
      .find((row) => row.id !== current?.id)
    if (namesake !== undefined) {
      throw invalid(
        `An account named "${name}" already exists. Please choose a new name.`,
        'duplicate',
        'name',
      )
    }
    const others = pick(sent, ['accountUrl', 'owner'])
    return {
      name,
      ...Object.fromEntries(
        Object.entries(others).map(([key, value]): [string, Json] => [key, stored(value)]),
      ),
    }
  },
  created: (row) => ({
    name: text(row.name),
    createdTimestamp: text(row.createdTimestamp),
    updatedTimestamp: text(row.updatedTimestamp),
    owner: text(row.owner),
  }),
  listed: (row, store, { query }) => {
    const counted = query.get('count_deals') === 'true'
    const contacts = store.tables.accountContacts.by('account', row.id).length
    const deals = store.tables.deals.rows.filter((deal) => deal.customerAccount === row.id).length
    return { contactCount: counted ? String(contacts) : '0', dealCount: counted ? String(deals) : '0' }
  },
  touched: (store) => ({ updatedTimestamp: store.iso() }),
  wrote: (row, { store }, before) =>
    store.emit({
      type: before === undefined ? 'account_add' : 'account_update',
      blocks: { account: { id: row.id, name: text(row.name), url: text(row.accountUrl) } },
    }),
  removed: (row, { store }) => {
    const { accountContacts, accountCustomFieldData, notes } = store.tables
    for (const link of accountContacts.by('account', row.id)) accountContacts.remove(link.id)
    for (const datum of accountCustomFieldData.by('accountId', row.id))
      accountCustomFieldData.remove(datum.id)
    for (const note of notes.by('owner', `CustomerAccount:${row.id}`)) notes.remove(note.id)
  },
  list: { searches: ['name'], contains: ['name'] },
  permission: { create: 'pgAccountAdd', update: 'pgAccountEdit', remove: 'pgAccountDelete' },
}

/** Writes the inline `fields` of an account body; they come back with the account's id. */
function writeFields(call: Call, row: Row, sent: JsonObject): JsonObject {
  const fields = objectsAt(sent, 'fields').map((field): JsonObject => {
    writeCustomValue(accountData, call, row.id, field)
    return { ...field, accountId: row.id }
  })
  return { customFieldSaveStatus: { status: 'success' }, fields }
}

const create: Endpoint = {
  operation: 'accounts.create',
  method: 'POST',
  path: 'accounts',
  handle: (call) => {
    const sent = sentRow(accounts, call)
    const row = createRow(accounts, call, sent)
    return created({ account: { ...createdRow(accounts, row, sent, call), ...writeFields(call, row, sent) } })
  },
}

const update = (method: 'PUT' | 'PATCH'): Endpoint => ({
  operation: 'accounts.update',
  method,
  path: 'accounts/:id',
  handle: (call) => {
    const sent = sentRow(accounts, call)
    const row = updateRow(accounts, call, rowOr404(accounts, call, param(call, 'id')), sent)
    return ok({ account: { ...updatedRow(accounts, row, sent, call), ...writeFields(call, row, sent) } })
  },
})

const bulkDelete: Endpoint = {
  operation: 'accounts.bulkDelete',
  method: 'DELETE',
  path: 'accounts/bulk_delete',
  handle: (call) => {
    for (const id of call.query.getAll('ids[]')) {
      const row = call.store.tables.accounts.get(id)
      if (row !== undefined) removeRow(accounts, call, row)
    }
    return ok({ meta: { success: true } })
  },
}

export const accountEndpoints: readonly Endpoint[] = [
  bulkDelete,
  ...crud(accounts, ['list', 'get', 'remove']),
  create,
  update('PUT'),
  update('PATCH'),
]
