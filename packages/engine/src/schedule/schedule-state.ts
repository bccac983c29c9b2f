import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { neverRun, type ScheduleState } from './due.ts'

const name = 'schedule'

export const scheduleOf = async ({ cursors }: StateTransaction): Promise<ScheduleState> => {
  const text = await cursors.get(name)
  return text === null ? neverRun : fromText<ScheduleState>(text)
}

const save = ({ cursors }: StateTransaction, state: ScheduleState): Promise<void> =>
  cursors.set(name, JSON.stringify(state))

/** A run begins: its slot is taken, whoever started it. */
export const beginSlot = async (state: StateTransaction, nowMs: number): Promise<void> =>
  save(state, { ...(await scheduleOf(state)), startedAtMs: nowMs, endedAtMs: null })

/** It ended: when the next one is due depends on how. */
export const endSlot = async (
  state: StateTransaction,
  nowMs: number,
  { failed, more }: { readonly failed: boolean; readonly more: boolean },
): Promise<void> => {
  const { failures, ...before } = await scheduleOf(state)
  await save(state, {
    ...before,
    endedAtMs: nowMs,
    more: more && !failed,
    failures: failed ? failures + 1 : 0,
  })
}
