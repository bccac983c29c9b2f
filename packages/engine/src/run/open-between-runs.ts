import type { ApplyContext } from '../apply/apply-context.ts'
import { openRefusals } from '../apply/refusals.ts'
import { readState, type SyncContext } from '../context.ts'
import type { HeldLease } from '../lease/with-lease.ts'
import { findFieldsOrNote } from '../observe/fields-or-note.ts'
import { noteUnreadBefore } from '../observe/unread.ts'
import { openContext, type SyncParts } from '../parts.ts'
import type { StepOptions } from '../step-options.ts'

/** What single records are synced with, between two runs: what the last one could not read is left alone here too. */
export const openBetweenRuns = async (
  parts: SyncParts,
  held: HeldLease,
  options: StepOptions,
): Promise<SyncContext & Pick<ApplyContext, 'customFields' | 'refusals'>> => {
  const opened = await openContext(parts, held, { ...options, partial: true })
  const customFields = await findFieldsOrNote(opened)
  await readState(opened, (state) => noteUnreadBefore(state, opened.unread))
  return { ...opened, customFields, refusals: openRefusals(opened.unread, opened.definition) }
}
