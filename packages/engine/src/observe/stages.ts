import { hoursToMilliseconds } from 'date-fns/hoursToMilliseconds'
import { inState, type SyncContext } from '../context.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'

/** Parts of a reading that take long where there is much to read. */
type Stage = 'accounts' | 'contacts' | 'account-contacts' | 'records'

/** When each part ended that an interrupted reading has done: epoch milliseconds. */
type Done = Partial<Record<Stage, number>>

const name = 'reading/stages'

/** What was read longer ago than this is read again, whatever has kept the reading from its end. */
const goodForMs = hoursToMilliseconds(24)

const doneIn = async ({ cursors }: StateTransaction): Promise<Done> => {
  const text = await cursors.get(name)
  return text === null || text === '' ? {} : fromText<Done>(text)
}

/** Whether the reading that goes on has done this part already. */
export const isDone = async (context: SyncContext, stage: Stage): Promise<boolean> => {
  const at = (await inState(context, doneIn))[stage]
  return at !== undefined && Math.abs(context.clock.now() - at) < goodForMs
}

/** Does a part unless the reading that goes on has done it: begun anew by each run, runs with short deadlines would never get behind it. */
export const once = async (context: SyncContext, stage: Stage, work: () => Promise<void>): Promise<void> => {
  if (await isDone(context, stage)) return
  await work()
  await noteDone(context, stage)
}

export const noteDone = (context: SyncContext, stage: Stage): Promise<void> =>
  inState(context, async (state) => {
    const done: Done = { ...(await doneIn(state)), [stage]: context.clock.now() }
    await state.cursors.set(name, JSON.stringify(done))
  })

/** The reading has ended, or begins anew; or a person is to be shown, or has applied, what is true now. */
export const forgetStages = ({ cursors }: StateTransaction): Promise<void> => cursors.set(name, '')
