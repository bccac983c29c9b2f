import type { Plan } from '@dynacamp/core'
import type { ActionOutcome } from '../apply/outcome.ts'
import { leftAlone, waitsInVain } from '../apply/stale.ts'
import { nameOfAction } from '../set-aside/name-of.ts'
import { setAsideKey } from '../state/set-aside-state.ts'

/** Keeps a run from going on for ever about records that others keep changing. */
export interface Restless {
  /** Keys of records that wait for the next run. */
  readonly resting: ReadonlySet<string>
  /** Notes the actions that came to nothing because of a change, or whose outcome nobody knows. */
  note(plan: Plan, outcomes: readonly ActionOutcome[]): void
  /** Whether there are any that deserve a second look in this run. */
  endPass(): boolean
}

const others: readonly string[] = [waitsInVain.code, ...leftAlone]

/** A record gets a second chance in a run, not a third. */
export const restless = (): Restless => {
  const once = new Set<string>()
  const resting = new Set<string>()
  let fresh = 0
  return {
    resting,
    note({ actions }, outcomes) {
      const byId = new Map(actions.map((action) => [action.id, action]))
      for (const { actionId, status, code } of outcomes) {
        const action = byId.get(actionId)
        if (action === undefined || (status !== 'stale' && status !== 'unknown')) continue
        // It waits for another record's action, which is judged by itself, or is left alone with all of its kind.
        if (others.includes(code ?? '')) continue
        const name = nameOfAction(action)
        if (name === null) continue
        const key = setAsideKey(name)
        if (once.has(key)) resting.add(key)
        else fresh += 1
        once.add(key)
      }
    },
    endPass() {
      const again = fresh > 0
      fresh = 0
      return again
    },
  }
}
