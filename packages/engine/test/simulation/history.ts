import fc from 'fast-check'
import { anyPolicies, type Policies } from './definition.ts'
import { anyEventOf, kindsFor } from './events/all-events.ts'
import type { Event } from './events/event.ts'
import { type FaultName, faultNames } from './faults.ts'
import type { StoreFault } from './mortal-store.ts'
import type { Letter } from './postman.ts'
import { type RefusalName, refusalNames } from './refusals.ts'

/** One run of the sync, and what happens to it. Requests and transactions are counted from its start. */
export interface Run {
  /**
   * `run`, or a plan that is then applied as it is; or a host that asks until a run is due and has been done: by itself, or by the
   * in-process scheduler.
   */
  readonly how: 'run' | 'plan' | 'due' | 'schedule'
  readonly full: boolean
  /** Milliseconds after which the run begins nothing new. */
  readonly deadlineMs: number | null
  readonly faults: readonly { readonly request: number; readonly fault: FaultName }[]
  readonly storeFaults: readonly { readonly transaction: number; readonly fault: StoreFault }[]
  /** What people do while it runs: just before a request arrives. */
  readonly meanwhile: readonly { readonly request: number; readonly event: Event }[]
  /** Just before this request somebody switches the sync off; on again before the next run. */
  readonly switchedOffAt: number | null
  /** Just before this request another process of the host asks whether a run is due. */
  readonly askedAt: number | null
  /** Webhooks that arrive while it runs: just before a request. */
  readonly letters: readonly { readonly request: number; readonly letter: Letter }[]
  /** The write, counted from the start, that takes effect while the connection breaks before its answer. */
  readonly lostWrite: number | null
  /** Somebody edits the very record that this request, of those that name a single record, asks for or is about to write. */
  readonly rival: { readonly request: number; readonly other: number; readonly value: number } | null
  /** What people do between two pages. */
  readonly betweenPages: Event | null
  /** The step at which the worker is killed. */
  readonly killedAt: number | null
  /** The step at which the worker stands still, until another one has taken its lease and has done a run of its own. */
  readonly pausedAt: number | null
  /** What a service refuses to have read, as long as the run lasts. */
  readonly refused: RefusalName | null
}

/** What people do, and then a run. */
export interface Episode {
  readonly events: readonly Event[]
  /** Webhooks that arrive before the run. */
  readonly letters: readonly Letter[]
  /** How long it takes until the run begins. */
  readonly minutes: number
  readonly run: Run
}

export interface History {
  /** Ids of the services, and the jitter of the clients. */
  readonly seed: number
  readonly policies: Policies
  readonly episodes: readonly Episode[]
  /** How long the store is away, one way: 0 in this process, more on a machine of its own. */
  readonly storeMs: number
}

const often = <Value>(usual: Value, other: fc.Arbitrary<Value>, weight: number): fc.Arbitrary<Value> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight }, { arbitrary: other, weight: 1 })

const request = fc.nat(30)

const letter: fc.Arbitrary<Letter> = fc.record({
  side: fc.constantFrom('dynamics' as const, 'activeCampaign' as const),
  from: often('service' as const, fc.constant('elsewhere' as const), 2),
  which: fc.nat(12),
  secret: often('right' as const, fc.constant('wrong' as const), 5),
})

const anyFault = fc.record({ request, fault: fc.constantFrom(...faultNames) })

/** Not every definition has accounts, and not every run asks for memberships: drawn as often as others, these would hardly be met. */
const rarely: readonly RefusalName[] = [
  'memberships of lists are refused',
  'accounts of D365 are refused',
  'accounts of ActiveCampaign are refused',
]

const runWith = (anyEvent: fc.Arbitrary<Event>): fc.Arbitrary<Run> =>
  fc.record({
    how: fc.constantFrom('run', 'run', 'plan', 'due', 'schedule'),
    full: fc.boolean(),
    deadlineMs: often(null, fc.integer({ min: 1, max: 6_000 }), 5),
    faults: often([], fc.array(anyFault, { minLength: 1, maxLength: 3 }), 1),
    storeFaults: often(
      [],
      fc.array(
        fc.record({
          transaction: fc.nat(30),
          fault: fc.constantFrom('begin' as const, 'commit' as const, 'answer-lost' as const),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      5,
    ),
    meanwhile: often(
      [],
      fc.array(fc.record({ request, event: anyEvent }), { minLength: 1, maxLength: 2 }),
      1,
    ),
    switchedOffAt: often(null, request, 8),
    askedAt: often(null, request, 6),
    letters: often([], fc.array(fc.record({ request, letter }), { minLength: 1, maxLength: 2 }), 4),
    lostWrite: often(null, fc.nat(3), 3),
    rival: often(null, fc.record({ request: fc.nat(7), other: fc.nat(4), value: fc.nat(6) }), 2),
    betweenPages: often(null, anyEvent, 2),
    killedAt: often(null, fc.nat(250), 4),
    pausedAt: often(null, fc.nat(200), 6),
    refused: often(null, fc.constantFrom(...refusalNames, ...rarely, ...rarely), 4),
  })

const episodeWith = (anyEvent: fc.Arbitrary<Event>): fc.Arbitrary<Episode> =>
  fc.record({
    events: fc.array(anyEvent, { minLength: 2, maxLength: 10 }),
    letters: often([], fc.array(letter, { minLength: 1, maxLength: 4 }), 1),
    // Delta links live seven days.
    minutes: fc.constantFrom(0, 1, 20, 240, 8 * 24 * 60),
    run: runWith(anyEvent),
  })

/** Who is there in the beginning: people above all. */
const arrivals: readonly string[] = [
  ...['a row appears', 'a row appears', 'a contact appears', 'a contact appears'],
  ...['a lead appears', 'an account row appears', 'an account appears', 'an opportunity appears'],
]

export const undisturbed: Run = {
  how: 'run',
  full: false,
  deadlineMs: null,
  faults: [],
  storeFaults: [],
  meanwhile: [],
  switchedOffAt: null,
  askedAt: null,
  letters: [],
  lostWrite: null,
  rival: null,
  betweenPages: null,
  killedAt: null,
  pausedAt: null,
  refused: null,
}

/** A few people who meet in a run that goes well, so that there is something to lose; then episodes. */
const historyWith = (policies: Policies): fc.Arbitrary<History> => {
  const kinds = kindsFor(policies)
  const arrival = anyEventOf(arrivals.filter((kind) => kinds.includes(kind)))
  return fc
    .record({
      seed: fc.nat(1_000_000),
      people: fc.array(arrival, { minLength: 5, maxLength: 10 }),
      episodes: fc.array(episodeWith(anyEventOf(kinds)), { minLength: 2, maxLength: 4 }),
      storeMs: often(0, fc.constantFrom(1, 30, 400), 2),
    })
    .map(({ seed, people, episodes, storeMs }) => ({
      seed,
      policies,
      storeMs,
      episodes: [{ events: people, letters: [], minutes: 0, run: undisturbed }, ...episodes],
    }))
}

const anyHistory = anyPolicies.chain(historyWith)

/** The history of a seed: always the same one. */
export const historyOf = (seed: number): History => {
  const [history] = fc.sample(anyHistory, { seed, numRuns: 1 })
  if (history === undefined) throw new Error('fast-check made no history')
  return history
}
