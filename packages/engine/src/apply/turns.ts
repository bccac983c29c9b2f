import type { Action } from '@dynacamp/core'
import { endOf } from '../state/ends.ts'
import { underWayName } from '../state/import-state.ts'

/** Lets one action at a time work on a record of ActiveCampaign. */
export type Turns = <Result>(action: Action, work: () => Promise<Result>) => Promise<Result>

/**
 * Actions on one record of ActiveCampaign go one after the other, whichever way each goes: each looks at the whole record, and writes
 * the whole of it down. Of two at the same time the later one would write down what the earlier one has changed as it was before,
 * and the next plan would take that for somebody's change.
 */
export const openTurns = (): Turns => {
  const last = new Map<string, Promise<unknown>>()
  return async (action, work) => {
    const { entity, activeCampaignId } = action
    if (activeCampaignId === null) return work()
    const name = underWayName({ ...endOf(entity, 'activeCampaign'), id: activeCampaignId })
    const turn = last.get(name)?.then(work, work) ?? work()
    last.set(name, turn)
    try {
      return await turn
    } finally {
      if (last.get(name) === turn) last.delete(name)
    }
  }
}
