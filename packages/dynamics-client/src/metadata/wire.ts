import * as z from 'zod'
import type { ChoiceOption, ColumnInfo, KeyInfo, LookupRelationship, TableInfo } from './metadata.ts'

/** What of the metadata's JSON this client uses, and how it becomes ours. */

const localizedLabel = z.looseObject({ Label: z.string(), LanguageCode: z.int() })
const label = z
  .looseObject({
    LocalizedLabels: z.array(localizedLabel).nullish(),
    UserLocalizedLabel: localizedLabel.nullish(),
  })
  .nullish()

const labelText = (value: z.output<typeof label>): string | undefined => value?.UserLocalizedLabel?.Label

export const tableSelect =
  'LogicalName,SchemaName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,DisplayName,IsCustomEntity,ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled'

export const tableWire = z.looseObject({
  LogicalName: z.string(),
  SchemaName: z.string(),
  EntitySetName: z.string().nullish(),
  PrimaryIdAttribute: z.string(),
  PrimaryNameAttribute: z.string().nullish(),
  DisplayName: label,
  IsCustomEntity: z.boolean().nullish(),
  ChangeTrackingEnabled: z.boolean().nullish(),
  IsOptimisticConcurrencyEnabled: z.boolean().nullish(),
})

export const toTableInfo = (wire: z.output<typeof tableWire>): TableInfo => ({
  logicalName: wire.LogicalName,
  schemaName: wire.SchemaName,
  entitySet: wire.EntitySetName ?? null,
  primaryId: wire.PrimaryIdAttribute,
  primaryName: wire.PrimaryNameAttribute ?? null,
  label: labelText(wire.DisplayName),
  isCustom: wire.IsCustomEntity ?? false,
  hasChangeTracking: wire.ChangeTrackingEnabled ?? false,
  hasOptimisticConcurrency: wire.IsOptimisticConcurrencyEnabled ?? false,
})

export const columnSelect =
  'LogicalName,SchemaName,AttributeType,AttributeTypeName,RequiredLevel,IsValidForCreate,IsValidForUpdate,IsValidForRead,IsCustomAttribute,DisplayName,AttributeOf,SourceType,IsValidODataAttribute'

const managed = z.looseObject({ Value: z.string() })

export const columnWire = z.looseObject({
  LogicalName: z.string(),
  SchemaName: z.string(),
  AttributeType: z.string().nullish(),
  AttributeTypeName: managed.nullish(),
  RequiredLevel: managed.nullish(),
  IsValidForCreate: z.boolean().nullish(),
  IsValidForUpdate: z.boolean().nullish(),
  IsValidForRead: z.boolean().nullish(),
  IsCustomAttribute: z.boolean().nullish(),
  DisplayName: label,
  AttributeOf: z.string().nullish(),
  SourceType: z.int().nullish(),
  IsValidODataAttribute: z.boolean().nullish(),
})

export const toColumnInfo = (wire: z.output<typeof columnWire>): ColumnInfo => ({
  logicalName: wire.LogicalName,
  schemaName: wire.SchemaName,
  type: wire.AttributeTypeName?.Value ?? `${wire.AttributeType ?? 'Virtual'}Type`,
  requiredLevel: wire.RequiredLevel?.Value ?? 'None',
  label: labelText(wire.DisplayName),
  isCustom: wire.IsCustomAttribute ?? false,
  canCreate: wire.IsValidForCreate ?? false,
  canUpdate: wire.IsValidForUpdate ?? false,
  canRead: (wire.IsValidForRead ?? true) && (wire.IsValidODataAttribute ?? true),
  isComputed: (wire.SourceType ?? 0) !== 0,
  attributeOf: wire.AttributeOf ?? undefined,
})

const optionWire = z.looseObject({ Value: z.int(), Label: label, State: z.int().nullish() })
const optionSetWire = z
  .looseObject({
    Options: z.array(optionWire).nullish(),
    TrueOption: optionWire.nullish(),
    FalseOption: optionWire.nullish(),
  })
  .nullish()

const toOption = ({ Value, Label, State }: z.output<typeof optionWire>): ChoiceOption => ({
  value: Value,
  label: labelText(Label),
  labels: Object.fromEntries((Label?.LocalizedLabels ?? []).map((each) => [each.LanguageCode, each.Label])),
  ...(typeof State === 'number' ? { state: State } : {}),
})

const optionsOf = (set: z.output<typeof optionSetWire>): readonly ChoiceOption[] =>
  [set?.FalseOption, set?.TrueOption, ...(set?.Options ?? [])]
    .filter((option) => option != null)
    .map(toOption)

/** What the requests for one kind of column add. */
export const detailWire = z.looseObject({
  LogicalName: z.string(),
  MaxLength: z.int().nullish(),
  Format: z.string().nullish(),
  FormatName: managed.nullish(),
  MinValue: z.number().nullish(),
  MaxValue: z.number().nullish(),
  Precision: z.int().nullish(),
  DateTimeBehavior: managed.nullish(),
  Targets: z.array(z.string()).nullish(),
  OptionSet: optionSetWire,
  GlobalOptionSet: optionSetWire,
})

type Details = Pick<
  ColumnInfo,
  'maxLength' | 'format' | 'minValue' | 'maxValue' | 'precision' | 'dateBehavior' | 'targets' | 'options'
>

const present = <Key extends string, Value>(key: Key, value: Value | null | undefined) =>
  value == null ? {} : { [key]: value }

export const toDetails = (wire: z.output<typeof detailWire>): Details => ({
  ...present('maxLength', wire.MaxLength),
  ...present('format', wire.FormatName?.Value ?? wire.Format),
  ...present('minValue', wire.MinValue),
  ...present('maxValue', wire.MaxValue),
  ...present('precision', wire.Precision),
  ...present('dateBehavior', wire.DateTimeBehavior?.Value),
  ...present('targets', wire.Targets),
  // A column with a global choice has its options there, and none of its own.
  ...(wire.OptionSet == null && wire.GlobalOptionSet == null
    ? {}
    : { options: optionsOf(wire.OptionSet ?? wire.GlobalOptionSet) }),
})

export const relationshipSelect =
  'SchemaName,ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName,ReferencedEntityNavigationPropertyName'

export const relationshipWire = z.looseObject({
  SchemaName: z.string(),
  ReferencingAttribute: z.string(),
  ReferencedEntity: z.string(),
  ReferencingEntityNavigationPropertyName: z.string(),
  ReferencedEntityNavigationPropertyName: z.string().nullish(),
})

export const toLookupRelationship = (wire: z.output<typeof relationshipWire>): LookupRelationship => ({
  schemaName: wire.SchemaName,
  column: wire.ReferencingAttribute,
  target: wire.ReferencedEntity,
  navigation: wire.ReferencingEntityNavigationPropertyName,
  collection: wire.ReferencedEntityNavigationPropertyName ?? null,
})

export const keyWire = z.looseObject({
  LogicalName: z.string(),
  KeyAttributes: z.array(z.string()),
  EntityKeyIndexStatus: z.string().nullish(),
})

export const toKeyInfo = (wire: z.output<typeof keyWire>): KeyInfo => ({
  logicalName: wire.LogicalName,
  columns: wire.KeyAttributes,
  indexStatus: wire.EntityKeyIndexStatus ?? 'Unknown',
})
