import { createHash } from 'node:crypto'
import type { Plan } from '@dynacamp/core'
import { isHttpError } from '@dynacamp/http'
import { type CompiledDefinition, compileDefinition } from '@dynacamp/mapping-dsl'
import { type ActionOutcome, memoryState, UnreadableAnswerError } from '../../src/index.ts'
import { definitionOf, schema } from './definition.ts'
import { createDiary, type Diary } from './diary.ts'
import { allEvents } from './events/all-events.ts'
import type { Event, Scene } from './events/event.ts'
import { editRecordOf } from './events/rival.ts'
import { faults } from './faults.ts'
import type { History, Run } from './history.ts'
import { Killed } from './lifeline.ts'
import { StoreFailure } from './mortal-store.ts'
import { createNetwork, type Exchange } from './network.ts'
import { createServices } from './services.ts'
import { type Sabotage, startWorker, type Worker } from './worker.ts'

/** A plan, and the moment of the diary from which it was applied. */
interface Made {
  readonly plan: Plan
  readonly at: number
}

/** What was played, for the laws to look at. */
export interface Played {
  readonly history: History
  readonly definition: CompiledDefinition
  readonly diary: Diary
  readonly exchanges: readonly Exchange[]
  /** Every plan that was to be applied, in order, and when it was made. */
  readonly plans: readonly Made[]
  readonly outcomes: readonly ActionOutcome[]
  /** What is left to do once the world is quiet; undefined when it never came to rest. */
  readonly lastPlan: Plan | undefined
  /** What nobody expects of a run: anything but an error of a service, of the store, or a kill. */
  readonly surprises: readonly string[]
  /** What really happened: events, faults that struck, kills. */
  readonly happened: ReadonlyMap<string, number>
  /** Everything that went over the wire, and both services at the end. */
  readonly fingerprint: string
}

/** A process takes a moment to start, and the limits of the services count from what the last one sent. */
const restartMs = 1_500
const roundsUntilQuiet = 9

const expected = (error: unknown): boolean =>
  error instanceof Killed ||
  error instanceof StoreFailure ||
  error instanceof UnreadableAnswerError ||
  isHttpError(error)

export const play = async (history: History, sabotage: Sabotage = {}): Promise<Played> => {
  const services = createServices(history.seed)
  const diary = createDiary(services)
  const scene: Scene = { services, deletedRows: [], deletedContacts: [] }
  const store = memoryState()
  const plans: Made[] = []
  const outcomes: ActionOutcome[] = []
  const surprises: string[] = []
  const happened = new Map<string, number>()
  const count = (what: string): void => void happened.set(what, (happened.get(what) ?? 0) + 1)

  const network = createNetwork(services, diary, count)

  let storeFaults: Run['storeFaults'] = []
  let transactions = 0
  const dueStoreFault = () => {
    const due = storeFaults.find(({ transaction }) => transaction === transactions)
    transactions += 1
    if (due) count(`store fails: ${due.fault}`)
    return due?.fault
  }
  const place = {
    services,
    network,
    store,
    dueStoreFault,
    sabotage,
    policies: history.policies,
    seed: history.seed,
  }
  let workers = 0
  const nextWorker = (): Worker => {
    workers += 1
    return startWorker(place, workers)
  }
  let worker = nextWorker()

  const happen = (event: Event): void => {
    if (diary.asPeople(() => allEvents[event.kind]?.(scene, event) ?? false)) count(event.kind)
  }

  const syncOnce = async (full: boolean): Promise<Plan> => {
    const plan = await worker.sync.plan({ full })
    plans.push({ plan, at: diary.tick() })
    const report = await worker.sync.apply(plan)
    outcomes.push(...report.outcomes)
    return plan
  }

  const live = async (run: Run): Promise<void> => {
    network.expect({
      faults: new Map(
        run.faults.map(({ request, fault }) => [request, { name: fault, fault: faults[fault] }]),
      ),
      meanwhile: new Map(
        run.meanwhile.map(({ request, event }) => [
          request,
          () => {
            happen(event)
            count('people change something while it runs')
          },
        ]),
      ),
      rival(request, path) {
        if (run.rival?.request !== request) return
        const choice = run.rival
        if (diary.asPeople(() => editRecordOf(services, path, choice)))
          count('somebody edits the very record')
      },
    })
    const { betweenPages } = run
    if (betweenPages !== null) {
      for (const service of [services.dynamics, services.activeCampaign]) {
        service.faults.betweenPages(() => {
          happen(betweenPages)
          count('people change something between two pages')
        })
      }
    }
    storeFaults = run.storeFaults
    transactions = 0
    if (run.killedAt !== null) worker.lifeline.endIn(run.killedAt + 1)
    try {
      await syncOnce(run.full)
    } catch (error) {
      if (!expected(error))
        surprises.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
      count('a run fails')
    }
    network.calm()
    storeFaults = []
    worker.lifeline.spare()
    if (!worker.lifeline.ended) return
    count('a worker is killed')
    await services.clock.advance(restartMs)
    worker = nextWorker()
  }

  for (const { events, minutes, run } of history.episodes) {
    for (const event of events) happen(event)
    await services.clock.advance(minutes * 60_000)
    await live(run)
  }

  // The world quiets: nobody edits, nothing fails.
  let lastPlan: Plan | undefined
  try {
    for (let round = 0; round < roundsUntilQuiet; round += 1) {
      await services.clock.advance(60_000)
      const plan = await syncOnce(true)
      if (plan.actions.length > 0) continue
      lastPlan = plan
      break
    }
  } catch (error) {
    surprises.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  diary.note('sync')
  await store.close()
  const end = createHash('sha256')
    .update(JSON.stringify([...diary.now]))
    .digest('hex')
  return {
    history,
    definition: compileDefinition(definitionOf(history.policies), schema),
    diary,
    exchanges: network.exchanges,
    plans,
    outcomes,
    lastPlan,
    surprises,
    happened,
    fingerprint: `${network.fingerprint()} ${end}`,
  }
}
