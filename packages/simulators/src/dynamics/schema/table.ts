/** Words of the metadata's AttributeTypeCode, in lower case, with the two kinds of dates and of texts apart. */
export type ColumnType =
  | 'text'
  | 'memo'
  | 'integer'
  | 'bigint'
  | 'decimal'
  | 'double'
  | 'money'
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'state'
  | 'status'
  | 'datetime'
  | 'date'
  | 'lookup'
  | 'customer'
  | 'owner'
  | 'guid'
  | 'entityname'
  | 'image'
  | 'managed'

export type RequiredLevel = 'None' | 'Recommended' | 'ApplicationRequired' | 'SystemRequired'

export interface Option {
  readonly value: number
  readonly label: string
  /** Of a status: the state it belongs to. */
  readonly state?: number
}

/** One table that a lookup may point to. */
export interface LookupTarget {
  readonly table: string
  /** Single-valued navigation property on the row that has the lookup; case-sensitive. */
  readonly navigation: string
  /** Schema name of the relationship; also the collection-valued navigation property on the target. */
  readonly relationship: string
  /** What deleting the target does to the row that has the lookup. */
  readonly onDelete: 'RemoveLink' | 'Cascade'
}

export interface Column {
  readonly schemaName: string
  readonly logicalName: string
  /** Name in JSON: `_parentcustomerid_value` for a lookup, else the logical name. */
  readonly property: string
  readonly type: ColumnType
  readonly label: string
  readonly required: RequiredLevel
  readonly validForCreate: boolean
  readonly validForUpdate: boolean
  readonly custom: boolean
  readonly maxLength?: number
  readonly format?: string
  readonly min?: number
  readonly max?: number
  readonly precision?: number
  readonly options?: readonly Option[]
  readonly optionLabels?: readonly [falseLabel: string, trueLabel: string]
  readonly targets?: readonly LookupTarget[]
  readonly default?: string | number | boolean
  /** 1 calculated, 2 rollup, 3 formula; only told by the metadata, nothing is computed. */
  readonly sourceType?: 1 | 2 | 3
  /** The column that this one shows in other words, such as the name of a lookup's row. */
  readonly attributeOf?: string
  /** False: in the metadata, and unknown to queries. */
  readonly validForOData?: false
  /** The server fills it with a new GUID when the row is created. */
  readonly generated?: true
  readonly behavior?: 'UserLocal' | 'DateOnly' | 'TimeZoneIndependent'
}

/** A column as a table definition writes it: what follows from the names is left out. */
export type ColumnDefinition = Pick<Column, 'type' | 'label'> &
  Partial<Omit<Column, 'schemaName' | 'logicalName' | 'property' | 'targets' | 'custom'>> & {
    /** Target table to relationship name. */
    readonly targets?: Readonly<Record<string, string>>
    /** Navigation property where it is not the lower-case logical name. */
    readonly navigation?: string
    readonly primary?: true
  }

export interface AlternateKey {
  readonly name: string
  readonly columns: readonly string[]
}

/** A table as its definition file writes it. Keys of `columns` are schema names. */
export interface TableDefinition {
  readonly schemaName: string
  readonly entitySetName: string
  readonly primaryName: string
  readonly objectTypeCode: number
  readonly label: string
  readonly pluralLabel: string
  /** Default `UserOwned`. */
  readonly ownership?: 'UserOwned' | 'BusinessOwned' | 'OrganizationOwned' | 'None'
  readonly activity?: boolean
  /** Default true. */
  readonly changeTracking?: boolean
  readonly custom?: boolean
  readonly columns: Readonly<Record<string, ColumnDefinition>>
  readonly keys?: readonly AlternateKey[]
}

export interface Table {
  readonly logicalName: string
  readonly schemaName: string
  readonly entitySetName: string
  readonly primaryId: string
  readonly primaryName: string
  readonly objectTypeCode: number
  readonly label: string
  readonly pluralLabel: string
  readonly ownership: 'UserOwned' | 'BusinessOwned' | 'OrganizationOwned' | 'None'
  readonly activity: boolean
  readonly custom: boolean
  changeTracking: boolean
  /** By logical name, in the order of the definition. */
  readonly columns: ReadonlyMap<string, Column>
  /** By name in JSON. */
  readonly properties: ReadonlyMap<string, Column>
  /** Single-valued navigation properties; their case counts. */
  readonly navigations: ReadonlyMap<string, { readonly column: Column; readonly target: LookupTarget }>
  readonly keys: readonly AlternateKey[]
}

/** A collection-valued navigation property: rows of `table` whose `column` points here. */
export interface Collection {
  readonly name: string
  readonly table: string
  readonly column: Column
}

export interface ManyToMany {
  readonly schemaName: string
  /** Logical name of the table that holds the pairs. */
  readonly intersect: string
  readonly first: { readonly table: string; readonly navigation: string }
  readonly second: { readonly table: string; readonly navigation: string }
}
