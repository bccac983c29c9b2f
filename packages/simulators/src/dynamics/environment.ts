import type { SimulatorClock } from '../shared/clock.ts'
import type { Random } from '../shared/random.ts'
import type { DynamicsBehaviour } from './behaviour.ts'
import type { Schema } from './schema/schema.ts'
import type { Table } from './schema/table.ts'
import type { Grants } from './security/caller.ts'
import type { Store } from './store/store.ts'

/** A published duplicate detection rule: rows of a table that agree in all of these columns are duplicates. */
export interface DuplicateRule {
  readonly table: string
  readonly columns: readonly string[]
}

/** The ids that every environment has one of. */
export interface EnvironmentIds {
  readonly organization: string
  readonly businessUnit: string
  readonly currency: string
  readonly systemUser: string
  readonly applicationUser: string
  readonly administratorRole: string
}

/** Everything that the handlers share: one environment of one tenant. */
export interface Environment {
  readonly schema: Schema
  readonly store: Store
  readonly clock: SimulatorClock
  readonly behaviour: DynamicsBehaviour
  readonly ids: EnvironmentIds
  readonly duplicateRules: DuplicateRule[]
  /** Version at which the metadata of a table last changed: older delta tokens are dead. */
  readonly metadataChanges: Map<string, number>
  /** What each role grants, by role id. */
  readonly grants: Map<string, Grants>
  readonly random: Random
  /** A new id for a row of this table, from the seed. */
  newId(table: string): string
  /** A new id for what is counted up, such as addresses: cheap, and as unique. */
  sequentialId(): string
}

/** The table behind an entity set, or nothing; `systemusers` and `teams` are not alone in being case-sensitive. */
export const tableNamed = (environment: Environment, logicalName: string): Table => {
  const table = environment.schema.tables.get(logicalName)
  if (table === undefined) throw new Error(`There is no table ${logicalName}.`)
  return table
}
