import type {
  ActiveCampaignObservation,
  Candidates,
  Deleted,
  ListStatus,
  Plan,
  RecordInput,
} from '@dynacamp/core'
import { isDeleted } from '@dynacamp/core'
import { allEnded } from '@dynacamp/http'
import { chunks } from '../chunks.ts'
import { inState, type SyncContext } from '../context.ts'
import { contactKind } from '../observe/contact-record.ts'
import { generationOf } from '../observe/generation.ts'
import { listNames, membershipsOf } from '../observe/memberships.ts'
import type { ActedOn } from './batch-part.ts'

/** What was looked up in ActiveCampaign because a plan asked for it, by contact. */
export type ListsByContact = ReadonlyMap<string, readonly ListStatus[]>

/** How many contacts are asked about at once. */
const together = 10

/** Reads the lists of some contacts, a call for each, and remembers them where nobody else is at work on these very records. */
const readSome = async (
  context: SyncContext,
  ids: readonly string[],
  names: ReadonlyMap<string, string>,
): Promise<ListsByContact> => {
  const found: ListsByContact = new Map(
    await allEnded(ids.map(async (id) => [id, await membershipsOf(context, id, names)] as const)),
  )
  if (context.fence === undefined) return found
  await inState(context, async (state) => {
    const records = await state.records.find(contactKind, ids)
    const generation = await generationOf(state, contactKind)
    const withThem = records.map((record) => ({ ...record, lists: found.get(record.id) ?? [] }))
    await state.records.save(withThem, { generation, pending: false })
  })
  return found
}

/** What was read, and the first of those acted on that the deadline has left. */
export interface ReadLists {
  readonly lists: ListsByContact
  readonly left: ActedOn | undefined
}

/**
 * Reads the lists of the contacts that the plan asks about, and then of those that it acts on, in their order: a call per contact, and a few
 * for the names. What was asked for is known from then on, so that the run may end there. What is acted on is read anew by each plan: to
 * end there would be no progress, and the deadline only leaves what is not read yet.
 *
 * @param mayLeave - Whether the plan can do without some of those that it acts on.
 */
export const readLists = async (
  context: SyncContext,
  plan: Plan,
  actedOn: readonly ActedOn[],
  known: ListsByContact,
  mayLeave: boolean,
): Promise<ReadLists> => {
  const needed = plan.needs.flatMap((need) => (need.kind === 'active-campaign-lists' ? [need.id] : []))
  const asked = [...new Set(needed)].filter((id) => !known.has(id))
  const isAsked = new Set(asked)
  const acted = actedOn.filter(({ id }) => !known.has(id) && !isAsked.has(id))
  if (asked.length + acted.length === 0) return { lists: known, left: undefined }
  const names = await listNames(context)
  const lists = new Map(known)
  const read = async (ids: readonly string[]): Promise<void> => {
    for (const [id, found] of await readSome(context, ids, names)) lists.set(id, found)
  }
  for (const ids of chunks(asked, together)) {
    await read(ids)
    await context.boundary()
  }
  for (const some of chunks(acted, together)) {
    await read(some.map(({ id }) => id))
    const left = acted.find(({ id }) => !lists.has(id))
    if (mayLeave && left !== undefined && context.isOver()) return { lists, left }
  }
  return { lists, left: undefined }
}

/** The same record, with the lists of its contact, and of those that it may take over, where they were read. */
export const withLists = (record: RecordInput, lists: ListsByContact): RecordInput => {
  const { activeCampaign, predecessors } = record
  return {
    ...record,
    ...(activeCampaign && { activeCampaign: observedWithLists(activeCampaign, lists) }),
    ...(predecessors && {
      predecessors: predecessors.map((predecessor) => ({
        ...predecessor,
        activeCampaign: observedWithLists(predecessor.activeCampaign, lists),
      })),
    }),
  }
}

/** The same candidates, with the lists of those contacts that were read. */
export const candidatesWithLists = (candidates: Candidates, lists: ListsByContact): Candidates =>
  lists.size === 0
    ? candidates
    : Object.fromEntries(
        Object.entries(candidates).map(([key, { dynamics, activeCampaign }]) => [
          key,
          {
            dynamics,
            activeCampaign: activeCampaign.map((contact) => ({
              ...contact,
              observation: observationWithLists(contact.observation, lists),
            })),
          },
        ]),
      )

const observedWithLists = <Observed extends ActiveCampaignObservation | Deleted>(
  observed: Observed,
  lists: ListsByContact,
): Observed | ActiveCampaignObservation =>
  isDeleted(observed) ? observed : observationWithLists(observed, lists)

const observationWithLists = (
  observation: ActiveCampaignObservation,
  lists: ListsByContact,
): ActiveCampaignObservation => {
  const found = lists.get(observation.id)
  return found === undefined ? observation : { ...observation, lists: found }
}
