import type { DynamicsSimulator, JsonValue } from '@dynacamp/simulators'
import type { DynamicsEnvironment } from './dynamics-environment.ts'
import { isObject, type JsonObject, objectsOf } from './json.ts'

const guid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i

export type TableNames = ReturnType<DynamicsSimulator['tables']>[number]

/** Fills an environment with recorded rows. What they have and its tables lack is theirs too: columns, tables. */
export class RowLoader {
  readonly #simulator: DynamicsSimulator
  readonly #send: DynamicsEnvironment['send']

  constructor({ simulator, send }: DynamicsEnvironment) {
    this.#simulator = simulator
    this.#send = send
  }

  /** The table of an entity set, made up when the environment has none: a customer's own, or of another app. */
  table(set: string, example: JsonObject = {}): TableNames {
    const known = this.#simulator.tables().find(({ entitySetName }) => entitySetName === set)
    if (known) return known
    const key = Object.keys(example).find((name) => name.endsWith('id') && set.startsWith(name.slice(0, -3)))
    const logicalName = key?.slice(0, -2) ?? set.replace(/s$/, '')
    this.#simulator.defineTable({
      schemaName: logicalName,
      entitySetName: set,
      primaryName: 'name',
      objectTypeCode: 10_000,
      label: logicalName,
      pluralLabel: set,
      columns: { name: { type: 'text', label: 'Name', maxLength: 100 } },
    })
    return { logicalName, entitySetName: set, primaryId: `${logicalName}id`, primaryName: 'name' }
  }

  /** The table whose rows have this key column. */
  tableOf(row: JsonObject): TableNames | undefined {
    return this.#simulator.tables().find(({ primaryId }) => typeof row[primaryId] === 'string')
  }

  /** Puts a recorded row into a table, unless its id is there; returns the id. */
  async insert(table: TableNames, recorded: JsonObject): Promise<string> {
    const id = recorded[table.primaryId]
    if (typeof id === 'string' && this.#simulator.row(table.logicalName, id)) return id
    await this.addColumns(table, recorded)
    const row: Record<string, JsonValue> = {}
    for (const [name, value] of Object.entries(recorded)) {
      if (!isColumn(name) || value === null) continue
      if (typeof value !== 'object') row[name] = value
    }
    for (const [name, value] of Object.entries(recorded)) {
      const related = await this.#related(value)
      if (related !== undefined) row[`_${name}_value`] = related
    }
    const inserted = this.#insertWhatFits(table, row)
    await this.#nameLookups(table, recorded)
    return inserted
  }

  /** Rows that lookups point to, with the names that the recording shows of them. */
  async #nameLookups(table: TableNames, recorded: JsonObject): Promise<void> {
    const named = Object.entries(recorded).filter(
      ([name, id]) => /^_.*_value$/.test(name) && typeof id === 'string',
    )
    for (const [name, id] of named) {
      const label = recorded[`${name}@OData.Community.Display.V1.FormattedValue`]
      if (typeof label !== 'string') continue
      const noted = recorded[`${name}@Microsoft.Dynamics.CRM.lookuplogicalname`]
      const targets = typeof noted === 'string' ? [noted] : await this.targets(table, name)
      const target = this.#simulator.tables().find(({ logicalName }) => logicalName === targets[0])
      if (target === undefined || this.#simulator.row(target.logicalName, String(id))) continue
      // A person's full name follows from the parts.
      const column = target.primaryName === 'fullname' ? 'lastname' : target.primaryName
      this.#insertWhatFits(target, { [target.primaryId]: id ?? null, [column]: label })
    }
  }

  /** Logical names of the tables that a lookup may point to; the lookup as `_name_value`. */
  async targets({ logicalName }: TableNames, property: string): Promise<readonly string[]> {
    const path = `EntityDefinitions(LogicalName='${logicalName}')/ManyToOneRelationships`
    const { body } = await this.#send({
      method: 'GET',
      path: `${path}?$select=ReferencingAttribute,ReferencedEntity`,
    })
    const relationships = isObject(body) ? objectsOf(body.value) : []
    return relationships
      .filter(({ ReferencingAttribute: column }) => `_${String(column)}_value` === property)
      .map(({ ReferencedEntity: target }) => String(target))
  }

  /** Another environment's options and references are not ours: a value that is refused is left out. */
  #insertWhatFits(table: TableNames, row: JsonObject): string {
    try {
      return this.#simulator.insert(table.logicalName, row)
    } catch (error) {
      const named = error instanceof Error ? (error.message.match(/'[^']+'/g) ?? []) : []
      const words = named.map((word) => word.slice(1, -1))
      const column = Object.keys(row).find(
        (name) => words.includes(name) || words.includes(String(row[name])),
      )
      if (column === undefined) throw error
      const { [column]: _, ...rest } = row
      return this.#insertWhatFits(table, rest)
    }
  }

  /** Columns of a recorded row that the table lacks. */
  async addColumns(table: TableNames, recorded: JsonObject): Promise<void> {
    const known = new Set(this.#simulator.columns(table.logicalName))
    for (const [name, value] of Object.entries(recorded)) {
      if (!isColumn(name) || known.has(name)) continue
      const lookup = /^_(.+)_value$/.exec(name)?.[1]
      const { defineColumn } = this.#simulator
      if (lookup !== undefined)
        defineColumn(table.logicalName, { name: lookup, type: 'lookup', targets: { systemuser: '' } })
      else if (typeof value !== 'object' || value === null)
        defineColumn(table.logicalName, { name, ...columnFor(value) })
    }
  }

  /** A row of which only the URL is known: `contacts(<guid>)`, relative or whole. Returns its id. */
  async insertByUrl(url: string): Promise<string | undefined> {
    const [, set, id] = /([a-z_\d]+)\(([0-9a-f-]{36})\)$/i.exec(url) ?? []
    if (set === undefined || id === undefined) return undefined
    const table = this.table(set)
    return this.insert(table, { [table.primaryId]: id })
  }

  /** The row that an expanded lookup shows. */
  async #related(value: JsonValue): Promise<string | undefined> {
    if (!isObject(value)) return undefined
    if (typeof value['@odata.id'] === 'string') return this.insertByUrl(value['@odata.id'])
    const table = this.tableOf(value)
    return table && this.insert(table, value)
  }
}

function isColumn(name: string): boolean {
  return !name.includes('@')
}

function columnFor(value: JsonValue) {
  if (typeof value === 'boolean') return { type: 'boolean' } as const
  if (typeof value === 'number')
    return Number.isInteger(value)
      ? ({ type: 'integer' } as const)
      : ({ type: 'decimal', precision: 10 } as const)
  if (typeof value === 'string' && guid.test(value)) return { type: 'guid' } as const
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return { type: 'datetime' } as const
  return { type: 'text', maxLength: 4000 } as const
}
