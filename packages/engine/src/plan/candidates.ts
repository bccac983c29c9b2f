import type { Candidates, DynamicsObservation, Predecessor } from '@dynacamp/core'
import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'
import { endOf } from '../state/ends.ts'
import type { StateTransaction, StoredLink, StoredRecord } from '../state/state-store.ts'
import { heritageOf } from './succession.ts'
import { toActiveCampaignObservation, toDynamicsObservation, toLink } from './to-observation.ts'

/** Entities of D365 that end in the same kind of ActiveCampaign record, and so compete for its keys. */
export const rivals = (definition: CompiledDefinition, entity: EntityName): readonly EntityName[] =>
  definition.entities
    .map((other) => other.entity)
    .filter((other) => endOf(other, 'activeCampaign').entity === endOf(entity, 'activeCampaign').entity)

/** A record stands under each of its keys. */
const byKey = <T>(
  records: readonly T[],
  keysOf: (record: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> => {
  const found = records.flatMap((record) => keysOf(record).map((key) => ({ key, record })))
  return new Map(
    [...Map.groupBy(found, ({ key }) => key)].map(([key, group]) => [key, group.map(({ record }) => record)]),
  )
}

/** Everybody who has one of these keys, on both sides, with the links they have. */
export const findCandidates = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  entity: EntityName,
  keys: readonly string[],
): Promise<Candidates> => {
  // Nobody claims an opportunity: its record has its GUID, and its keys name its person.
  if (entity === 'opportunities') return {}
  const { records, links } = state
  const wanted = [...new Set(keys)]
  const people = endOf(entity, 'activeCampaign')
  const contacts = await records.findByKey(people, wanted)
  const contactLinks = Map.groupBy(
    await links.of(
      people,
      contacts.map(({ id }) => id),
    ),
    (link) => link.activeCampaignId,
  )
  // Who is linked may be about to give the key up, or may hand the contact over: what their row says decides.
  const linkedRows = new Map<string, DynamicsObservation>()
  for (const [name, group] of Map.groupBy([...contactLinks.values()].flat(), (link) => link.entity)) {
    const ids = group.map(({ dynamicsId }) => dynamicsId)
    for (const record of await records.find(endOf(name, 'dynamics'), ids)) {
      linkedRows.set(`${name}:${record.id}`, toDynamicsObservation(record))
    }
  }
  const rows: {
    readonly entity: EntityName
    readonly record: StoredRecord
    readonly link: StoredLink | undefined
    readonly partner: StoredRecord | undefined
    readonly predecessors: readonly Predecessor[] | undefined
  }[] = []
  for (const rival of rivals(definition, entity)) {
    const kind = endOf(rival, 'dynamics')
    const found = await records.findByKey(kind, wanted)
    const itsLinks = await links.of(
      kind,
      found.map(({ id }) => id),
    )
    const linkOf = new Map(itsLinks.map((link) => [link.dynamicsId, link]))
    const partners = await records.find(
      people,
      itsLinks.map(({ activeCampaignId }) => activeCampaignId),
    )
    const partnerById = new Map(partners.map((partner) => [partner.id, partner]))
    const partnerOf = ({ id }: StoredRecord) => partnerById.get(linkOf.get(id)?.activeCampaignId ?? '')
    const vacant = found.filter((record) => partnerOf(record) === undefined)
    const heritage = await heritageOf(state, definition, rival, vacant)
    rows.push(
      ...found.map((record) => ({
        entity: rival,
        record,
        link: linkOf.get(record.id),
        partner: partnerOf(record),
        predecessors: heritage.get(record.id),
      })),
    )
  }
  const rowsOf = byKey(rows, ({ record }) => record.keys)
  const contactsOf = byKey(contacts, (record) => record.keys)
  return Object.fromEntries(
    wanted.map((key) => [
      key,
      {
        dynamics: (rowsOf.get(key) ?? []).map(({ entity: rival, record, link, partner, predecessors }) => ({
          entity: rival,
          observation: toDynamicsObservation(record),
          ...(link && { link: toLink(rival, link) }),
          ...(partner && { contact: toActiveCampaignObservation(partner) }),
          contactGone: link !== undefined && partner === undefined,
          ...(predecessors && { predecessors }),
        })),
        activeCampaign: (contactsOf.get(key) ?? []).map((record) => {
          const linksHere = contactLinks.get(record.id) ?? []
          // Of its own entity first: a lead and a contact may share the one ActiveCampaign contact.
          const [own] = [entity, ...rivals(definition, entity)].flatMap((name) =>
            linksHere.filter((link) => link.entity === name).map((link) => toLink(name, link)),
          )
          const row = own && linkedRows.get(`${own.entity}:${own.dynamicsId}`)
          return {
            observation: toActiveCampaignObservation(record),
            ...(own && { link: own }),
            ...(row && { row }),
          }
        }),
      },
    ]),
  )
}
