import type { Column, ColumnType, Table } from '../schema/table.ts'
import { label, managed, metadataId } from './label.ts'

export type Json = Readonly<Record<string, unknown>>

/** AttributeType, AttributeTypeName and the metadata type of each kind of column. */
const kinds: Readonly<Record<ColumnType, readonly [code: string, name: string, metadata: string]>> = {
  text: ['String', 'StringType', 'StringAttributeMetadata'],
  memo: ['Memo', 'MemoType', 'MemoAttributeMetadata'],
  integer: ['Integer', 'IntegerType', 'IntegerAttributeMetadata'],
  bigint: ['BigInt', 'BigIntType', 'BigIntAttributeMetadata'],
  decimal: ['Decimal', 'DecimalType', 'DecimalAttributeMetadata'],
  double: ['Double', 'DoubleType', 'DoubleAttributeMetadata'],
  money: ['Money', 'MoneyType', 'MoneyAttributeMetadata'],
  boolean: ['Boolean', 'BooleanType', 'BooleanAttributeMetadata'],
  choice: ['Picklist', 'PicklistType', 'PicklistAttributeMetadata'],
  choices: ['Virtual', 'MultiSelectPicklistType', 'MultiSelectPicklistAttributeMetadata'],
  state: ['State', 'StateType', 'StateAttributeMetadata'],
  status: ['Status', 'StatusType', 'StatusAttributeMetadata'],
  datetime: ['DateTime', 'DateTimeType', 'DateTimeAttributeMetadata'],
  date: ['DateTime', 'DateTimeType', 'DateTimeAttributeMetadata'],
  lookup: ['Lookup', 'LookupType', 'LookupAttributeMetadata'],
  customer: ['Customer', 'CustomerType', 'LookupAttributeMetadata'],
  owner: ['Owner', 'OwnerType', 'LookupAttributeMetadata'],
  guid: ['Uniqueidentifier', 'UniqueidentifierType', 'UniqueIdentifierAttributeMetadata'],
  entityname: ['EntityName', 'EntityNameType', 'EntityNameAttributeMetadata'],
  managed: ['ManagedProperty', 'ManagedPropertyType', 'ManagedPropertyAttributeMetadata'],
  image: ['Virtual', 'ImageType', 'ImageAttributeMetadata'],
}

export const metadataType = (column: Column): string => kinds[column.type][2]

/** Some columns hold an instant and show only its date, such as `overriddencreatedon`. */
const dateFormat = (column: Column): string => (column.format === 'DateOnly' ? 'DateOnly' : 'DateAndTime')

function specifics(column: Column): Json {
  const computed = { SourceTypeMask: 0, FormulaDefinition: '' }
  const range = { MinValue: column.min ?? null, MaxValue: column.max ?? null }
  switch (column.type) {
    case 'text':
      return {
        Format: column.format ?? 'Text',
        ImeMode: 'Auto',
        MaxLength: column.maxLength ?? 100,
        YomiOf: null,
        IsLocalizable: false,
        DatabaseLength: (column.maxLength ?? 100) * 2,
        ...computed,
        FormatName: { Value: column.format ?? 'Text' },
      }
    case 'memo':
      return {
        Format: 'TextArea',
        ImeMode: 'Auto',
        MaxLength: column.maxLength ?? 2000,
        IsLocalizable: false,
        FormatName: { Value: 'TextArea' },
      }
    case 'integer':
      return { Format: 'None', ...range, ...computed }
    case 'bigint':
      return { MaxValue: '9223372036854775807', MinValue: '-9223372036854775808' }
    case 'decimal':
      return { ...range, Precision: column.precision ?? 2, ImeMode: 'Auto', ...computed }
    case 'double':
      return { ImeMode: 'Auto', ...range, Precision: column.precision ?? 2 }
    case 'money':
      return {
        ImeMode: 'Disabled',
        ...range,
        Precision: column.precision ?? 2,
        PrecisionSource: 2,
        CalculationOf: column.logicalName.endsWith('_base')
          ? column.logicalName.slice(0, -'_base'.length)
          : null,
        IsBaseCurrency: column.logicalName.endsWith('_base'),
        ...computed,
      }
    case 'boolean':
      return { DefaultValue: column.default === true, ...computed }
    case 'choice':
    case 'choices':
      return {
        DefaultFormValue: column.default ?? -1,
        ParentPicklistLogicalName: null,
        ChildPicklistLogicalNames: [],
        ...computed,
      }
    case 'state':
    case 'status':
      return { DefaultFormValue: column.type === 'state' ? 0 : null }
    case 'datetime':
    case 'date':
      return {
        Format: column.type === 'date' ? 'DateOnly' : dateFormat(column),
        ImeMode: 'Inactive',
        MinSupportedValue: '1753-01-01T00:00:00Z',
        MaxSupportedValue: '9999-12-30T23:59:59Z',
        ...computed,
        DateTimeBehavior: { Value: column.behavior ?? 'UserLocal' },
        CanChangeDateTimeBehavior: managed(true, 'canchangedatetimebehavior', false),
      }
    case 'lookup':
    case 'customer':
    case 'owner':
      return { Targets: column.targets?.map(({ table }) => table) ?? [], Format: 'None' }
    default:
      return {}
  }
}

