import { type Action, parseAction } from '@dynacamp/core'
import type { StateStore } from '../../src/index.ts'
import type { Diary } from './diary.ts'
import type { History, Run } from './history.ts'
import type { Ending, JournalReader, StoreFault } from './mortal-store.ts'
import type { Network } from './network.ts'
import { counterpartOf } from './record-names.ts'
import type { Services } from './services.ts'
import { type Sabotage, startWorker, type Worker } from './worker.ts'

/** An action that was written into the journal, and when. */
interface Meant {
  readonly at: number
  readonly worker: number
  readonly planId: string
  readonly action: Action
}

/** An ending in the journal that names the record of ActiveCampaign that an action made, linked or changed. */
interface Learnt {
  readonly at: number
  /** As in the diary. */
  readonly record: string
}

interface Place {
  readonly services: Services
  readonly network: Network
  readonly diary: Diary
  readonly store: StateStore
  readonly history: History
  readonly sabotage: Sabotage
  readonly count: (what: string) => void
}

const statusOf = (outcome: unknown): string =>
  typeof outcome === 'object' && outcome !== null && 'status' in outcome ? String(outcome.status) : 'none'

/** The processes of a history, one after the other over one store, and what they write into the journal. */
export const createCrew = ({ services, network, diary, store, history, sabotage, count }: Place) => {
  const journal: Meant[] = []
  const learnt: Learnt[] = []
  const surprises: string[] = []
  const overtaken = new Map<number, number>()
  let storeFaults: Run['storeFaults'] = []
  let transactions = 0
  let failures = 0
  let workers = 0
  let areGuardsRaised = false

  const dueStoreFault = () => {
    const due = storeFaults.find(({ transaction }) => transaction === transactions)
    transactions += 1
    if (due === undefined) return undefined
    failures += 1
    count(`store fails: ${due.fault}`)
    return due.fault
  }

  const readerOf = (number: number): JournalReader => {
    const mustHaveLease = (): void => {
      if (overtaken.has(number)) surprises.push(`Worker ${number} wrote into the journal without its lease.`)
    }
    return {
      // It stood still before it had a lease, or between two: this one it took after the other worker.
      began: () => void overtaken.delete(number),
      meant({ action, planId }) {
        mustHaveLease()
        journal.push({ at: diary.tick(), worker: number, planId, action: parseAction(action) })
      },
      ended({ actionId, outcome, activeCampaignId }: Ending) {
        mustHaveLease()
        count(`outcome ${statusOf(outcome)}`)
        const entity = journal.findLast(({ action }) => action.id === actionId)?.action.entity
        if (activeCampaignId === null || entity === undefined) return
        const record = `activeCampaign/${counterpartOf(entity)}/${activeCampaignId}`
        learnt.push({ at: diary.tick(), record })
      },
    }
  }

  const start = (number: number, dueFault: () => StoreFault | undefined): Worker => {
    const { seed } = history
    const policies = areGuardsRaised ? { ...history.policies, guards: {} } : history.policies
    const place = { services, network, store, sabotage, policies, seed }
    return startWorker({ ...place, dueStoreFault: dueFault, reader: readerOf(number) }, number)
  }

  return {
    journal,
    learnt,
    /** What nobody expects of a process. */
    surprises,
    /** Workers whose lease was taken while they stood still, by number, and when they went on. */
    overtaken,
    /** From now on transactions are counted from zero, and these fail. */
    expect(faults: Run['storeFaults']): void {
      storeFaults = faults
      transactions = 0
    },
    /** How many transactions have failed so far. */
    storeFailures: () => failures,
    next(): Worker {
      workers += 1
      return start(workers, dueStoreFault)
    },
    /** From now on workers begin with a definition without guards, as somebody has reviewed what they stopped; or with them. */
    raiseGuards(areRaised: boolean): void {
      areGuardsRaised = areRaised
    },
    /** Where people switch the sync off and on: nothing fails there. */
    office: start(0, () => undefined),
  }
}

export type Crew = ReturnType<typeof createCrew>
