import { isDeleted, type RecordInput } from '@dynacamp/core'
import { endOf } from '../state/ends.ts'
import type { RecordName } from '../state/kinds.ts'
import { setAsideKey } from '../state/set-aside-state.ts'
import type { StateTransaction, StoredRecord } from '../state/state-store.ts'

/** Versions are the services' own and are compared for equality only: their clocks and the host's need not agree. */
const versions = (row: string | undefined, contact: string | null | undefined): string =>
  `${row ?? ''} ${contact ?? ''}`

/** The versions of a record, on the side under whose name it may be set aside, and of its partner. */
export const seenNow = (
  { side }: Pick<RecordName, 'side'>,
  { dynamics, activeCampaign }: RecordInput,
): string => {
  const row = dynamics === undefined || isDeleted(dynamics) ? undefined : dynamics.etag
  const contact =
    activeCampaign === undefined || isDeleted(activeCampaign) ? undefined : activeCampaign.updatedOn
  return side === 'dynamics' ? versions(row, contact) : versions(undefined, contact)
}

const byId = (records: readonly StoredRecord[]): ReadonlyMap<string, StoredRecord> =>
  new Map(records.map((record) => [record.id, record]))

/** The same of records as the state knows them, by the key of each. */
export const seenInState = async (
  { records, links }: StateTransaction,
  names: readonly RecordName[],
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>()
  for (const group of Map.groupBy(names, ({ side, entity }) => `${side} ${entity}`).values()) {
    const [kind] = group
    if (kind === undefined) continue
    const ids = [...new Set(group.map(({ id }) => id))]
    const own = byId(await records.find(kind, ids))
    if (kind.side === 'activeCampaign') {
      for (const name of group) found.set(setAsideKey(name), versions(undefined, own.get(name.id)?.updatedOn))
      continue
    }
    const linkOf = new Map((await links.of(kind, ids)).map((link) => [link.dynamicsId, link]))
    const partnerIds = [...linkOf.values()].map(({ activeCampaignId }) => activeCampaignId)
    const partners = byId(await records.find(endOf(kind.entity, 'activeCampaign'), partnerIds))
    for (const name of group) {
      const contact = partners.get(linkOf.get(name.id)?.activeCampaignId ?? '')
      found.set(setAsideKey(name), versions(own.get(name.id)?.version, contact?.updatedOn))
    }
  }
  return found
}
