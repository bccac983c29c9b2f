import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'

const name = 'plan/latest'

/** The plan that was made last, and when its reading began, epoch milliseconds. */
interface LatestPlan {
  readonly planId: string
  readonly fromMs: number
}

export const notePlan = ({ cursors }: StateTransaction, plan: LatestPlan): Promise<void> =>
  cursors.set(name, JSON.stringify(plan))

/** When the reading of this plan began; null where another plan was made since. */
export const readFromMs = async ({ cursors }: StateTransaction, planId: string): Promise<number | null> => {
  const text = await cursors.get(name)
  if (text === null) return null
  const latest = fromText<LatestPlan>(text)
  return latest.planId === planId ? latest.fromMs : null
}
