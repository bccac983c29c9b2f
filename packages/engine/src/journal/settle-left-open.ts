import { movesContact, settleHalfMove } from '../accounts/half-moved.ts'
import { inState, type SyncContext } from '../context.ts'
import { endOf } from '../state/ends.ts'
import { underWayName } from '../state/import-state.ts'
import type { JournalEntry } from '../state/journal-state.ts'

const pageSize = 1000

/** The process ended between the call and its answer, and the services were read since. */
const leftOpen = {
  status: 'unknown',
  code: 'process-ended',
  message: 'The process ended before the answer came; what became of it has shown in a reading since.',
  remedy: 'retry',
} as const

const endsOf = ({ entity, dynamicsId, activeCampaignId }: JournalEntry): readonly string[] => [
  ...(dynamicsId === null ? [] : [underWayName({ ...endOf(entity, 'dynamics'), id: dynamicsId })]),
  ...(activeCampaignId === null
    ? []
    : [underWayName({ ...endOf(entity, 'activeCampaign'), id: activeCampaignId })]),
]

/**
 * Closes entries that a process left open when it ended: to be called under the lease, after a reading of both services, which has
 * shown what became of them. Those whose records an import has under way wait for it, as do
 * those whose entity could not be read.
 */
export const settleLeftOpen = async (context: SyncContext): Promise<void> => {
  for (let after: string | null = null; ; ) {
    const page: { readonly after: string | null; readonly limit: number } = { after, limit: pageSize }
    const last: JournalEntry | undefined = await inState(context, async (state) => {
      const { journal, imports } = state
      const open = await journal.unfinished(page)
      const busy = await imports.underWay(open.flatMap(endsOf))
      for (const entry of open) {
        if (context.unread.has(entry.entity)) continue
        if (movesContact(entry) && context.unread.has('accounts')) continue
        if (endsOf(entry).some((name) => busy.has(name))) continue
        await settleHalfMove(state, entry)
        await journal.conclude(entry.planId, entry.actionId, leftOpen)
      }
      return open.at(-1)
    })
    if (last === undefined) return
    after = last.id
  }
}
