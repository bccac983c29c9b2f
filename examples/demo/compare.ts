import { matchKeysOfActiveCampaign, matchKeysOfDynamics, type Plan } from '@dynacamp/core'
import { type CompiledField, compileDefinition, type Fields, type FieldValue } from '@dynacamp/mapping-dsl'
import { definition, schema } from './definition.ts'
import type { World } from './world.ts'

/** Where the records of one service ended up; `unaccounted` must be empty. */
interface Account {
  readonly records: number
  readonly synced: number
  /** Of those in sync, how many have a field that is held. */
  readonly partly: number
  readonly held: number
  readonly skipped: number
  readonly unaccounted: readonly string[]
}

/** A field of a pair that should be equal on both sides and is not. */
interface Difference {
  readonly dynamicsId: string
  readonly activeCampaignId: string
  readonly field: string
}

/** A row and a contact that are one person. */
export interface Pair {
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

/** What a look at both services says, without asking the sync's own state. */
export interface Comparison {
  readonly pairs: readonly Pair[]
  readonly differences: readonly Difference[]
  readonly dynamics: Account
  readonly activeCampaign: Account
}

interface Side {
  readonly id: string
  readonly key: string | undefined
  readonly fields: Fields
}

const [entity] = compileDefinition(definition, schema).entities
if (entity === undefined) throw new Error('the demo maps contacts')
const contacts = entity

const readDynamics = async ({ dynamics }: World): Promise<readonly Side[]> => {
  const select = contacts.fields.map((field) => field.dynamics)
  const rows = dynamics.table({ entitySet: 'contacts', primaryId: 'contactid' }).list({ select })
  return Array.fromAsync(rows, (row) => {
    const fields = Object.fromEntries(select.map((column) => [column, scalar(row[column])]))
    return { id: String(row.contactid), key: matchKeysOfDynamics(contacts, fields)[0], fields }
  })
}

const scalar = (value: unknown): FieldValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null

const readActiveCampaign = async ({ activeCampaign }: World): Promise<readonly Side[]> => {
  const values = new Map<string, Record<string, string>>()
  for await (const field of activeCampaign.fields.list()) {
    for await (const { contact, value } of activeCampaign.fieldValues.list({ fieldId: field.id })) {
      values.set(contact, { ...values.get(contact), [field.perstag]: value })
    }
  }
  return Array.fromAsync(activeCampaign.contacts.list(), ({ id, email, firstName, lastName, phone }) => {
    const fields = { email, firstName, lastName, phone, ...values.get(id) }
    return { id, key: matchKeysOfActiveCampaign(contacts, fields)[0], fields }
  })
}

const isBlank = (value: FieldValue): boolean => value === null || value === ''

/** A blank in the owner of a one-way field leaves the other side alone: that is what `ignoreBlank` says. */
const mayDiffer = ({ direction }: CompiledField, dynamics: FieldValue, activeCampaign: FieldValue): boolean =>
  (direction === 'outbound' && isBlank(dynamics)) || (direction === 'inbound' && isBlank(activeCampaign))

/** Who is held or skipped according to the plan, with those whom a held record could be matched with. */
const explained = ({ holds, skips }: Plan, side: 'dynamics' | 'activeCampaign') => {
  const id = side === 'dynamics' ? 'dynamicsId' : 'activeCampaignId'
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

const account = (
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

/** Reads everything from both services and compares person by person, by e-mail, every field that is mapped. */
export const compareBothSides = async (world: World, lastPlan: Plan): Promise<Comparison> => {
  const rows = await readDynamics(world)
  const people = await readActiveCampaign(world)
  const inDynamics = explained(lastPlan, 'dynamics')
  const inActiveCampaign = explained(lastPlan, 'activeCampaign')
  const byKey = new Map(people.flatMap((person) => (person.key === undefined ? [] : [[person.key, person]])))
  const pairs = rows.flatMap((row) => {
    const person = row.key === undefined ? undefined : byKey.get(row.key)
    if (person === undefined || inDynamics.held.has(row.id) || inDynamics.skipped.has(row.id)) return []
    return [{ row, person }]
  })
  const differences = pairs.flatMap(({ row, person }) =>
    contacts.fields
      .filter((field) => {
        const dynamics = row.fields[field.dynamics] ?? null
        const activeCampaign = person.fields[field.activeCampaign] ?? null
        if (inDynamics.heldFields.has(`${row.id} ${field.key}`)) return false
        return !field.equivalent(dynamics, activeCampaign) && !mayDiffer(field, dynamics, activeCampaign)
      })
      .map((field) => ({ dynamicsId: row.id, activeCampaignId: person.id, field: field.key })),
  )
  return {
    pairs: pairs.map(({ row, person }) => ({ dynamicsId: row.id, activeCampaignId: person.id })),
    differences,
    dynamics: account(rows, new Set(pairs.map(({ row }) => row.id)), inDynamics),
    activeCampaign: account(people, new Set(pairs.map(({ person }) => person.id)), inActiveCampaign),
  }
}
