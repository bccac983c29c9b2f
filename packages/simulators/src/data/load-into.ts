import type { ActiveCampaignSimulator } from '../activecampaign/activecampaign-simulator.ts'
import type { FieldRow } from '../activecampaign/outside/define-field.ts'
import type { DynamicsSimulator } from '../dynamics/dynamics-simulator.ts'
import { DataFileError } from './data-file-error.ts'
import { type InferredColumn, inferColumns, isColumn } from './infer-columns.ts'
import { inferFields } from './infer-fields.ts'
import type { ActiveCampaignData, DynamicsData, DynamicsRow, DynamicsTable } from './rows.ts'

/** The simulators to fill. */
export interface LoadTargets {
  readonly dynamics?: DynamicsSimulator
  readonly activeCampaign?: ActiveCampaignSimulator
}

/** What to fill them with. */
export interface LoadData {
  readonly dynamics?: DynamicsData
  readonly activeCampaign?: ActiveCampaignData
  /** The file that the rows for Dynamics are from, for messages. */
  readonly dynamicsFile?: string | undefined
}

/** A column that rows of a file had and Dynamics lacked. */
export type LoadedColumn = Pick<InferredColumn, 'name' | 'type'> & { readonly table: DynamicsTable }

/** What a load made beside the rows: nothing, unless rows name what neither the service nor the file describes. */
export interface Loaded {
  readonly columns: readonly LoadedColumn[]
  readonly fields: readonly FieldRow[]
}

/**
 * Fills simulators with the rows of data files or of the sample. Columns and fields that the rows have and the
 * service lacks become custom ones, of a type found out from their values, and are returned: a mistyped name is
 * among them. Throws {@link DataFileError} for a row that Dynamics would not hold.
 *
 * @example
 * ```ts
 * import { createActiveCampaignSimulator, createDynamicsSimulator, loadInto, sampleData } from '@dynacamp/simulators'
 *
 * const dynamics = createDynamicsSimulator()
 * const activeCampaign = createActiveCampaignSimulator()
 * const { columns, fields } = loadInto({ dynamics, activeCampaign }, sampleData())
 * for (const { table, name, type } of columns) console.error(`made the column ${table}.${name} (${type})`)
 * for (const { perstag, type } of fields) console.error(`made the field ${perstag} (${type})`)
 * ```
 */
export function loadInto({ dynamics, activeCampaign }: LoadTargets, data: LoadData): Loaded {
  const columns =
    dynamics && data.dynamics
      ? loadDynamics(dynamics, data.dynamics, data.dynamicsFile ?? 'rows for Dynamics')
      : []
  const fields =
    activeCampaign && data.activeCampaign ? loadActiveCampaign(activeCampaign, data.activeCampaign) : []
  return { columns, fields }
}

function loadActiveCampaign(
  simulator: ActiveCampaignSimulator,
  data: ActiveCampaignData,
): readonly FieldRow[] {
  simulator.load({ contacts: [], accounts: [], fields: data.fields })
  const known = new Set(simulator.fields().map(({ id }) => id))
  simulator.load({ ...data, fields: inferFields(data) })
  return simulator.fields().filter(({ id }) => !known.has(id))
}

/** In the order of what refers to what: contacts have accounts, opportunities have both. */
const logicalNames: Readonly<Record<DynamicsTable, string>> = {
  accounts: 'account',
  contacts: 'contact',
  leads: 'lead',
  opportunities: 'opportunity',
}

function loadDynamics(
  simulator: DynamicsSimulator,
  data: DynamicsData,
  file: string,
): readonly LoadedColumn[] {
  const made: LoadedColumn[] = []
  const tables: readonly DynamicsTable[] = ['accounts', 'contacts', 'leads', 'opportunities']
  for (const { table, ...column } of data.columns) simulator.defineColumn(logicalNames[table], column)
  for (const table of tables) {
    const known = new Set(simulator.columns(logicalNames[table]))
    for (const column of inferColumns(data, table, known)) {
      simulator.defineColumn(logicalNames[table], column)
      made.push({ table, name: column.name, type: column.type })
    }
  }
  for (const table of tables) {
    for (const [index, row] of data[table].entries()) {
      attempt(() => simulator.insert(logicalNames[table], columnsOf(row)), file, `${table} row ${index + 1}`)
    }
  }
  return made
}

/** Without the version: an environment counts its own. */
function columnsOf({ versionnumber: _, ...row }: DynamicsRow): DynamicsRow {
  return Object.fromEntries(Object.entries(row).filter(([name, value]) => isColumn(name, value)))
}

/** A row that the simulator refuses is a row of the wrong shape. */
function attempt(load: () => void, file: string, row: string): void {
  try {
    load()
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new DataFileError('shape', file, problem, row)
  }
}
