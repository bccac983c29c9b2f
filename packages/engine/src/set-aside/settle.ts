import type { ActionOutcome } from '../apply/outcome.ts'
import { notTried } from '../apply/stale.ts'
import type { RecordName } from '../state/kinds.ts'
import { type SetAside, setAsideKey } from '../state/set-aside-state.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { backoffMs } from './backoff.ts'
import { findSetAside } from './leave-out.ts'
import { seenInState } from './seen.ts'

/** How an action ended, and the record it is about. */
export interface NamedOutcome extends Pick<ActionOutcome, 'status' | 'code' | 'message' | 'remedy'> {
  readonly name: RecordName
}

/** Whether a failure is its record's, or one that may pass; not one of all calls, or of a kind of action. */
export const isOfRecord = (remedy: ActionOutcome['remedy']): boolean =>
  remedy !== 'stop' && remedy !== 'block'

/** Nothing is known yet of what these will come to. */
const isOpen = ({ status, code, remedy }: NamedOutcome): boolean =>
  status === 'queued' || status === 'unknown' || remedy === 'block' || notTried.includes(code ?? '')

/**
 * Sets aside what failed, each for twice as long as the last time, and takes back what did not fail again. What would meet
 * every call (`stop`), or every action of a kind (`block`), is no fault of a record and sets none aside.
 *
 * @param tried - What of the batch was set aside before. Where nothing was to be done about it any more, it is cured.
 * @param untried - Records that actions of the plan are about which the deadline has left: nothing is known of them.
 * @returns how many records were set aside.
 */
export const settle = async (
  state: StateTransaction,
  outcomes: readonly NamedOutcome[],
  {
    tried,
    untried = [],
    nowMs,
  }: {
    readonly tried: readonly SetAside[]
    readonly untried?: readonly RecordName[]
    readonly nowMs: number
  },
): Promise<number> => {
  const found = await findSetAside(
    state,
    outcomes.map(({ name }) => name),
  )
  const before = new Map([...tried.map((entry) => [setAsideKey(entry), entry] as const), ...found])
  const failed = new Map<string, SetAside>()
  const seen = await seenInState(
    state,
    outcomes.filter(({ status }) => status === 'failed').map(({ name }) => name),
  )
  for (const { name, status, remedy, code, message } of outcomes) {
    if (status !== 'failed' || !isOfRecord(remedy)) continue
    const key = setAsideKey(name)
    const attempts = (before.get(key)?.attempts ?? 0) + 1
    failed.set(key, {
      ...name,
      code: code ?? 'failed',
      message: message ?? '',
      attempts,
      nextTryAtMs: nowMs + backoffMs(attempts),
      since: before.get(key)?.since ?? new Date(nowMs).toISOString(),
      seen: seen.get(key) ?? null,
    })
  }
  await state.setAsides.save([...failed.values()])
  // When the run stops some of them were not tried at all.
  if (outcomes.some(({ remedy }) => remedy === 'stop')) return failed.size
  const open = new Set([...outcomes.filter(isOpen).map(({ name }) => name), ...untried].map(setAsideKey))
  await state.setAsides.remove(
    [...before].filter(([key]) => !failed.has(key) && !open.has(key)).map(([, entry]) => entry),
  )
  return failed.size
}