function optionSet(table: Table, column: Column): Json | undefined {
  const name = `${table.logicalName}_${column.logicalName}`
  const common = {
    MetadataId: metadataId(`options ${name}`),
    HasChanged: null,
    IsCustomOptionSet: column.custom,
    IsGlobal: false,
    IsManaged: !column.custom,
    Name: name,
    ExternalTypeName: null,
    IntroducedVersion: '5.0.0.0',
    Description: label(undefined, ''),
    DisplayName: label(column.label, `options ${name}`),
    IsCustomizable: managed(true, 'iscustomizable'),
  }
  const option = (value: number, text: string): Json => ({
    Value: value,
    Color: null,
    IsManaged: !column.custom,
    ExternalValue: '',
    ParentValues: [],
    Tag: null,
    IsHidden: false,
    MetadataId: null,
    HasChanged: null,
    Label: label(text, `option ${name} ${value}`),
    Description: label(undefined, ''),
  })
  if (column.type === 'boolean') {
    const [no, yes] = column.optionLabels ?? ['No', 'Yes']
    return { ...common, OptionSetType: 'Boolean', TrueOption: option(1, yes), FalseOption: option(0, no) }
  }
  if (column.options === undefined) return undefined
  const types: Readonly<Partial<Record<ColumnType, string>>> = { state: 'State', status: 'Status' }
  return {
    ...common,
    OptionSetType: types[column.type] ?? 'Picklist',
    Options: column.options.map(({ value, label: text, state }) => ({
      ...option(value, text),
      ...(column.type === 'status' ? { State: state } : {}),
      ...(column.type === 'state'
        ? {
            DefaultStatus: table.columns.get('statuscode')?.options?.find((status) => status.state === value)
              ?.value,
            InvariantName: text,
          }
        : {}),
    })),
  }
}

/** A column as `Attributes` shows it. `OptionSet` and `GlobalOptionSet` come only when they are expanded. */
export function describeColumn(table: Table, column: Column): Json {
  const [code, name, metadata] = kinds[column.type]
  const at = `${table.logicalName}.${column.logicalName}`
  const primaryName = column.logicalName === table.primaryName
  return {
    '@odata.type': `#Microsoft.Dynamics.CRM.${metadata}`,
    AttributeOf: column.attributeOf ?? null,
    AttributeType: code,
    ColumnNumber: [...table.columns.keys()].indexOf(column.logicalName) + 1,
    DeprecatedVersion: null,
    IntroducedVersion: '5.0.0.0',
    EntityLogicalName: table.logicalName,
    IsCustomAttribute: column.custom,
    IsPrimaryId: column.logicalName === table.primaryId,
    IsValidODataAttribute: column.validForOData ?? true,
    IsPrimaryName: primaryName,
    IsValidForCreate: column.validForCreate,
    IsValidForRead: true,
    IsValidForUpdate: column.validForUpdate,
    CanBeSecuredForRead: column.custom,
    CanBeSecuredForCreate: column.custom,
    CanBeSecuredForUpdate: column.custom,
    IsSecured: false,
    IsRetrievable: true,
    IsFilterable: true,
    IsSearchable: primaryName,
    IsManaged: !column.custom,
    LinkedAttributeId: null,
    LogicalName: column.logicalName,
    IsValidForForm: column.validForUpdate,
    IsRequiredForForm: false,
    IsValidForGrid: true,
    SchemaName: column.schemaName,
    ExternalName: null,
    IsLogical: false,
    IsDataSourceSecret: false,
    InheritsFrom: null,
    CreatedOn: '1900-01-01T00:00:00Z',
    ModifiedOn: '1900-01-01T00:00:00Z',
    SourceType: column.sourceType ?? 0,
    AutoNumberFormat: '',
    MetadataId: metadataId(at),
    HasChanged: null,
    AttributeTypeName: { Value: name },
    Description: label(undefined, ''),
    DisplayName: label(column.label, at),
    IsAuditEnabled: managed(true, 'canmodifyauditsettings'),
    IsGlobalFilterEnabled: managed(false, 'canmodifyglobalfiltersettings'),
    IsSortableEnabled: managed(true, 'canmodifyissortablesettings'),
    IsCustomizable: managed(true, 'iscustomizable', false),
    IsRenameable: managed(true, 'isrenameable', false),
    IsValidForAdvancedFind: managed(true, 'canmodifysearchsettings'),
    RequiredLevel: managed(column.required, 'canmodifyrequirementlevelsettings'),
    CanModifyAdditionalSettings: managed(true, 'canmodifyadditionalsettings', false),
    ...specifics(column),
  }
}

/** What `$expand` may add to a column. */
export function expandColumn(table: Table, column: Column): Json {
  return { OptionSet: optionSet(table, column) ?? null, GlobalOptionSet: null }
}
