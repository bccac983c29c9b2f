import type { RecordInput } from '@dynacamp/core'
import { allEnded } from '@dynacamp/http'
import type { CompiledDefinition, CompiledEntity, EntityName } from '@dynacamp/mapping-dsl'
import { endOf, linkEntities } from '../state/ends.ts'
import type { RecordName } from '../state/kinds.ts'
import type { StateTransaction, StoredLink, StoredRecord } from '../state/state-store.ts'
import { type Batch, namesakesOf } from './dirty-batches.ts'
import { withSuccession } from './succession.ts'
import { toActiveCampaignObservation, toDynamicsObservation, toLink } from './to-observation.ts'

/** A linked pair as the state has it; an end that is not there is gone. */
const inputOfLink = async (
  { records }: StateTransaction,
  entity: EntityName,
  link: StoredLink,
): Promise<{ readonly input: RecordInput; readonly keys: readonly string[] }> => {
  const { dynamicsId, activeCampaignId } = link
  const [row] = await records.find(endOf(entity, 'dynamics'), [dynamicsId])
  const [contact] = await records.find(endOf(entity, 'activeCampaign'), [activeCampaignId])
  const input: RecordInput = {
    link: toLink(entity, link),
    dynamics: row ? toDynamicsObservation(row) : { id: dynamicsId, deleted: true },
    activeCampaign: contact ? toActiveCampaignObservation(contact) : { id: activeCampaignId, deleted: true },
  }
  return { input, keys: [...(row?.keys ?? []), ...(contact?.keys ?? [])] }
}

/** A record without a link, with the record of the other side that has its id, where ids are shared. */
const inputAlone = async (
  state: StateTransaction,
  entity: EntityName,
  record: StoredRecord,
): Promise<RecordInput> => {
  if (record.side === 'dynamics') {
    const [namesake] = await namesakesOf(state, entity, 'activeCampaign', [record.id])
    const activeCampaign = namesake && toActiveCampaignObservation(namesake)
    return { dynamics: toDynamicsObservation(record), ...(activeCampaign && { activeCampaign }) }
  }
  const [namesake] = await namesakesOf(state, entity, 'dynamics', [record.id])
  const dynamics = namesake && toDynamicsObservation(namesake)
  return { activeCampaign: toActiveCampaignObservation(record), ...(dynamics && { dynamics }) }
}

/** The entities of the definition that a record of either side can belong to: a contact of ActiveCampaign may be a lead. */
export const entitiesOf = (definition: CompiledDefinition, name: RecordName): readonly CompiledEntity[] =>
  definition.entities.filter(({ entity }) => linkEntities(name).includes(entity))

/** One record, with what it is linked to, as a batch per entity that it belongs to; none where nobody has seen it. */
export const recordBatches = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  name: RecordName,
): Promise<readonly { readonly entity: CompiledEntity; readonly batch: Batch }[]> => {
  const [record] = await state.records.find(name, [name.id])
  const links = await state.links.of(name, [name.id])
  const found: { readonly entity: CompiledEntity; readonly batch: Batch }[] = []
  for (const entity of entitiesOf(definition, name)) {
    const own = links.filter((link) => link.entity === entity.entity)
    const pairs = await allEnded(own.map((link) => inputOfLink(state, entity.entity, link)))
    const alone =
      links.length === 0 && record !== undefined ? [await inputAlone(state, entity.entity, record)] : []
    const inputs = [...pairs.map(({ input }) => input), ...alone]
    const records = await withSuccession(state, definition, entity.entity, inputs)
    const keys = [...pairs.flatMap((pair) => pair.keys), ...(record?.keys ?? [])]
    if (records.length > 0) found.push({ entity, batch: { side: name.side, records, keys } })
  }
  return found
}
