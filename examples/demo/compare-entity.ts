import { contactRelationship, type Plan } from '@dynacamp/core'
import type { CompiledEntity, CompiledField, EntityName, FieldValue } from '@dynacamp/mapping-dsl'
import { readActiveCampaign, readDynamics, type Side } from './read-sides.ts'
import type { World } from './world.ts'

/** Where the records of one service ended up; `unaccounted` must be empty. */
export interface Account {
  readonly records: number
  readonly synced: number
  /** Of those in sync, how many have a field that is held. */
  readonly partly: number
  readonly held: number
  readonly skipped: number
  readonly unaccounted: readonly string[]
}

/** A field of a pair that should be equal on both sides and is not. */
export interface Difference {
  readonly entity: EntityName
  readonly dynamicsId: string
  readonly activeCampaignId: string
  readonly field: string
}

/** Two records that are one person, or one company. */
export interface Pair {
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

/** What a look at one entity in both services says. */
export interface EntityComparison {
  readonly entity: EntityName
  readonly pairs: readonly Pair[]
  readonly differences: readonly Difference[]
  readonly dynamics: Account
  readonly activeCampaign: Account
}

const isBlank = (value: FieldValue): boolean => value === null || value === ''

/** A blank in the owner of a one-way field leaves the other side alone: that is what `ignoreBlank` says. */
const mayDiffer = ({ direction }: CompiledField, dynamics: FieldValue, activeCampaign: FieldValue): boolean =>
  (direction === 'outbound' && isBlank(dynamics)) || (direction === 'inbound' && isBlank(activeCampaign))

/** Who is held or skipped according to the plan, with those whom a held record could be matched with. */
const explained = (plan: Plan, entity: EntityName, side: 'dynamics' | 'activeCampaign') => {
  const id = side === 'dynamics' ? 'dynamicsId' : 'activeCampaignId'
  const holds = plan.holds.filter((hold) => hold.entity === entity)
  const skips = plan.skips.filter((skip) => skip.entity === entity)
  const whole = holds.filter((hold) => hold.field === null)
  const candidates = whole.flatMap((hold) => hold.candidates.filter((candidate) => candidate.side === side))
  return {
    held: new Set([
      ...whole.flatMap((hold) => hold[id] ?? []),
      ...candidates.map((candidate) => candidate.id),
    ]),
    skipped: new Set(skips.flatMap((skip) => skip[id] ?? [])),
    heldFields: new Set(holds.map((hold) => `${hold[id]} ${hold.field}`)),
    partly: new Set(holds.flatMap((hold) => (hold.field === null ? [] : (hold[id] ?? [])))),
  }
}

const accountFor = (
  records: readonly Side[],
  synced: ReadonlySet<string>,
  { held, skipped, partly }: ReturnType<typeof explained>,
): Account => {
  const ids = records.map(({ id }) => id)
  const isSynced = (id: string) => synced.has(id) && !held.has(id) && !skipped.has(id)
  return {
    records: ids.length,
    synced: ids.filter(isSynced).length,
    partly: ids.filter((id) => isSynced(id) && partly.has(id)).length,
    held: ids.filter((id) => held.has(id)).length,
    skipped: ids.filter((id) => skipped.has(id) && !held.has(id)).length,
    unaccounted: ids.filter((id) => !isSynced(id) && !held.has(id) && !skipped.has(id)),
  }
}

/** Whether both sides name the same account, or none; companies are told by their names, not by the sync's links. */
const sameAccount = (
  { accountRelation }: CompiledEntity,
  { row, record }: { readonly row: Side; readonly record: Side },
  companies: readonly Pair[],
): boolean => {
  if (accountRelation === undefined) return true
  const inRow = row.fields[accountRelation.dynamics] ?? null
  const inRecord = record.fields[accountRelation.activeCampaign] ?? null
  const pair = companies.find(({ dynamicsId }) => dynamicsId === inRow)
  return (pair?.activeCampaignId ?? '') === (isBlank(inRecord) ? '' : inRecord)
}

/** Whether a record is on the contact that its row names, where that one is in sync. */
const sameContact = (
  { row, record }: { readonly row: Side; readonly record: Side },
  people: readonly Pair[],
) => {
  const pair = people.find(({ dynamicsId }) => dynamicsId === row.fields._parentcontactid_value)
  return pair === undefined || record.fields[contactRelationship] === pair.activeCampaignId
}

/**
 * Reads everything of one entity from both services and compares record by record every field that is mapped. Records are paired
 * by what they are matched by; `compared` are the entities that this one may refer to.
 */
export const compareEntity = async (
  world: World,
  entity: CompiledEntity,
  lastPlan: Plan,
  compared: readonly EntityComparison[],
): Promise<EntityComparison> => {
  const pairsOf = (of: EntityName): readonly Pair[] =>
    compared.find((other) => other.entity === of)?.pairs ?? []
  const name = entity.entity
  const rows = await readDynamics(world, entity)
  const records = await readActiveCampaign(world, entity)
  const inDynamics = explained(lastPlan, name, 'dynamics')
  const inActiveCampaign = explained(lastPlan, name, 'activeCampaign')
  const byKey = new Map(records.flatMap((record) => (record.key === undefined ? [] : [[record.key, record]])))
  const pairs = rows.flatMap((row) => {
    const record = row.key === undefined ? undefined : byKey.get(row.key)
    if (record === undefined || inDynamics.held.has(row.id) || inDynamics.skipped.has(row.id)) return []
    return [{ row, record }]
  })
  const differences = pairs.flatMap(({ row, record }) => {
    const isHeld = (key: string) => inDynamics.heldFields.has(`${row.id} ${key}`)
    const fields = entity.fields
      .filter((field) => {
        const dynamics = row.fields[field.dynamics] ?? null
        const activeCampaign = record.fields[field.activeCampaign] ?? null
        return !field.equivalent(dynamics, activeCampaign) && !mayDiffer(field, dynamics, activeCampaign)
      })
      .map(({ key }) => key)
    const relation = sameAccount(entity, { row, record }, pairsOf('accounts'))
      ? []
      : [entity.accountRelation?.key ?? '']
    const isOpportunity = entity.object !== undefined
    const strays = isOpportunity && !sameContact({ row, record }, pairsOf('contacts'))
    return [...fields, ...relation, ...(strays ? [contactRelationship] : [])]
      .filter((key) => !isHeld(key))
      .map((field) => ({ entity: name, dynamicsId: row.id, activeCampaignId: record.id, field }))
  })
  return {
    entity: name,
    pairs: pairs.map(({ row, record }) => ({ dynamicsId: row.id, activeCampaignId: record.id })),
    differences,
    dynamics: accountFor(rows, new Set(pairs.map(({ row }) => row.id)), inDynamics),
    activeCampaign: accountFor(records, new Set(pairs.map(({ record }) => record.id)), inActiveCampaign),
  }
}
