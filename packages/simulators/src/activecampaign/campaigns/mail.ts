import type { Contact } from '../contacts/contact.ts'
import { type Row, text } from '../core/json.ts'
import type { Store } from '../core/store.ts'
import type { Mail } from './sent-mail.ts'

/** Replaces `%FIRSTNAME%`, `%EMAIL%` and every field's tag by what the contact has. */
function personalised(store: Store, template: string, contact: Contact): string {
  const values: Record<string, string> = {
    EMAIL: contact.email,
    FIRSTNAME: contact.firstName,
    LASTNAME: contact.lastName,
    FULLNAME: `${contact.firstName} ${contact.lastName}`.trim(),
    PHONE: contact.phone,
  }
  for (const row of store.tables.fieldValues.by('contact', contact.id)) {
    values[text(store.tables.fields.get(text(row.field))?.perstag)] = text(row.value)
  }
  return template.replaceAll(/%([\p{L}\p{N}_]+)%/gu, (whole, tag: string) =>
    Object.hasOwn(values, tag) || store.tables.fields.by('perstag', tag).length > 0
      ? (values[tag] ?? '')
      : whole,
  )
}

/** The mail a contact gets of a message. */
export const composeMail = (
  store: Store,
  contact: Contact,
  campaign: Row,
  message: Row,
  action: string,
): Mail => ({
  to: contact.email,
  contactId: contact.id,
  campaignId: campaign.id,
  messageId: message.id,
  subject: personalised(store, text(message.subject), contact),
  html: personalised(store, text(message.html), contact),
  text: personalised(store, text(message.text), contact),
  action,
  atMs: store.now(),
})

/** Does the account silently keep mails from this address: bounced, excluded, or unsubscribed from every list it was on? */
export function isSuppressed(store: Store, contact: Contact): boolean {
  const { exclusions, contactLists } = store.tables
  if (Number(contact.columns.bounced_hard) > 0) return true
  if (exclusions.rows.some((row) => isExcluded(row, contact.email))) return true
  const standings = contactLists.by('contact', contact.id).map((row) => row.status)
  return standings.length > 0 && standings.every((status) => status === '2')
}

/** Does an exclusion cover the address? */
export function isExcluded(exclusion: Row, email: string): boolean {
  const phrase = text(exclusion.matchPhrase).toLowerCase()
  if (phrase === '' || !['all', 'allEmail', 'several'].includes(text(exclusion.channel))) return false
  const address = email.toLowerCase()
  if (exclusion.matchType === 'exact') return address === phrase
  if (exclusion.matchType === 'begin') return address.startsWith(phrase)
  return exclusion.matchType === 'end' ? address.endsWith(phrase) : address.includes(phrase)
}
