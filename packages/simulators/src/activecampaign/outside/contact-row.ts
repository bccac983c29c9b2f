import type { Contact } from '../contacts/contact.ts'
import { contactRow } from '../contacts/contact-row.ts'
import { type JsonObject, text } from '../core/json.ts'
import type { Store } from '../core/store.ts'

/**
 * A contact as an outsider sees it.
 *
 * @example
 * ```ts
 * const cities = createActiveCampaignSimulator().contacts().map((contact: ContactRow) => contact.fields.CITY)
 * ```
 */
export interface ContactRow {
  readonly id: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly phone: string
  /** Epoch milliseconds. */
  readonly createdAtMs: number
  /** Epoch milliseconds of `udate`. */
  readonly updatedAtMs: number
  /** Values as stored, by personalisation tag; fields without a value are absent. */
  readonly fields: Readonly<Record<string, string>>
  readonly tags: readonly string[]
  /** Status by list id: 1 subscribed, 2 unsubscribed. */
  readonly lists: Readonly<Record<string, string>>
  readonly accountId: string | undefined
  /** The service's row, as `GET /contacts/{id}` shows it. */
  readonly row: JsonObject
}

export function outsideRow(store: Store, contact: Contact): ContactRow {
  const { fields, fieldValues, contactTags, tags, contactLists, accountContacts } = store.tables
  const { id } = contact
  return {
    id,
    email: contact.email,
    firstName: contact.firstName,
    lastName: contact.lastName,
    phone: contact.phone,
    createdAtMs: contact.createdAt,
    updatedAtMs: contact.changedAt,
    fields: Object.fromEntries(
      fieldValues
        .by('contact', id)
        .map((row) => [text(fields.get(text(row.field))?.perstag), text(row.value)]),
    ),
    tags: contactTags.by('contact', id).map((row) => text(tags.get(text(row.tag))?.tag)),
    lists: Object.fromEntries(
      contactLists.by('contact', id).map((row) => [text(row.list), text(row.status)]),
    ),
    accountId: accountContacts.by('contact', id).map((row) => text(row.account))[0],
    get row() {
      return contactRow(store, contact)
    },
  }
}
