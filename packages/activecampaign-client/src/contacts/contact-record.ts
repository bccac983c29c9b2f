import { type AccountContact, accountContactRow } from '../accounts/account-contact.ts'
import { type ContactAutomation, contactAutomationRow } from '../automations/contact-automation.ts'
import { type ApiCall, decodeOne } from '../connection.ts'
import type { RowProblem } from '../error.ts'
import { type FieldValue, fieldValueRow } from '../fields/field-value.ts'
import { type ContactList, contactListRow } from '../lists/contact-list.ts'
import { sideLoad } from '../paging/decode-rows.ts'
import { type Contact, contactRow } from './contact.ts'

/** A contact with what the service sends along. Tags are not among it, see `contactTags.listForContact`. */
export interface ContactRecord {
  readonly contact: Contact
  readonly fieldValues: readonly FieldValue[]
  readonly contactLists: readonly ContactList[]
  readonly accountContacts: readonly AccountContact[]
  readonly contactAutomations: readonly ContactAutomation[]
  /** Rows sent along that could not be read. */
  readonly problems: readonly RowProblem[]
}

/** What a write answers. */
export interface WrittenContact {
  /** False when the e-mail was known and the contact was updated. */
  readonly created: boolean
  readonly contact: Contact
  /** The values that were sent. Their ids alone come back now and then; then this is empty. */
  readonly fieldValues: readonly FieldValue[]
}

export function readRecord(call: ApiCall, answer: unknown): ContactRecord {
  const contact = decodeOne(call, 'contact', contactRow, answer)
  const fieldValues = sideLoad(call, 'fieldValues', fieldValueRow, answer)
  const contactLists = sideLoad(call, 'contactLists', contactListRow, answer)
  const accountContacts = sideLoad(call, 'accountContacts', accountContactRow, answer)
  const contactAutomations = sideLoad(call, 'contactAutomations', contactAutomationRow, answer)
  return {
    contact,
    fieldValues: fieldValues.rows,
    contactLists: contactLists.rows,
    accountContacts: accountContacts.rows,
    contactAutomations: contactAutomations.rows,
    problems: [fieldValues, contactLists, accountContacts, contactAutomations].flatMap(
      (page) => page.problems,
    ),
  }
}

export function readWritten(call: ApiCall, status: number, answer: unknown): WrittenContact {
  const contact = decodeOne(call, 'contact', contactRow, answer)
  return {
    created: status === 201,
    contact,
    fieldValues: sideLoad(call, 'fieldValues', fieldValueRow, answer).rows,
  }
}
