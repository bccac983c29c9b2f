import { createHash } from 'node:crypto'
import type { Action, Plan } from '@dynacamp/core'
import { type CompiledDefinition, compileDefinition } from '@dynacamp/mapping-dsl'
import { memoryState, type StateStore } from '../../src/index.ts'
import { type Crew, createCrew } from './crew.ts'
import { definitionOf, schema } from './definition.ts'
import { createDiary, type Diary } from './diary.ts'
import { allEvents } from './events/all-events.ts'
import type { Event, Scene } from './events/event.ts'
import type { History, Run } from './history.ts'
import { type Attempt, createHost, type Switched } from './host.ts'
import { createNetwork, type Exchange } from './network.ts'
import { type Answered, createPostman, type Letter } from './postman.ts'
import { createServices } from './services.ts'
import { slowStore } from './slow-store.ts'
import { surpriseOf } from './surprise.ts'
import { waitsForPeople } from './waits-for-people.ts'
import { arrangeWeather } from './weather-of.ts'
import type { Sabotage, Worker } from './worker.ts'

/** What was played, for the laws to look at. */
export interface Played {
  readonly history: History
  readonly definition: CompiledDefinition
  readonly diary: Diary
  readonly exchanges: readonly Exchange[]
  /** Workers whose lease was taken while they stood still, by number, and when they went on. */
  readonly overtaken: ReadonlyMap<number, number>
  /** Everything that the journal says was to be done, in order. */
  readonly journal: Crew['journal']
  /** What ordinary runs left undone, as a full reading tells. */
  readonly foundLate: readonly Action[]
  readonly learnt: Crew['learnt']
  /** What the host asked of the sync. */
  readonly attempts: readonly Attempt[]
  readonly switches: readonly Switched[]
  /** Webhooks that arrived, and what came of them. */
  readonly answered: readonly Answered[]
  /** What is left to do once the world is quiet; undefined when it never came to rest. */
  readonly lastPlan: Plan | undefined
  /** What nobody expects of a run. */
  readonly surprises: readonly string[]
  /** What really happened: events, faults that struck, kills, outcomes. */
  readonly happened: ReadonlyMap<string, number>
  /** Everything that went over the wire, and both services at the end. */
  readonly fingerprint: string
}

/** A process takes a moment to start. */
const restartMs = 20
/** What a worker without a lease still sends counts with what the other one sent in that second. */
const sleepMs = 1_500
/** Long enough for a lease to expire, and for what was set aside to be tried again. */
const quietMs = 26 * 3_600_000
const roundsUntilQuiet = 9

