import type { StateTransaction } from '../state/state-store.ts'

const name = 'health/synced-up-to'

/** Everything that changed before this time (epoch milliseconds) has been seen to. */
export const noteSyncedUpTo = async ({ cursors }: StateTransaction, ms: number): Promise<void> => {
  const before = Number((await cursors.get(name)) ?? 0)
  if (ms > before) await cursors.set(name, String(ms))
}

/** Epoch milliseconds; null before the first run that completed. */
export const syncedUpToOf = async ({ cursors }: StateTransaction): Promise<number | null> => {
  const text = await cursors.get(name)
  return text === null ? null : Number(text)
}
