import type { SyncContext } from './context.ts'

/**
 * Lets the host's event loop turn once. SQLite works on the host's own thread: without, a run that makes no call for some thousand
 * records would keep the host's timers and sockets waiting, and its own lease from being renewed, for as long as that takes.
 */
export const giveWay = ({ clock, signal }: Pick<SyncContext, 'clock' | 'signal'>): Promise<void> =>
  clock.sleep(0, signal)
