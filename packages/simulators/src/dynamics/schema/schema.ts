import type {
  Collection,
  Column,
  ColumnDefinition,
  LookupTarget,
  ManyToMany,
  Table,
  TableDefinition,
} from './table.ts'

/** The tables of an environment and what is found by their names. */
export interface Schema {
  readonly tables: ReadonlyMap<string, Table>
  readonly manyToMany: readonly ManyToMany[]
  /** By entity set name, case counting. */
  bySet(entitySetName: string): Table | undefined
  /** Collection-valued navigation properties of a table, by name. */
  collections(table: string): ReadonlyMap<string, Collection>
  /** Many-to-many navigation of `table` called `name`: the relationship, and which side the table is on. */
  manyToManyOf(
    table: string,
    name: string,
  ): { readonly relationship: ManyToMany; readonly side: 'first' | 'second' } | undefined
  define(definition: TableDefinition): Table
  addColumn(table: string, schemaName: string, definition: ColumnDefinition): Column
  addKey(table: string, name: string, columns: readonly string[]): void
  relate(relationship: ManyToMany): void
}

type Mutable<Part> = { -readonly [Key in keyof Part]: Part[Key] }
type TableParts = Mutable<Table> & {
  readonly columns: Map<string, Column>
  readonly properties: Map<string, Column>
  readonly navigations: Map<string, { readonly column: Column; readonly target: LookupTarget }>
}

const lookups = new Set(['lookup', 'customer', 'owner'])
export const isLookup = (column: Column): boolean => lookups.has(column.type)

/** Relationship names that follow a rule in every table: who made it, who owns it, its currency. */
const ruledRelationship = (table: string, column: string, target: string): string => {
  if (column === 'ownerid') return target === 'team' ? `team_${table}s` : `owner_${table}s`
  if (column === 'owninguser') return `user_${table}`
  if (column === 'owningteam') return `team_${table}`
  if (column === 'owningbusinessunit') return `business_unit_${table}s`
  if (column === 'transactioncurrencyid') return `transactioncurrency_${table}`
  if (target === 'systemuser') return `lk_${table}base_${column}`
  return `${target}_${table}_${column}`
}

/** Children that go with their parent; everything else is only unlinked (CascadeConfiguration of the relationship). */
const cascades = new Set([
  'regardingobjectid',
  'objectid',
  'activityid',
  'record1id',
  'record2id',
  'parentcustomerid',
  'customerid',
])

function toColumn(
  table: TableParts,
  schemaName: string,
  definition: ColumnDefinition,
  custom: boolean,
): Column {
  const { targets, navigation, primary: _, ...rest } = definition
  const logicalName = schemaName.toLowerCase()
  const base = custom ? schemaName : logicalName
  const names = Object.entries(targets ?? {})
  return {
    required: 'None',
    validForCreate: true,
    validForUpdate: true,
    ...rest,
    schemaName,
    logicalName,
    property: lookups.has(definition.type) ? `_${logicalName}_value` : logicalName,
    custom,
    ...(targets === undefined
      ? {}
      : {
          targets: names.map(([target, relationship]) => ({
            table: target,
            navigation: navigationName(table, definition, navigation ?? base, target, names.length),
            relationship:
              relationship === '' ? ruledRelationship(table.logicalName, logicalName, target) : relationship,
            onDelete: cascades.has(logicalName) ? ('Cascade' as const) : ('RemoveLink' as const),
          })),
        }),
  }
}

/** Polymorphic lookups have one property per target; that of an activity's regarding names the activity too. */
function navigationName(
  table: Table,
  definition: ColumnDefinition,
  base: string,
  target: string,
  targets: number,
): string {
  if (definition.type === 'owner' || targets === 1) return base
  return table.activity && base === 'regardingobjectid'
    ? `${base}_${target}_${table.logicalName}`
    : `${base}_${target}`
}

function addColumnTo(
  table: TableParts,
  schemaName: string,
  definition: ColumnDefinition,
  custom: boolean,
): Column {
  const column = toColumn(table, schemaName, definition, custom)
  table.columns.set(column.logicalName, column)
  table.properties.set(column.property, column)
  for (const target of column.targets ?? []) {
    if (!table.navigations.has(target.navigation))
      table.navigations.set(target.navigation, { column, target })
  }
  if (column.type === 'money' && !column.logicalName.endsWith('_base')) {
    addColumnTo(
      table,
      `${schemaName}_Base`,
      {
        type: 'money',
        label: `${column.label} (Base)`,
        precision: 4,
        validForCreate: false,
        validForUpdate: false,
      },
      custom,
    )
  }
  return column
}

export function createSchema(
  definitions: readonly TableDefinition[],
  relationships: readonly ManyToMany[],
): Schema {
  const tables = new Map<string, TableParts>()
  const sets = new Map<string, TableParts>()
  const manyToMany = [...relationships]
  const collections = new Map<string, Map<string, Collection>>()

  const link = (table: Table, column: Column): void => {
    for (const target of column.targets ?? []) {
      const known = collections.get(target.table) ?? new Map<string, Collection>()
      known.set(target.relationship, { name: target.relationship, table: table.logicalName, column })
      collections.set(target.table, known)
    }
  }

  const named = (name: string): TableParts => {
    const table = tables.get(name)
    if (table === undefined) throw new Error(`There is no table ${name}; define it with defineTable first.`)
    return table
  }

  const define = (definition: TableDefinition): Table => {
    const logicalName = definition.schemaName.toLowerCase()
    const primary = Object.entries(definition.columns).find(([, column]) => column.primary)
    const idName = primary?.[0] ?? `${definition.schemaName}Id`
    const table: TableParts = {
      ...definition,
      logicalName,
      primaryId: idName.toLowerCase(),
      ownership: definition.ownership ?? 'UserOwned',
      activity: definition.activity ?? false,
      custom: definition.custom ?? false,
      changeTracking: definition.changeTracking ?? true,
      columns: new Map(),
      properties: new Map(),
      navigations: new Map(),
      keys: definition.keys ?? [],
    }
    if (primary === undefined) {
      addColumnTo(
        table,
        idName,
        { type: 'guid', label: definition.label, required: 'SystemRequired', validForUpdate: false },
        false,
      )
    }
    for (const [schemaName, column] of Object.entries(definition.columns)) {
      const custom = table.custom && schemaName.includes('_') && schemaName !== idName
      for (const added of [addColumnTo(table, schemaName, column, custom)]) link(table, added)
    }
    tables.set(logicalName, table)
    sets.set(table.entitySetName, table)
    return table
  }

  for (const definition of definitions) define(definition)
  return {
    tables,
    manyToMany,
    bySet: (name) => sets.get(name),
    collections: (table) => collections.get(table) ?? new Map(),
    manyToManyOf(table, name) {
      for (const relationship of manyToMany) {
        if (relationship.first.table === table && relationship.first.navigation === name) {
          return { relationship, side: 'first' }
        }
        if (relationship.second.table === table && relationship.second.navigation === name) {
          return { relationship, side: 'second' }
        }
      }
      return undefined
    },
    define,
    addColumn(tableName, schemaName, definition) {
      const table = named(tableName)
      const column = addColumnTo(table, schemaName, definition, true)
      link(table, column)
      return column
    },
    addKey(tableName, name, columns) {
      const table = named(tableName)
      table.keys = [...table.keys, { name, columns }]
    },
    relate: (relationship) => {
      manyToMany.push(relationship)
    },
  }
}
