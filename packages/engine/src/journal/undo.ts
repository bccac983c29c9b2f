import { type Action, type FieldChange, invertPlan, type Plan } from '@dynacamp/core'
import { UnknownRunError } from '../errors/unknown-run-error.ts'
import type { SyncParts } from '../parts.ts'
import { asKept } from './as-kept.ts'
import type { Journal, RunOrPlan } from './journal.ts'

/** Two changes of one field, one after the other, as one. */
const composeChanges = (
  earlier: readonly FieldChange[],
  later: readonly FieldChange[],
): readonly FieldChange[] => {
  const byField = new Map(earlier.map((change) => [change.field, change]))
  for (const change of later) {
    const before = byField.get(change.field)?.before
    byField.set(change.field, before === undefined ? change : { ...change, before })
  }
  return [...byField.values()]
}

/** The same action, done twice on one record in one run: what both come to. */
const compose = (earlier: Action, later: Action): Action => ({
  ...later,
  changes: composeChanges(earlier.changes, later.changes),
  settles: {
    dynamics: { ...earlier.settles.dynamics, ...later.settles.dynamics },
    activeCampaign: { ...earlier.settles.activeCampaign, ...later.settles.activeCampaign },
  },
})

/**
 * The plan that takes back what a run, or a plan, has written, from the journal: to be reviewed and applied like any other. What
 * cannot be taken back is in it as a skip that says so.
 *
 * @throws UnknownRunError when the journal has nothing of it.
 * @throws PlanError of `@dynacamp/core` when the journal has actions of a later release.
 */
export const undo = async (
  parts: Pick<SyncParts, 'definition' | 'store' | 'tenant'>,
  journal: Journal,
  of: RunOrPlan,
): Promise<Plan> => {
  const done = new Map<string, Action>()
  let entries = 0
  for await (const { action, outcome } of journal.ofRun(of)) {
    entries += 1
    if (outcome?.status !== 'done') continue
    const earlier = done.get(action.id)
    done.set(action.id, earlier === undefined ? action : compose(earlier, action))
  }
  if (entries === 0) throw new UnknownRunError(of)
  const actions = [...done.values()]
  const entities = [...new Set(actions.map(({ entity }) => entity))]
  return invertPlan({
    actions: await asKept(parts, actions),
    entities,
    definitionHash: parts.definition.hash,
  })
}
