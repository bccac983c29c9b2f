import { contactRelationship, type Plan } from '@dynacamp/core'
import type { CompiledEntity, CompiledField, EntityName, FieldValue } from '@dynacamp/mapping-dsl'
import { type Account, accountFor, explained } from './account-for.ts'
import { type Person, readActiveCampaign, readDynamics, type Side } from './read-sides.ts'
import type { Calls, World } from './world.ts'

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
  /** What people call them: an e-mail address, or a name. */
  readonly title: string
}

/** What a look at one entity in both services says. */
export interface EntityComparison {
  readonly entity: EntityName
  readonly pairs: readonly Pair[]
  readonly differences: readonly Difference[]
  /** People on a list who want no mail, as each side says. */
  readonly optedOut: Calls
  readonly dynamics: Account
  readonly activeCampaign: Account
}

/** What is compared: both services, everybody in ActiveCampaign, and what the last plan says of those who are not in sync. */
export interface Compared {
  readonly world: World
  readonly people: readonly Person[]
  readonly lastPlan: Plan
}

const isBlank = (value: FieldValue): boolean => value === null || value === ''

/** A blank in the owner of a one-way field leaves the other side alone: that is what `ignoreBlank` says. */
const mayDiffer = ({ direction }: CompiledField, dynamics: FieldValue, activeCampaign: FieldValue): boolean =>
  (direction === 'outbound' && isBlank(dynamics)) || (direction === 'inbound' && isBlank(activeCampaign))

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

/** Opting out counts where the person is on a list: elsewhere ActiveCampaign has nothing to say on it. */
const sameConsent = ({ row, record }: Couple): boolean =>
  record.optedOut === undefined || record.optedOut === row.optedOut

interface Couple {
  readonly row: Side
  readonly record: Side
}

/** Rows and records that are one, each in one couple at most: whoever is there twice stays over. */
const couplesOf = (rows: readonly Side[], records: readonly Side[]): readonly Couple[] => {
  const free = new Map(records.flatMap((record) => (record.key === undefined ? [] : [[record.key, record]])))
  return rows.flatMap((row) => {
    const record = row.key === undefined ? undefined : free.get(row.key)
    if (row.key === undefined || record === undefined) return []
    free.delete(row.key)
    return [{ row, record }]
  })
}

/**
 * Reads everything of one entity from both services and compares record by record every field that is mapped. Records are paired
 * by what they are matched by; `compared` are the entities that this one may refer to.
 */
export const compareEntity = async (
  { world, people, lastPlan }: Compared,
  entity: CompiledEntity,
  compared: readonly EntityComparison[],
): Promise<EntityComparison> => {
  const pairsOf = (of: EntityName): readonly Pair[] =>
    compared.find((other) => other.entity === of)?.pairs ?? []
  const name = entity.entity
  const rows = await readDynamics(world, entity)
  const found = await readActiveCampaign(world, entity, people)
  const leads = new Set(name === 'contacts' ? pairsOf('leads').map((pair) => pair.activeCampaignId) : [])
  const inDynamics = explained(lastPlan, name, 'dynamics')
  const couples = couplesOf(
    rows.filter(({ id }) => !inDynamics.held.has(id) && !inDynamics.skipped.has(id)),
    found.filter(({ id }) => !leads.has(id)),
  )
  const differences = couples.flatMap((couple) => {
    const { row, record } = couple
    const fields = entity.fields
      .filter((field) => {
        const dynamics = row.fields[field.dynamics] ?? null
        const activeCampaign = record.fields[field.activeCampaign] ?? null
        return !field.equivalent(dynamics, activeCampaign) && !mayDiffer(field, dynamics, activeCampaign)
      })
      .map(({ key }) => key)
    const relation = sameAccount(entity, couple, pairsOf('accounts'))
      ? []
      : [entity.accountRelation?.key ?? '']
    const isOpportunity = entity.object !== undefined
    const strays = isOpportunity && !sameContact(couple, pairsOf('contacts'))
    const consent = sameConsent(couple) ? [] : ['opt-out']
    return [...fields, ...relation, ...(strays ? [contactRelationship] : []), ...consent]
      .filter((key) => !inDynamics.heldFields.has(`${row.id} ${key}`))
      .map((field) => ({ entity: name, dynamicsId: row.id, activeCampaignId: record.id, field }))
  })
  const synced = new Set(couples.map(({ record }) => record.id))
  // Who is in ActiveCampaign and no lead is counted with the contacts.
  const records = name === 'leads' ? found.filter(({ id }) => synced.has(id)) : found
  const onLists = couples.filter(({ record }) => record.optedOut !== undefined)
  return {
    entity: name,
    pairs: couples.map(({ row, record }) => ({
      dynamicsId: row.id,
      activeCampaignId: record.id,
      title: String(row.fields.emailaddress1 ?? row.fields.name),
    })),
    differences,
    optedOut: {
      dynamics: onLists.filter(({ row }) => row.optedOut === true).length,
      activeCampaign: onLists.filter(({ record }) => record.optedOut === true).length,
    },
    dynamics: accountFor(rows, new Set(couples.map(({ row }) => row.id)), inDynamics),
    activeCampaign: accountFor(
      records.filter(({ id }) => !leads.has(id)),
      synced,
      explained(lastPlan, name, 'activeCampaign'),
    ),
  }
}
