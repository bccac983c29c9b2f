import { CreateActiveCampaignRecord } from '@dynacamp/core'
import { inState } from '../context.ts'
import type { JournalEntry } from '../state/journal-state.ts'
import type { ApplyContext } from './apply-context.ts'

/** Entries of one record that are looked at: far more than attempts to make it. */
const page = { after: null, limit: 100 } as const

const hasKind = (value: unknown): value is { readonly kind: string } =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'

const statusOf = ({ outcome }: JournalEntry): unknown =>
  typeof outcome === 'object' && outcome !== null && 'status' in outcome ? outcome.status : null

/**
 * Whether an attempt is known to have made nothing. Where one plan was applied twice, the outcome of the second time is written to an
 * attempt of the first time that never ended, too: two of the same kind tell nothing.
 */
const madeNothing = (entry: JournalEntry, attempts: readonly JournalEntry[]): boolean => {
  const status = statusOf(entry)
  const sameEnds = attempts.filter((other) => other.planId === entry.planId && statusOf(other) === status)
  return (status === 'failed' || status === 'stale') && sameEnds.length === 1
}

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
    return !madeNothing(entry, attempts) && hasKind(action) && CreateActiveCampaignRecord.is(action)
      ? [action]
      : []
  })
}
