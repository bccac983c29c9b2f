import { type DynamicsClient, DynamicsError } from '@dynacamp/dynamics-client'
import type { Column, Columns, EntityName } from '@dynacamp/mapping-dsl'
import { tableOf } from '../observe/tables.ts'
import { byName } from './by-name.ts'
import type { SchemaProblem } from './schema-problem.ts'
import { toColumn } from './to-column.ts'

/** The D365 half of a pulled schema. */
export interface PulledTables {
  readonly tables: Readonly<Partial<Record<EntityName, Columns>>>
  readonly problems: readonly SchemaProblem[]
}

interface PulledTable {
  readonly columns: Columns | undefined
  readonly problems: readonly SchemaProblem[]
}

const pullTable = async (
  client: DynamicsClient,
  entity: EntityName,
  signal: AbortSignal | undefined,
): Promise<PulledTable> => {
  const { logicalName } = tableOf(entity)
  const columns: [string, Column][] = []
  const problems: SchemaProblem[] = []
  const options = signal ? { signal } : {}
  const infos = await client.metadata.columns(logicalName, options)
  const lookups = await client.metadata.lookups(logicalName, options)
  for (const info of infos) {
    const { column, problem } = toColumn(info, lookups)
    if (column !== undefined) columns.push([info.logicalName, column])
    if (problem !== undefined) {
      problems.push({ side: 'dynamics', where: `${entity}.${info.logicalName}`, ...problem })
    }
  }
  return { columns: Object.fromEntries(columns.sort(byName)), problems }
}

/** `QueryBuilderNoEntity`. Any other 404 is a wrong URL, and no reason to write an empty schema. */
const noSuchTable = '0x80041102'

/** An environment without the Sales app has neither leads nor opportunities. */
const missing = (entity: EntityName): PulledTable => ({
  columns: undefined,
  problems: [
    {
      side: 'dynamics',
      code: 'unavailable',
      where: entity,
      message: `the environment has no table \`${tableOf(entity).logicalName}\`; it comes with the Sales app`,
    },
  ],
})

/** Reads the columns of tables, one table after the other: each takes 14 requests at once, and one for its lookups. */
export const pullTables = async (
  client: DynamicsClient,
  entities: readonly EntityName[],
  signal: AbortSignal | undefined,
): Promise<PulledTables> => {
  const tables: [EntityName, Columns][] = []
  const problems: SchemaProblem[] = []
  for (const entity of entities) {
    const pulled = await pullTable(client, entity, signal).catch((error: unknown) => {
      if (error instanceof DynamicsError && error.dataverseCode === noSuchTable) return missing(entity)
      throw error
    })
    if (pulled.columns !== undefined) tables.push([entity, pulled.columns])
    problems.push(...pulled.problems)
  }
  return { tables: Object.fromEntries(tables), problems }
}
