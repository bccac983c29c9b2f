import type { Plan } from '@dynacamp/core'
import { compileDefinition, type EntityName } from '@dynacamp/mapping-dsl'
import {
  type Account,
  compareEntity,
  type Difference,
  type EntityComparison,
  type Pair,
} from './compare-entity.ts'
import { definition, schema } from './definition.ts'
import type { World } from './world.ts'

/** What a look at both services says, without asking the sync's own state: entity by entity, and in all. */
export interface Comparison {
  readonly entities: readonly EntityComparison[]
  readonly differences: readonly Difference[]
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

/** Reads everything from both services and compares it, companies before the people who belong to them, and people before their opportunities. */
export const compareBothSides = async (world: World, lastPlan: Plan): Promise<Comparison> => {
  const entities: EntityComparison[] = []
  for (const entity of compileDefinition(definition, schema).entities) {
    entities.push(await compareEntity(world, entity, lastPlan, entities))
  }
  return {
    entities,
    differences: entities.flatMap(({ differences }) => differences),
    dynamics: sumOf(entities.map(({ dynamics }) => dynamics)),
    activeCampaign: sumOf(entities.map(({ activeCampaign }) => activeCampaign)),
  }
}
