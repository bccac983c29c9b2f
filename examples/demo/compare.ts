import type { Plan } from '@dynacamp/core'
import { compileDefinition, type EntityName } from '@dynacamp/mapping-dsl'
import type { Account } from './account-for.ts'
import { compareEntity, type Difference, type EntityComparison, type Pair } from './compare-entity.ts'
import { definition, schema } from './definition.ts'
import { readPeople } from './read-sides.ts'
import type { Calls, World } from './world.ts'

/** What a look at both services says, without asking the sync's own state: entity by entity, and in all. */
export interface Comparison {
  readonly entities: readonly EntityComparison[]
  readonly differences: readonly Difference[]
  /** People on a list who want no mail, as each side says. */
  readonly optedOut: Calls
  readonly dynamics: Account
  readonly activeCampaign: Account
}

const sumOf = (accounts: readonly Account[]): Account => {
  const sum = (count: (account: Account) => number) =>
    accounts.reduce((total, account) => total + count(account), 0)
  return {
    records: sum(({ records }) => records),
    synced: sum(({ synced }) => synced),
    partly: sum(({ partly }) => partly),
    held: sum(({ held }) => held),
    skipped: sum(({ skipped }) => skipped),
    unaccounted: accounts.flatMap(({ unaccounted }) => unaccounted),
  }
}

/** The pairs of one entity. */
export const pairsOf = ({ entities }: Comparison, name: EntityName): readonly Pair[] =>
  entities.find(({ entity }) => entity === name)?.pairs ?? []

/** What is referred to before what refers to it, and leads before contacts, with whom those are counted who are neither. */
const order = ['accounts', 'leads', 'contacts', 'opportunities'] as const satisfies readonly EntityName[]

/** Reads everything from both services and compares it. */
export const compareBothSides = async (world: World, lastPlan: Plan): Promise<Comparison> => {
  const compared = { world, lastPlan, people: await readPeople(world) }
  const compiled = compileDefinition(definition, schema).entities
  const entities: EntityComparison[] = []
  for (const name of order) {
    const entity = compiled.find((one) => one.entity === name)
    if (entity !== undefined) entities.push(await compareEntity(compared, entity, entities))
  }
  return {
    entities,
    differences: entities.flatMap(({ differences }) => differences),
    optedOut: {
      dynamics: entities.reduce((total, { optedOut }) => total + optedOut.dynamics, 0),
      activeCampaign: entities.reduce((total, { optedOut }) => total + optedOut.activeCampaign, 0),
    },
    dynamics: sumOf(entities.map(({ dynamics }) => dynamics)),
    activeCampaign: sumOf(entities.map(({ activeCampaign }) => activeCampaign)),
  }
}
