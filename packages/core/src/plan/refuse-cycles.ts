import type { Action } from '../actions/action.ts'
import { holdRecord } from './hold-field.ts'
import type { Ledger } from './ledger.ts'

/** Actions that wait for each other, directly or through others, and those that wait behind them. */
const inCycles = (actions: ReadonlyMap<string, Action>): readonly Action[] => {
  let waiting = actions
  for (;;) {
    const still = new Map([...waiting].filter(([, { dependsOn }]) => dependsOn.some((id) => waiting.has(id))))
    if (still.size === waiting.size) return [...still.values()]
    waiting = still
  }
}

/** Records that could only be written after each other are held: no order of calls would ever do. */
export const refuseCycles = (ledger: Ledger): void => {
  const { actions } = ledger
  const refused = inCycles(actions)
  for (const action of refused) {
    const { entity, dynamicsId, activeCampaignId, title, dependsOn } = action
    const others = dependsOn.flatMap((id) => actions.get(id)?.title ?? []).filter((name) => name !== title)
    // What it waits for is what it is to refer to, and a relation may be private.
    const isPrivate = action.changes.some(({ sensitive }) => sensitive)
    const whom = others.length === 0 ? 'itself' : isPrivate ? 'another record' : others.join(', ')
    holdRecord(ledger, { entity, dynamicsId, activeCampaignId, title }, 'reference-cycle', {
      message: `It waits for ${whom}, and is waited for in a circle.`,
      resolve: ['Take one of the references away, sync, and set it again.'],
    })
  }
  for (const { id } of refused) actions.delete(id)
}
