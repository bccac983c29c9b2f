import type {
  ActiveCampaignObservation,
  Candidates,
  Deleted,
  ListStatus,
  Plan,
  RecordInput,
} from '@dynacamp/core'
import { isDeleted } from '@dynacamp/core'
import { chunks } from '../chunks.ts'
import { inState, type SyncContext } from '../context.ts'
import { contactKind } from '../observe/contact-record.ts'
import { generationOf } from '../observe/generation.ts'
import { listNames, membershipsOf } from '../observe/memberships.ts'

/** What was looked up in ActiveCampaign because a plan asked for it, by contact. */
export type ListsByContact = ReadonlyMap<string, readonly ListStatus[]>

/** Contacts whose lists a plan acts on: what the state remembers of them may have changed since without a trace. */
const actedOn = ({ actions }: Plan): readonly string[] =>
  actions
    .filter(
      ({ kind, changes }) =>
        kind === 'unsubscribe-active-campaign-contact' ||
        kind === 'resubscribe-active-campaign-contact' ||
        changes.some(({ reason }) => reason.code === 'opt-out-wins'),
    )
    .flatMap(({ activeCampaignId }) => activeCampaignId ?? [])

/** How many contacts are asked about at once. */
const together = 10

/** Reads the lists of the contacts that the plan asks about or acts on: a call per contact, and a few for the names. */
export const readLists = async (
  context: SyncContext,
  plan: Plan,
  known: ListsByContact,
): Promise<ListsByContact> => {
  const asked = plan.needs.flatMap((need) => (need.kind === 'active-campaign-lists' ? [need.id] : []))
  const missing = [...new Set([...asked, ...actedOn(plan)])].filter((id) => !known.has(id))
  if (missing.length === 0) return known
  const names = await listNames(context)
  const isAsked = new Set(asked)
  const found = new Map(known)
  for (const some of chunks(missing, together)) {
    const read = await Promise.all(
      some.map(async (id) => [id, await membershipsOf(context, id, names)] as const),
    )
    for (const [id, lists] of read) found.set(id, lists)
    // Without a lease somebody else may be at work on these very records: it is looked, and nothing is written.
    if (context.fence === undefined) continue
    await inState(context, async (state) => {
      const records = await state.records.find(contactKind, some)
      const generation = await generationOf(state, contactKind)
      const withThem = records.map((record) => ({ ...record, lists: found.get(record.id) ?? [] }))
      await state.records.save(withThem, { generation, pending: false })
    })
    // What was asked for is known from now on. What is acted on is read anew by each plan: to stop there would be no progress.
    if (some.every((id) => isAsked.has(id))) await context.boundary()
  }
  return found
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
