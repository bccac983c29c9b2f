import { type Action, applySteps, type Plan } from '@dynacamp/core'
import { allEnded } from '@dynacamp/http'
import { chunks } from '../chunks.ts'
import { inState, readState } from '../context.ts'
import type { ApplyContext } from './apply-context.ts'
import { type ApplyRun, createApplyRun } from './apply-run.ts'
import { awaitAccounts } from './await-accounts.ts'
import { sendRows } from './batches/send-rows.ts'
import { importSettings } from './imports/import-settings.ts'
import { sendImport } from './imports/send-import.ts'
import { oneByOne } from './one-by-one.ts'
import type { ActionOutcome, Stale } from './outcome.ts'
import { notTried } from './stale.ts'
import { staleInState } from './stale-in-state.ts'

/** How many actions are under way at once. The limits of the services set the pace, this only keeps both busy. */
const together = 8

/** Whether an action came to something, if only to an error of its own: a kind that is refused would be refused by the next run as well. */
const cameToSomething = ({ remedy, code }: ActionOutcome): boolean =>
  remedy !== 'block' && !notTried.includes(code ?? '')

/** Works through its items one after the other: until one of them has come to something at least, unless the host has had enough. */
const lane = async (
  { context, outcomes }: ApplyRun,
  items: Iterable<readonly Action[]>,
  work: (actions: readonly Action[]) => Promise<void>,
): Promise<void> => {
  let begun = false
  for (const actions of items) {
    context.signal?.throwIfAborted()
    if (begun && context.isOver()) return
    await work(actions)
    begun ||= actions.flatMap(({ id }) => outcomes.get(id) ?? []).some(cameToSomething)
  }
}

/**
 * Applies a plan, each action by itself: what is stale or refused leaves the others alone. An action is written down before
 * its call and again after it, so that a process which ends in between leaves a trace. Where enough of them go the same way,
 * they share a call. A failure that every call would meet stops it: what is left is not tried. Nor is what is left at the deadline: it
 * has no outcome.
 */
export const applyPlan = async (context: ApplyContext, plan: Plan): Promise<readonly ActionOutcome[]> => {
  const stale = new Map<string, Stale>(awaitAccounts(context, plan))
  for (const actions of chunks(plan.actions, 1000)) {
    const found = await inState(context, (state) =>
      staleInState(state, context.definition, actions, context.clock.now()),
    )
    for (const [id, reason] of found) stale.set(id, reason)
  }
  const run = createApplyRun(context, plan, stale)
  const tried: readonly Action[] = plan.actions.filter(({ id }) => !stale.has(id))
  const alone = async (actions: readonly Action[]): Promise<void> => {
    await run.intend(actions)
    await oneByOne(run, actions)
  }

  // These make no call; what depends on them must find their outcomes.
  for (const actions of chunks(
    plan.actions.filter(({ id }) => stale.has(id)),
    together,
  )) {
    context.signal?.throwIfAborted()
    await alone(actions)
  }
  const settings = await readState(context, (state) => importSettings(state, context))
  for (const { imports, batches, single } of applySteps(tried, settings)) {
    await allEnded([
      lane(run, imports, (actions) => sendImport(run, actions)),
      lane(run, batches, (actions) => sendRows(run, actions)),
      lane(run, chunks(single, together), alone),
    ])
    if (context.isOver()) break
  }
  return [...run.outcomes.values()]
}
