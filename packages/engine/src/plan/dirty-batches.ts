import type { RecordInput } from '@dynacamp/core'
import type { EntityName } from '@dynacamp/mapping-dsl'
import { readState, type SyncContext } from '../context.ts'
import { giveWay } from '../give-way.ts'
import { endOf } from '../state/ends.ts'
import type { Side, StateTransaction, StoredLink, StoredRecord } from '../state/state-store.ts'
import { notUnderWay } from './not-under-way.ts'
import { withSuccession } from './succession.ts'
import { toActiveCampaignObservation, toDynamicsObservation, toLink } from './to-observation.ts'

/** Records of one batch and the keys by which others may claim them. */
export interface Batch {
  /** The side whose changes it goes through; null for links that have lost both ends. */
  readonly side: Side | null
  readonly records: readonly RecordInput[]
  readonly keys: readonly string[]
  /** The last id that was looked at; missing where a batch stands by itself. */
  readonly last?: string
}

/** Behind this id of this side the next batch begins. */
export interface BatchPlace {
  readonly side: Batch['side']
  readonly last: string
}

/** Nothing is dirty; what an entity needs whatever its records are is planned all the same. */
export const noRecords: Batch = { side: null, records: [], keys: [] }

const batchSize = 500

const byId = (records: readonly StoredRecord[]): ReadonlyMap<string, StoredRecord> =>
  new Map(records.map((record) => [record.id, record]))

/** Records of the other side with the same ids: an opportunity's record has the GUID of its row, linked or not. */
export const namesakesOf = async (
  { records }: StateTransaction,
  entity: EntityName,
  side: Side,
  ids: readonly string[],
): Promise<readonly StoredRecord[]> =>
  entity === 'opportunities' ? records.find(endOf(entity, side), ids) : []

/** Dirty rows of D365, each with its link and the contact at the other end. */
const fromDynamics = async (
  state: StateTransaction,
  entity: EntityName,
  rows: readonly StoredRecord[],
): Promise<readonly RecordInput[]> => {
  const { records, links } = state
  const ids = rows.map(({ id }) => id)
  const linkOf = new Map(
    (await links.of(endOf(entity, 'dynamics'), ids)).map((link) => [link.dynamicsId, link]),
  )
  const contacts = byId(
    await records.find(
      endOf(entity, 'activeCampaign'),
      [...linkOf.values()].map((link) => link.activeCampaignId),
    ),
  )
  const namesakes = byId(await namesakesOf(state, entity, 'activeCampaign', ids))
  return rows.map((row) => {
    const dynamics = toDynamicsObservation(row)
    const link = linkOf.get(row.id)
    if (link === undefined) {
      const namesake = namesakes.get(row.id)
      return { dynamics, ...(namesake && { activeCampaign: toActiveCampaignObservation(namesake) }) }
    }
    const contact = contacts.get(link.activeCampaignId)
    return {
      link: toLink(entity, link),
      dynamics,
      activeCampaign: contact
        ? toActiveCampaignObservation(contact)
        : { id: link.activeCampaignId, deleted: true },
    }
  })
}

/** Dirty contacts of ActiveCampaign, each with its links and the rows at the other ends. */
const fromActiveCampaign = async (
  state: StateTransaction,
  entity: EntityName,
  contacts: readonly StoredRecord[],
): Promise<readonly RecordInput[]> => {
  const { records, links } = state
  const ends = endOf(entity, 'dynamics')
  const people = endOf(entity, 'activeCampaign')
  const ofContact: ReadonlyMap<string, readonly StoredLink[]> = Map.groupBy(
    await links.of(
      people,
      contacts.map(({ id }) => id),
    ),
    (link) => link.activeCampaignId,
  )
  const own = [...ofContact.values()].flat().filter((link) => link.entity === entity)
  const rows = byId(
    await records.find(
      ends,
      own.map((link) => link.dynamicsId),
    ),
  )
  const namesakes = byId(
    await namesakesOf(
      state,
      entity,
      'dynamics',
      contacts.map(({ id }) => id),
    ),
  )
  // Those were met with the changes of D365, and a pair is planned once.
  const met = new Set(await records.amongDirty(ends, [...rows.keys()]))
  return contacts.flatMap((contact): readonly RecordInput[] => {
    const activeCampaign = toActiveCampaignObservation(contact)
    const linked = ofContact.get(contact.id) ?? []
    if (linked.length === 0) {
      const namesake = namesakes.get(contact.id)
      return [{ activeCampaign, ...(namesake && { dynamics: toDynamicsObservation(namesake) }) }]
    }
    return linked
      .filter((link) => link.entity === entity && !met.has(link.dynamicsId))
      .map((link) => {
        const row = rows.get(link.dynamicsId)
        return {
          link: toLink(entity, link),
          dynamics: row ? toDynamicsObservation(row) : { id: link.dynamicsId, deleted: true },
          activeCampaign,
        }
      })
  })
}

/**
 * Everything of an entity that is dirty, in batches: what changed in D365, then what changed in ActiveCampaign, then links
 * that have lost both ends. A linked pair that changed on both sides comes with the changes of D365.
 *
 * @param from - Leaves out what comes before.
 */
export async function* dirtyBatches(
  context: SyncContext,
  entity: EntityName,
  from?: BatchPlace,
): AsyncGenerator<Batch> {
  const sides: readonly Side[] = ['dynamics', 'activeCampaign']
  const beginSide = from?.side
  const begin = beginSide === null ? sides.length : beginSide === undefined ? 0 : sides.indexOf(beginSide)
  for (const side of sides.slice(Math.max(begin, 0))) {
    for (let after: string | null = side === from?.side ? from.last : null; ; ) {
      const page: { readonly after: string | null; readonly limit: number } = { after, limit: batchSize }
      await giveWay(context)
      const batch = await readState(context, async (state) => {
        const dirty = await state.records.dirty(endOf(entity, side), page)
        const last = dirty.at(-1)
        if (last === undefined) return undefined
        const free = await notUnderWay(state, dirty)
        const found =
          side === 'dynamics'
            ? await fromDynamics(state, entity, free)
            : await fromActiveCampaign(state, entity, free)
        const records = await withSuccession(state, context.definition, entity, found)
        return { side, records, keys: free.flatMap((record) => record.keys), last: last.id }
      })
      if (batch === undefined) break
      if (batch.records.length > 0) yield batch
      after = batch.last
    }
  }
  for (let after: string | null = from?.side === null ? from.last : null; ; ) {
    const page: { readonly after: string | null; readonly limit: number } = { after, limit: batchSize }
    await giveWay(context)
    const orphans = await readState(context, ({ links }) => links.orphans(entity, page))
    const last = orphans.at(-1)
    if (last === undefined) return
    const records = orphans.map((link) => ({
      link: toLink(entity, link),
      dynamics: { id: link.dynamicsId, deleted: true } as const,
      activeCampaign: { id: link.activeCampaignId, deleted: true } as const,
    }))
    yield { side: null, records, keys: [], last: last.id }
    after = last.id
  }
}
