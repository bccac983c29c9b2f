import type { Services } from '../services.ts'
import { fieldInput } from './contact-events.ts'
import { unlessRefused } from './event.ts'
import { fieldPatch } from './row-events.ts'

const singleRow = /\/(contact|lead)s\(([\da-f-]{36})\)/
const singleContact = /^\/api\/3\/contacts\/(\d+)/

/** Whether a request is about one record, which somebody else could be editing at this moment. */
export const namesOneRecord = (path: string): boolean => singleRow.test(path) || singleContact.test(path)

/** Somebody edits that record. */
export const editRecordOf = (
  { dynamics, activeCampaign }: Services,
  path: string,
  choice: { readonly other: number; readonly value: number },
): boolean => {
  const [, table, rowId] = singleRow.exec(path) ?? []
  if (table !== undefined && rowId !== undefined) {
    return unlessRefused(() => dynamics.update(table, rowId, fieldPatch(choice)))
  }
  const [, contactId] = singleContact.exec(path) ?? []
  return (
    contactId !== undefined &&
    unlessRefused(() => activeCampaign.updateContact(contactId, fieldInput(choice)))
  )
}
