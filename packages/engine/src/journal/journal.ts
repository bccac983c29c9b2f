import { readState } from '../context.ts'
import type { SyncParts } from '../parts.ts'
import { plainName } from '../record-name.ts'
import type { JournalEntry } from '../state/journal-state.ts'
import type { Page, RecordName } from '../state/kinds.ts'
import { type JournaledAction, journaledAction } from './journaled-action.ts'

const pageSize = 100

/** Which actions: those of a run, or those of a plan that was applied by itself. */
export type RunOrPlan = { readonly runId: string } | { readonly planId: string }

/** Every action with what was meant, before the call, and what came of it. */
export interface Journal {
  /** What was done about a record of either side, the latest first. */
  ofRecord(record: RecordName): AsyncIterable<JournaledAction>
  /** What a run or a plan did, in its order. */
  ofRun(of: RunOrPlan): AsyncIterable<JournaledAction>
}

/** Reads pages while they are iterated. */
async function* paged(
  read: (page: Page) => Promise<readonly JournalEntry[]>,
): AsyncGenerator<JournaledAction> {
  for (let after: string | null = null; ; ) {
    const entries: readonly JournalEntry[] = await read({ after, limit: pageSize })
    yield* entries.map(journaledAction)
    const last = entries.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

export const journalOf = ({ store, tenant }: Pick<SyncParts, 'store' | 'tenant'>): Journal => {
  const state = { store, tenant }
  return {
    ofRecord: (record) => {
      const name = plainName(record)
      return paged((page) => readState(state, ({ journal }) => journal.ofRecord(name, page)))
    },
    ofRun: (of) => paged((page) => readState(state, ({ journal }) => journal.ofRun(of, page))),
  }
}
