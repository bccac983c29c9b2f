import type { Action } from '@dynacamp/core'
import { inState } from '../context.ts'
import type { ApplyRun } from './apply-run.ts'
import { outcomeOf } from './outcome.ts'
import { leftByDeadline } from './stale.ts'

/** Closes entries of the journal: no call was made. The actions have no outcome, and the next plan has them again. */
const leave = ({ context, planId }: ApplyRun, actions: readonly Action[]): Promise<void> =>
  inState(context, async ({ journal }) => {
    for (const action of actions)
      await journal.conclude(planId, action.id, outcomeOf(action, 'stale', leftByDeadline))
  })

/**
 * Sends again, half by half, what was refused as a whole. The deadline leaves the second half, never the first one: a run that stopped
 * right after the refusal would have done nothing, and so would each run after it.
 */
export const inHalves = async <Part extends { readonly action: Action }>(
  run: ApplyRun,
  parts: readonly Part[],
  send: (half: readonly Part[]) => Promise<void>,
): Promise<void> => {
  const middle = Math.ceil(parts.length / 2)
  await send(parts.slice(0, middle))
  const rest = parts.slice(middle)
  if (run.context.isOver()) {
    await leave(
      run,
      rest.map(({ action }) => action),
    )
  } else await send(rest)
}
