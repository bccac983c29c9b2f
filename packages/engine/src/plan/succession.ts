import { isDeleted, type Predecessor, type RecordInput, type Successor } from '@dynacamp/core'
import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'
import { namedBy, successionKey } from '../observe/succession-keys.ts'
import { endOf } from '../state/ends.ts'
import type { StateTransaction, StoredRecord } from '../state/state-store.ts'
import { forerunnersOf, lastAfter, type Row, syncs } from './forerunners.ts'
import { toActiveCampaignObservation, toDynamicsObservation, toLink } from './to-observation.ts'

const successorOf = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  from: Row,
): Promise<Successor | undefined> => {
  const last = await lastAfter(state, definition, from)
  if (last === undefined) return undefined
  const { entity, record } = last
  const dynamics = toDynamicsObservation(record)
  const [stored] = await state.links.of(endOf(entity, 'dynamics'), [record.id])
  if (stored === undefined) return { entity, dynamics }
  const contacts = await state.records.find(endOf(entity, 'activeCampaign'), [stored.activeCampaignId])
  return { entity, dynamics, link: toLink(entity, stored), contactGone: contacts.length === 0 }
}

const predecessorsOf = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  row: Row,
): Promise<readonly Predecessor[]> => {
  const predecessors: Predecessor[] = []
  for (const { entity, record } of await forerunnersOf(state, definition, row)) {
    const [stored] = await state.links.of(endOf(entity, 'dynamics'), [record.id])
    if (stored === undefined) continue
    const id = stored.activeCampaignId
    const [contact] = await state.records.find(endOf(entity, 'activeCampaign'), [id])
    const activeCampaign = contact ? toActiveCampaignObservation(contact) : ({ id, deleted: true } as const)
    predecessors.push({
      link: toLink(entity, stored),
      dynamics: toDynamicsObservation(record),
      activeCampaign,
    })
  }
  return predecessors
}

/** Rows of the batch that another row names. Most batches have none, and cost a look-up or two. */
const namedAmong = async (
  { records }: StateTransaction,
  definition: CompiledDefinition,
  entity: EntityName,
  rows: readonly StoredRecord[],
): Promise<ReadonlySet<string>> => {
  const keys = rows.map(({ id }) => successionKey('merged-into', id))
  const losers = await records.findByKey(endOf(entity, 'dynamics'), keys)
  const merged = losers.flatMap((row) => namedBy(row.keys, 'merged-into') ?? [])
  if (entity !== 'contacts' || !syncs(definition, 'leads')) return new Set(merged)
  const made = rows.map(({ id }) => successionKey('qualified-to', id))
  const leads = await records.findByKey(endOf('leads', 'dynamics'), made)
  const qualified = leads.flatMap((row) => namedBy(row.keys, 'qualified-to') ?? [])
  const from = rows.filter((row) => namedBy(row.keys, 'qualified-from') !== undefined)
  return new Set([...merged, ...qualified, ...from.map(({ id }) => id)])
}

/** What these rows, which have no contact, take over; a row that takes over nothing is not among them. */
export const heritageOf = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  entity: EntityName,
  vacant: readonly StoredRecord[],
): Promise<ReadonlyMap<string, readonly Predecessor[]>> => {
  const heritage = new Map<string, readonly Predecessor[]>()
  const named = await namedAmong(state, definition, entity, vacant)
  for (const record of vacant) {
    if (!named.has(record.id)) continue
    const predecessors = await predecessorsOf(state, definition, { entity, record })
    if (predecessors.length > 0) heritage.set(record.id, predecessors)
  }
  return heritage
}

const isVacant = ({ link, activeCampaign }: RecordInput): boolean =>
  link === undefined || (activeCampaign !== undefined && isDeleted(activeCampaign))

/** Adds to the records of a batch whose links they take over, and who takes over theirs. */
export const withSuccession = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  entity: EntityName,
  batch: readonly RecordInput[],
): Promise<readonly RecordInput[]> => {
  const isThere = ({ dynamics }: RecordInput) => dynamics !== undefined && !isDeleted(dynamics)
  const ids = batch.filter(isThere).map(({ dynamics }) => dynamics?.id ?? '')
  const rows = await state.records.find(endOf(entity, 'dynamics'), ids)
  const rowOf = new Map(rows.map((row) => [row.id, row]))
  const rowIn = ({ dynamics }: RecordInput) => rowOf.get(dynamics?.id ?? '')
  const vacant = batch.filter(isVacant).flatMap((input) => rowIn(input) ?? [])
  const heritage = await heritageOf(state, definition, entity, vacant)
  const result: RecordInput[] = []
  for (const input of batch) {
    const record = rowIn(input)
    const predecessors = record && heritage.get(record.id)
    if (predecessors !== undefined) result.push({ ...input, predecessors })
    else if (record !== undefined && input.link !== undefined && !record.active) {
      const successor = await successorOf(state, definition, { entity, record })
      result.push(successor === undefined ? input : { ...input, successor })
    } else result.push(input)
  }
  return result
}
