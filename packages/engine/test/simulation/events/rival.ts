import type { Services } from '../services.ts'
import { accountPatch, editAccount } from './account-events.ts'
import { fieldInput } from './contact-events.ts'
import { unlessRefused } from './event.ts'
import { fieldPatch } from './row-events.ts'

const singleRow = /\/(contact|lead|account)s\(([\da-f-]{36})\)/
const singleRecord = /^\/api\/3\/(contact|account)s\/(\d+)/

/** Whether a request is about one record, which somebody else could be editing at this moment. */
export const namesOneRecord = (path: string): boolean => singleRow.test(path) || singleRecord.test(path)

const patchOf = (table: string, choice: { readonly other: number; readonly value: number }) =>
  table === 'account' ? accountPatch(choice) : fieldPatch(choice)

/** Somebody edits that record. */
export const editRecordOf = (
  services: Services,
  path: string,
  choice: { readonly other: number; readonly value: number },
): boolean => {
  const { dynamics, activeCampaign } = services
  const [, table, rowId] = singleRow.exec(path) ?? []
  if (table !== undefined && rowId !== undefined) {
    return unlessRefused(() => dynamics.update(table, rowId, patchOf(table, choice)))
  }
  const [, one, id] = singleRecord.exec(path) ?? []
  if (id === undefined) return false
  return unlessRefused(() => {
    if (one === 'account') editAccount({ services }, id, choice)
    else activeCampaign.updateContact(id, fieldInput(choice))
  })
}
