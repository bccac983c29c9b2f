import { type Action, parseAction } from '@dynacamp/core'
import * as z from 'zod'
import type { ActionOutcome } from '../apply/outcome.ts'
import type { JournalEntry } from '../state/journal-state.ts'

/** An entry of the journal: an action as it was meant, and what came of it. */
export interface JournaledAction extends Omit<JournalEntry, 'action' | 'outcome'> {
  /** As it was meant, before the call. */
  readonly action: Action
  /** How it ended; null while nobody knows. */
  readonly outcome: ActionOutcome | null
}

const outcomeShape = z.object({
  status: z.enum(['done', 'stale', 'failed', 'unknown', 'queued']),
  code: z.string().nullable(),
  message: z.string().nullable(),
  remedy: z.enum(['retry', 'hold', 'block', 'stop']).nullable(),
})

/**
 * What a store keeps as plain data.
 *
 * @throws PlanError of `@dynacamp/core` when the action is of a later release.
 */
export const journaledAction = (entry: JournalEntry): JournaledAction => {
  const action = parseAction(entry.action)
  const outcome = entry.outcome === null ? null : outcomeShape.parse(entry.outcome)
  return { ...entry, action, outcome: outcome && { actionId: action.id, kind: action.kind, ...outcome } }
}
