import type { JournalEntry, StateStore, StateTransaction } from '../../src/index.ts'
import type { Lifeline } from './lifeline.ts'

/** How a store fails: it cannot begin, it cannot commit, or it has committed and the answer is lost. */
export type StoreFault = 'begin' | 'commit' | 'answer-lost'

export class StoreFailure extends Error {
  override readonly name = 'StoreFailure'
}

/** Somebody who reads along what is written into the journal, as it is committed, and when a lease is taken for it. */
export interface JournalReader {
  began(): void
  meant(entry: Meant): void
  ended(ending: Ending): void
}

/** An action that is to be done, and by which plan. */
type Meant = Pick<JournalEntry, 'action' | 'planId'>

/** How an action ended, and the two records that it made or linked. */
export interface Ending {
  readonly actionId: string
  readonly outcome: unknown
  readonly activeCampaignId: string | null
}

/** The same transaction, and what it writes into the journal. */
const listened = (state: StateTransaction) => {
  const meant: Meant[] = []
  const ended: Ending[] = []
  const intend = async (entries: readonly Omit<JournalEntry, 'id' | 'outcome'>[]): Promise<void> => {
    await state.journal.intend(entries)
    meant.push(...entries)
  }
  const conclude: typeof state.journal.conclude = async (planId, actionId, outcome, ends) => {
    await state.journal.conclude(planId, actionId, outcome, ends)
    ended.push({ actionId, outcome, activeCampaignId: ends?.activeCampaignId ?? null })
  }
  return { state: { ...state, journal: { ...state.journal, intend, conclude } }, meant, ended }
}

interface Mortal {
  readonly lifeline: Lifeline
  readonly dueFault: () => StoreFault | undefined
  readonly reader: JournalReader
}

/** A worker's view of the store that all workers share: it dies with the worker, and fails when it is told to. */
export const mortalStore = (store: StateStore, { lifeline, dueFault, reader }: Mortal): StateStore => ({
  ...store,
  leases: {
    acquire: async (...request) => {
      await lifeline.step()
      const lease = await store.leases.acquire(...request)
      if (lease !== null) reader.began()
      return lease
    },
    renew: async (...request) => {
      await lifeline.step()
      return store.leases.renew(...request)
    },
    release: async (...request) => {
      await lifeline.step()
      return store.leases.release(...request)
    },
  },
  async transaction(tenant, work, ...options) {
    await lifeline.step()
    const fault = dueFault()
    const failAt = (moment: StoreFault): void => {
      if (fault === moment) throw new StoreFailure(`The store failed: ${moment}.`)
    }
    failAt('begin')
    let written: Pick<ReturnType<typeof listened>, 'meant' | 'ended'> = { meant: [], ended: [] }
    const result = await store.transaction(
      tenant,
      async (state) => {
        const heard = listened(state)
        written = heard
        const worked = await work(heard.state)
        lifeline.stepOn()
        failAt('commit')
        return worked
      },
      ...options,
    )
    for (const entry of written.meant) reader.meant(entry)
    for (const ending of written.ended) reader.ended(ending)
    await lifeline.step()
    failAt('answer-lost')
    return result
  },
})