export const play = async (
  history: History,
  sabotage: Sabotage = {},
  openState: () => StateStore = memoryState,
): Promise<Played> => {
  const services = createServices(history.seed)
  const diary = createDiary(services)
  const scene: Scene = { services, deletedRows: [], deletedContacts: [] }
  const near = openState()
  const store = history.storeMs === 0 ? near : slowStore(near, services, history.storeMs)
  const happened = new Map<string, number>()
  const count = (what: string): void => void happened.set(what, (happened.get(what) ?? 0) + 1)
  const network = createNetwork(services, diary, count)
  const postman = createPostman(services, diary, sabotage.secrets)

  const crew = createCrew({ services, network, diary, store, history, sabotage, count })
  const { overtaken, surprises } = crew
  const host = createHost({ services, diary, crew, count })
  let worker = crew.next()
  if (history.storeMs > 0) count('a store far away')

  const happen = (event: Event): void => {
    if (diary.asPeople(() => allEvents[event.kind]?.(scene, event) ?? false)) count(event.kind)
  }

  const noteError = (error: unknown): void => {
    const surprise = surpriseOf(error)
    if (surprise !== undefined) surprises.push(surprise)
  }

  /** Ends with whatever a run may end with; anything else is a surprise. */
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      noteError(error)
      count('a run fails')
    }
  }

  const hear = async (letter: Letter): Promise<void> => {
    const answer = await postman.deliver(letter, worker.sync, noteError)
    if (answer === undefined) return
    count(`a webhook of ${letter.side}${letter.from === 'service' ? '' : ' that it never sent'}`)
    if (letter.secret === 'wrong') count('a webhook with a wrong secret')
  }

  const ask = () => attempt(() => host.ask(crew.next(), {}))
  const switchOff = () => attempt(host.switchOff)

  /** What others have begun in the middle of a run. */
  const begun: Promise<unknown>[] = []
  /** It holds up no request of the run: over a store far away it takes a while, in which what was sent would arrive too late. */
  const beside = async (work: Promise<unknown>): Promise<void> => {
    if (history.storeMs > 0) begun.push(work)
    else await work
  }
  const people = {
    happen,
    count,
    hear: (letter: Letter) => beside(hear(letter)),
    ask: () => beside(ask()),
    switchOff: () => beside(switchOff()),
    act: (work: () => boolean) => diary.asPeople(work),
  }

  /** The worker stands still; another one takes its lease and works; then the first one goes on. */
  const overtake = async (stopped: Worker, run: Promise<void>): Promise<void> => {
    count('a paused worker is overtaken')
    network.calm()
    const other = crew.next()
    await services.clock.advance(sleepMs)
    await attempt(() => host.run(other))
    await services.clock.advance(sleepMs)
    overtaken.set(stopped.number, diary.tick())
    stopped.lifeline.resume()
    await run
    await services.clock.advance(sleepMs)
    worker = other
  }

  /** Somebody looks at what a guard has stopped, and lets it pass once. */
  const letPass = async (): Promise<void> => {
    crew.raiseGuards(true)
    await services.clock.advance(restartMs)
    await attempt(() => host.run(crew.next()))
    crew.raiseGuards(false)
    await services.clock.advance(restartMs)
    worker = crew.next()
  }

  const live = async (run: Run): Promise<void> => {
    arrangeWeather(network, services, run, people)
    crew.expect(run.storeFaults)
    const { lifeline } = worker
    if (run.killedAt !== null) lifeline.endIn(run.killedAt + 1)
    const paused = run.pausedAt === null ? undefined : lifeline.pauseIn(run.pausedAt + 1)
    const running = attempt(() => host.drive(worker, run))
    const first = paused && (await Promise.race([running.then(() => 'ended'), paused.then(() => 'paused')]))
    if (first === 'paused') await overtake(worker, running)
    else await running
    // A pause that the run has ended before would stop what goes on beside it for good.
    lifeline.wake()
    await Promise.all(begun.splice(0))
    network.calm()
    crew.expect([])
    lifeline.resume()
    if (!lifeline.ended) return host.isStoppedByGuard() ? letPass() : undefined
    count('a worker is killed')
    await services.clock.advance(restartMs)
    worker = crew.next()
  }

  for (const { events, letters, minutes, run } of history.episodes) {
    for (const event of events) happen(event)
    for (const letter of letters) await hear(letter)
    await services.clock.advance(minutes * 60_000)
    await host.switchOn(worker)
    await live(run)
  }

  const leftToDo = ({ actions }: Plan): readonly Action[] =>
    actions.filter((action) => !waitsForPeople(services)(action))

  /** Runs until nothing is left to do; undefined when that never happens. */
  const comeToRest = async (full: boolean): Promise<Plan | undefined> => {
    for (let round = 0; round < roundsUntilQuiet; round += 1) {
      await services.clock.advance(quietMs)
      await worker.sync.run({ full })
      const plan = await worker.sync.plan({ full })
      if (leftToDo(plan).length === 0) return plan
    }
    return undefined
  }

  // The world quiets: nobody edits, nothing fails. Ordinary runs must do; then everything is read anew.
  let foundLate: readonly Action[] = []
  let lastPlan: Plan | undefined
  try {
    await host.switchOn(worker)
    crew.raiseGuards(true)
    await services.clock.advance(restartMs)
    worker = crew.next()
    const rested = await comeToRest(false)
    const late = rested && (await worker.sync.plan({ full: true }))
    foundLate = late === undefined ? [] : leftToDo(late)
    lastPlan = foundLate.length === 0 ? late : await comeToRest(true)
  } catch (error) {
    surprises.push(surpriseOf(error) ?? `Nothing failed any more, but: ${String(error)}`)
  }
  diary.note('sync')
  await store.close()
  const end = createHash('sha256').update(JSON.stringify([...diary.now]))
  return {
    history,
    definition: compileDefinition(definitionOf(history.policies), schema),
    diary,
    exchanges: network.exchanges,
    overtaken,
    journal: crew.journal,
    foundLate,
    learnt: crew.learnt,
    attempts: host.attempts,
    switches: host.switches,
    answered: postman.answered,
    lastPlan,
    surprises,
    happened,
    fingerprint: `${network.fingerprint()} ${end.digest('hex')}`,
  }
}
