import type { CallOptions } from '../prepared-request.ts'

/** A table as the environment has it. */
export interface TableInfo {
  readonly logicalName: string
  readonly schemaName: string
  /** As in URLs; null for tables that the Web API does not show. */
  readonly entitySet: string | null
  readonly primaryId: string
  readonly primaryName: string | null
  /** In the user's language. */
  readonly label: string | undefined
  readonly isCustom: boolean
  /** Must be on for `changes()`. */
  readonly hasChangeTracking: boolean
  /** Must be on for `ifMatch` with an ETag and `getIfChanged`. */
  readonly hasOptimisticConcurrency: boolean
}

/** An option of a choice column. */
export interface ChoiceOption {
  readonly value: number
  /** In the user's language. */
  readonly label: string | undefined
  /** By language code: `{ 1033: 'Hot' }`. */
  readonly labels: Readonly<Record<number, string>>
  /** Of a status reason: the state it belongs to. */
  readonly state?: number
}

/** A column as the environment has it. Everything a customer may have changed is here, lengths and options above all. */
export interface ColumnInfo {
  readonly logicalName: string
  /** Its casing is that of the navigation properties of custom lookups. */
  readonly schemaName: string
  /** `'StringType'`, `'PicklistType'`, `'MultiSelectPicklistType'`, ... */
  readonly type: string
  /** `'None'`, `'Recommended'`, `'ApplicationRequired'`, `'SystemRequired'`; the API enforces only the last. */
  readonly requiredLevel: string
  /** In the user's language. */
  readonly label: string | undefined
  readonly isCustom: boolean
  readonly canCreate: boolean
  readonly canUpdate: boolean
  /** Through the Web API. */
  readonly canRead: boolean
  /**
   * A calculated, rollup or formula column. Its value changes without a change of its row.
   * @see https://learn.microsoft.com/power-apps/developer/data-platform/calculated-rollup-attributes
   */
  readonly isComputed: boolean
  /** The column that this one shows in other words: `parentcustomeridname` is one of `parentcustomerid`. */
  readonly attributeOf: string | undefined
  /** Of texts: characters. */
  readonly maxLength?: number
  /** Of texts, numbers and dates: `'Email'`, `'Phone'`, `'DateOnly'`, ... */
  readonly format?: string
  /** Of numbers. */
  readonly minValue?: number
  readonly maxValue?: number
  /** Of decimals and amounts: decimal places. */
  readonly precision?: number
  /** Of dates: `'UserLocal'`, `'DateOnly'`, `'TimeZoneIndependent'`. */
  readonly dateBehavior?: string
  /** Of lookups: the logical names of the tables they may refer to. */
  readonly targets?: readonly string[]
  /** Of choices, states, status reasons, and of yes/no columns as 1 and 0. */
  readonly options?: readonly ChoiceOption[]
}

/** A relationship seen from the table with the lookup. */
export interface LookupRelationship {
  readonly schemaName: string
  /** The lookup column. */
  readonly column: string
  readonly target: string
  /** For `@odata.bind` and `$expand`; case-sensitive. */
  readonly navigation: string
  /** The collection on the target's side. */
  readonly collection: string | null
}

/** A unique key besides the id. */
export interface KeyInfo {
  readonly logicalName: string
  readonly columns: readonly string[]
  /** Usable once it is `'Active'`. */
  readonly indexStatus: string
}

/** What an environment's tables look like. A change takes up to 30 seconds to show. */
export interface Metadata {
  /**
   * All tables. `GET /EntityDefinitions`, one request with one long answer.
   *
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const customTables = async (client: DynamicsClient) =>
   *   (await client.metadata.tables()).filter(({ isCustom }) => isCustom)
   */
  tables(options?: CallOptions): Promise<readonly TableInfo[]>

  /**
   * One table by logical name. `GET /EntityDefinitions(LogicalName='{name}')`
   *
   * @throws DynamicsError when there is no such table
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const isTracked = async (client: DynamicsClient) =>
   *   (await client.metadata.table('contact')).hasChangeTracking
   */
  table(logicalName: string, options?: CallOptions): Promise<TableInfo>

  /**
   * The columns of a table with lengths, ranges, targets and options.
   * `GET /EntityDefinitions(LogicalName='{name}')/Attributes` and one request for each kind of column, 14 in all.
   *
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const lengthOf = async (client: DynamicsClient, column: string) => {
   *   const columns = await client.metadata.columns('lead')
   *   return columns.find(({ logicalName }) => logicalName === column)?.maxLength
   * }
   */
  columns(logicalName: string, options?: CallOptions): Promise<readonly ColumnInfo[]>

  /**
   * The lookups of a table with their navigation properties.
   * `GET /EntityDefinitions(LogicalName='{name}')/ManyToOneRelationships`
   *
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const navigationOf = async (client: DynamicsClient, column: string) => {
   *   const lookups = await client.metadata.lookups('contact')
   *   return lookups.filter((lookup) => lookup.column === column).map(({ navigation }) => navigation)
   * }
   */
  lookups(logicalName: string, options?: CallOptions): Promise<readonly LookupRelationship[]>

  /**
   * The alternate keys of a table. `GET /EntityDefinitions(LogicalName='{name}')?$expand=Keys`
   *
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const usableKeys = async (client: DynamicsClient) =>
   *   (await client.metadata.keys('contact')).filter(({ indexStatus }) => indexStatus === 'Active')
   */
  keys(logicalName: string, options?: CallOptions): Promise<readonly KeyInfo[]>
}
