import { type Action, type ActionKind, hashFields } from '@dynacamp/core'
import { endOf } from '../state/ends.ts'
import type { StateTransaction, StoredLink, StoredRecord } from '../state/state-store.ts'

const departures: readonly ActionKind[] = [
  'unlink-records',
  'unsubscribe-active-campaign-contact',
  'delete-active-campaign-contact',
]

/** Whether what an action was planned from is no longer what the state last saw. */
const isStale = (
  { kind, linkId, activeCampaignId, preconditions }: Action,
  row: StoredRecord | undefined,
  contact: StoredRecord | undefined,
  link: StoredLink | undefined,
): boolean => {
  // What ends or narrows a link is meant for the link that was there, and, without an ETag, for a row that was gone.
  if (departures.includes(kind)) {
    if (link?.id !== linkId || link.activeCampaignId !== activeCampaignId) return true
    if (preconditions.dynamicsEtag === undefined && row !== undefined) return true
  }
  const { dynamicsEtag, dynamicsHash, dynamicsFields = [] } = preconditions
  const { activeCampaignHash, activeCampaignFields = [] } = preconditions
  if (dynamicsEtag !== undefined && row?.version !== dynamicsEtag) return true
  if (dynamicsHash !== undefined) {
    if (row === undefined || hashFields(row.fields, dynamicsFields) !== dynamicsHash) return true
  }
  if (activeCampaignHash === undefined) return false
  return contact === undefined || hashFields(contact.fields, activeCampaignFields) !== activeCampaignHash
}

/**
 * Ids of actions whose records were seen to change after the plan was made. Looked up before anything of the plan is
 * written: afterwards the plan's own writes would look like changes.
 */
export const staleInState = async (
  { records, links }: StateTransaction,
  actions: readonly Action[],
): Promise<ReadonlySet<string>> => {
  const stale = new Set<string>()
  for (const [entity, group] of Map.groupBy(actions, (action) => action.entity)) {
    const rows = await records.find(
      endOf(entity, 'dynamics'),
      group.flatMap((action) => action.dynamicsId ?? []),
    )
    const contacts = await records.find(
      endOf(entity, 'activeCampaign'),
      group.flatMap((action) => action.activeCampaignId ?? []),
    )
    const linksOfRows = await links.of(
      endOf(entity, 'dynamics'),
      group.flatMap((action) => action.dynamicsId ?? []),
    )
    const linkOf = new Map(linksOfRows.map((link) => [link.dynamicsId, link]))
    const rowOf = new Map(rows.map((row) => [row.id, row]))
    const contactOf = new Map(contacts.map((contact) => [contact.id, contact]))
    for (const action of group) {
      const row = rowOf.get(action.dynamicsId ?? '')
      const contact = contactOf.get(action.activeCampaignId ?? '')
      if (isStale(action, row, contact, linkOf.get(action.dynamicsId ?? ''))) stale.add(action.id)
    }
  }
  return stale
}
