import type { StateTransaction } from '../state/state-store.ts'

const power = 'sync/switch'
const initial = 'sync/initial'

/** Whether the host switched the sync off. A tenant that was never switched either way is on: calling `run` is meant. */
export const isOff = async ({ cursors }: StateTransaction): Promise<boolean> =>
  (await cursors.get(power)) === 'off'

export const setSwitch = ({ cursors }: StateTransaction, to: 'on' | 'off'): Promise<void> =>
  cursors.set(power, to)

/** Whether everything that was there at the beginning is still to be synced for the first time. */
export const isInitial = async ({ cursors }: StateTransaction): Promise<boolean> =>
  (await cursors.get(initial)) !== 'done'

/** The initial sync is over; it happens once. */
export const endInitial = ({ cursors }: StateTransaction): Promise<void> => cursors.set(initial, 'done')
