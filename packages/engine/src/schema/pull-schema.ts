import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
import type { DynamicsClient } from '@dynacamp/dynamics-client'
import { allEnded } from '@dynacamp/http'
import {
  compatibilityReport,
  type EntityName,
  type FieldCompatibility,
  type Schema,
} from '@dynacamp/mapping-dsl'
import { pullFields } from './pull-fields.ts'
import { pullTables } from './pull-tables.ts'
import type { SchemaProblem } from './schema-problem.ts'

/** What to pull, and from where. */
export interface PullSchemaOptions {
  readonly dynamics: DynamicsClient
  readonly activeCampaign: ActiveCampaignClient
  /** Default: all four. */
  readonly tables?: readonly EntityName[]
  readonly signal?: AbortSignal
}

/** The user's own two environments as a schema. */
export interface PulledSchema {
  readonly schema: Schema
  /** What the schema leaves out and why, and what needs a look. Nothing here stops a sync. */
  readonly problems: readonly SchemaProblem[]
  /** For every ActiveCampaign field, the columns that it can be mapped to. */
  readonly report: readonly FieldCompatibility[]
}

const allTables: readonly EntityName[] = ['leads', 'contacts', 'accounts', 'opportunities']

/**
 * Reads every column and every field of both environments. Labels of choices come in the language of the user whom the
 * D365 credentials belong to.
 *
 * Costs 15 requests per table in D365, and one request per 100 fields and per 100 custom objects in ActiveCampaign.
 *
 * @throws DynamicsError, ActiveCampaignError and the errors of `@dynacamp/http` when a service cannot be read. What an
 * environment merely lacks (the Sales app, custom objects) is a problem in the answer instead.
 *
 * @example
 * import { writeFile } from 'node:fs/promises'
 * import { type PullSchemaOptions, pullSchema, schemaModule } from '@dynacamp/engine'
 *
 * export const writeSchema = async (clients: PullSchemaOptions) => {
 *   const { schema, problems } = await pullSchema(clients)
 *   for (const { where, message } of problems) console.warn(`${where} ${message}`)
 *   await writeFile('schema.generated.ts', schemaModule(schema))
 * }
 */
export const pullSchema = async ({
  dynamics,
  activeCampaign,
  tables = allTables,
  signal,
}: PullSchemaOptions): Promise<PulledSchema> => {
  const wanted = allTables.filter((table) => tables.includes(table))
  const [ofDynamics, ofActiveCampaign] = await allEnded([
    pullTables(dynamics, wanted, signal),
    pullFields(activeCampaign, signal),
  ])
  const schema = { dynamics: ofDynamics.tables, activeCampaign: ofActiveCampaign.fields }
  return {
    schema,
    problems: [...ofDynamics.problems, ...ofActiveCampaign.problems],
    report: compatibilityReport(schema),
  }
}
