import { isJsonArray, isJsonObject, type Json, type JsonObject, text } from '../core/json.ts'
import type { Change, Source, Store } from '../core/store.ts'

const names: Readonly<Record<Source, string>> = {
  public: 'public',
  admin: 'admin',
  api: 'api',
  system: 'system',
}

/** A contact's values: by position in an order nobody can rely on, or by personalisation tag. */
function fieldsOf(store: Store, contact: string): Json {
  const rows = store.tables.fieldValues.by('contact', contact)
  if (store.behaviour.webhookFields === 'by-tag') {
    return Object.fromEntries(
      rows.map((row) => [
        text(store.tables.fields.get(text(row.field))?.perstag).toLowerCase(),
        row.value ?? '',
      ]),
    )
  }
  const shuffled = rows.map((row) => ({ row, at: store.dice(`${contact}:${row.id}:${String(store.now())}`) }))
  return shuffled.sort((a, b) => a.at - b.at).map(({ row }) => row.value ?? '')
}

function contactBlock(store: Store, id: string): JsonObject {
  const contact = store.contacts.get(id)
  const { contactTags, tags, accountContacts, accounts } = store.tables
  const [link] = accountContacts.by('contact', id)
  const account = accounts.get(text(link?.account))
  const company = text(account?.name)
  return {
    contact: {
      id,
      email: contact?.email ?? '',
      first_name: contact?.firstName ?? '',
      last_name: contact?.lastName ?? '',
      phone: contact?.phone ?? '',
      ip: '0.0.0.0',
      tags: contactTags
        .by('contact', id)
        .map((row) => text(tags.get(text(row.tag))?.tag))
        .join(', '),
      fields: fieldsOf(store, id),
      customer_acct_name: company,
      orgname: company,
    },
    customer_acct_name: company,
    customer_acct_id: account?.id ?? '0',
    orgname: company,
  }
}

/** What a webhook is told of a change. */
export const payloadOf = (store: Store, change: Change, source: Source): JsonObject => ({
  type: change.type,
  date_time: store.iso(),
  initiated_from: names[source],
  initiated_by: names[source],
  list: change.list ?? '0',
  ...change.blocks,
  ...(change.contact === undefined ? {} : contactBlock(store, change.contact)),
})

/** A form body as PHP writes one: `contact[fields][0]=Oslo`. */
export function formOf(payload: JsonObject): string {
  const form = new URLSearchParams()
  const write = (key: string, value: Json): void => {
    if (isJsonArray(value))
      for (const [index, item] of value.entries()) write(`${key}[${String(index)}]`, item)
    else if (isJsonObject(value))
      for (const [name, item] of Object.entries(value)) write(`${key}[${name}]`, item)
    else form.append(key, text(value))
  }
  for (const [key, value] of Object.entries(payload)) write(key, value)
  return form.toString()
}
