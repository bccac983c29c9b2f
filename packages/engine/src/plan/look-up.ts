import type { ActiveCampaignObservation, ListStatus, Need, RecordInput } from '@dynacamp/core'
import { isDeleted } from '@dynacamp/core'
import type { SyncContext } from '../context.ts'

/** What was looked up in ActiveCampaign because a plan asked for it, by contact. */
export type ListsByContact = ReadonlyMap<string, readonly ListStatus[]>

/** Reads the lists of the contacts that the planner asks about: a call per contact, and a few for the names. */
export const readLists = async (
  { activeCampaign, signal }: SyncContext,
  needs: readonly Need[],
  known: ListsByContact,
): Promise<ListsByContact> => {
  const ids = needs.flatMap((need) => (need.kind === 'active-campaign-lists' ? [need.id] : []))
  const missing = ids.filter((id) => !known.has(id))
  if (missing.length === 0) return known
  const options = signal ? { signal } : {}
  const names = new Map<string, string>()
  for await (const list of activeCampaign.lists.list(options)) names.set(list.id, list.name)
  const found = new Map(known)
  for (const id of missing) {
    const memberships = await activeCampaign.contactLists.listForContact(id, options).toArray()
    found.set(
      id,
      memberships.map(({ list, status }) => ({
        id: list,
        name: names.get(list) ?? list,
        // Nobody is called subscribed because of a number that we do not understand.
        status: status === 'unknown' ? 'unconfirmed' : status,
      })),
    )
  }
  return found
}

/** The same record, with the lists of its contact where they were read. */
export const withLists = (record: RecordInput, lists: ListsByContact): RecordInput => {
  const { activeCampaign } = record
  if (activeCampaign === undefined || isDeleted(activeCampaign)) return record
  return { ...record, activeCampaign: observationWithLists(activeCampaign, lists) }
}

const observationWithLists = (
  observation: ActiveCampaignObservation,
  lists: ListsByContact,
): ActiveCampaignObservation => {
  const found = lists.get(observation.id)
  return found === undefined ? observation : { ...observation, lists: found }
}
