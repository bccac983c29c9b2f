import { CreateActiveCampaignRecord } from '@dynacamp/core'
import { inState } from '../context.ts'
import { hasKind } from '../journal/has-kind.ts'
import type { JournalEntry } from '../state/journal-state.ts'
import type { ApplyContext } from './apply-context.ts'

/** Entries of one record that are looked at: far more than attempts to make it. */
const page = { after: null, limit: 100 } as const

const statusOf = ({ outcome }: JournalEntry): unknown =>
  typeof outcome === 'object' && outcome !== null && 'status' in outcome ? outcome.status : null

/** Whether an attempt is known to have made nothing. */
const madeNothing = (entry: JournalEntry): boolean => ['failed', 'stale'].includes(String(statusOf(entry)))

/**
 * Earlier attempts to make this record that may have made it: the process ended in between, or the answer was lost. The journal
 * was written before each call, so where it has none, nobody has made the record.
 */
export const earlierAttempts = async (
  context: ApplyContext,
  { id, entity, dynamicsId }: CreateActiveCampaignRecord,
): Promise<readonly CreateActiveCampaignRecord[]> => {
  const record = { side: 'dynamics', entity, id: dynamicsId } as const
  const entries = await inState(context, ({ journal }) => journal.ofRecord(record, page))
  const attempts = entries.filter(({ actionId }) => actionId === id)
  // The latest one is the attempt that is under way.
  return attempts.slice(1).flatMap((entry) => {
    const { action } = entry
    return !madeNothing(entry) && hasKind(action) && CreateActiveCampaignRecord.is(action) ? [action] : []
  })
}
