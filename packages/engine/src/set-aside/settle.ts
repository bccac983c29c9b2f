import type { Plan } from '@dynacamp/core'
import type { ActionOutcome } from '../apply/outcome.ts'
import { type SetAside, setAsideKey } from '../state/set-aside-state.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { backoffMs } from './backoff.ts'
import { nameOfAction } from './name-of.ts'

/**
 * Sets aside what failed, each for twice as long as the last time, and takes back what did not fail again. What would meet
 * every call (`stop`) is no fault of a record and sets none aside.
 */
export const settle = async (
  { setAsides }: StateTransaction,
  plan: Plan,
  outcomes: readonly ActionOutcome[],
  { tried, nowMs }: { readonly tried: readonly SetAside[]; readonly nowMs: number },
): Promise<number> => {
  const actions = new Map(plan.actions.map((action) => [action.id, action]))
  const before = new Map(tried.map((entry) => [setAsideKey(entry), entry]))
  const failed = new Map<string, SetAside>()
  for (const { actionId, status, remedy, code, message } of outcomes) {
    const action = actions.get(actionId)
    const name = action === undefined ? null : nameOfAction(action)
    if (status !== 'failed' || remedy === 'stop' || name === null) continue
    const key = setAsideKey(name)
    const attempts = (before.get(key)?.attempts ?? 0) + 1
    failed.set(key, {
      ...name,
      code: code ?? 'failed',
      message: message ?? '',
      attempts,
      nextTryAtMs: nowMs + backoffMs(attempts),
      since: before.get(key)?.since ?? new Date(nowMs).toISOString(),
    })
  }
  const stopped = outcomes.some(({ remedy }) => remedy === 'stop')
  await setAsides.save([...failed.values()])
  // When the run stops some of them were not tried at all.
  if (!stopped) await setAsides.remove(tried.filter((entry) => !failed.has(setAsideKey(entry))))
  return failed.size
}
