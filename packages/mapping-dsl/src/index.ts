export type { CheckOptions } from './check/check-context.ts'
export { type CheckedDefinition, checkDefinition } from './check/check-definition.ts'
export type { Diagnostic } from './check/diagnostic.ts'
export { InvalidDefinitionError } from './check/invalid-definition-error.ts'
export { type Compatible, compatibility, type Flow } from './codec/compatibility.ts'
export { explainPair, type PairExplanation } from './codec/explain-pair.ts'
export type { ConversionCode, ConversionProblem, Converted, Fields, FieldValue } from './codec/value.ts'
export { compileDefinition } from './compile/compile-definition.ts'
export type {
  CompiledDefinition,
  CompiledEntity,
  CompiledField,
  CompiledObject,
  CompiledRelation,
  MatchRule,
} from './compile/compiled.ts'
export type { Currencies } from './compile/read-row.ts'
export type { ActiveCampaignQuery, ContactParameters, NamedIds } from './criteria/active-campaign-query.ts'
export {
  type ActiveCampaignCriteria,
  ClockMissingError,
  type CompiledCriteria,
  type DynamicsCriteria,
} from './criteria/compile-criteria.ts'
export { criteria } from './criteria/criteria.ts'
export type { Criterion } from './criteria/criterion.ts'
export type { ODataFilter } from './criteria/odata.ts'
export type { ConditionOn, Span, Where } from './criteria/where.ts'
export type { MappingError } from './definition/check-types.ts'
export {
  defineSync,
  type EntityInput,
  type OpportunitiesInput,
  type SyncInput,
} from './definition/define-sync.ts'
export type {
  Conditions,
  CreateInDynamics,
  DeletedInActiveCampaignPolicy,
  DeletedInDynamicsPolicy,
  EntityDefinition,
  EveryHours,
  Guards,
  InitialSync,
  LeavingPolicy,
  MatchPair,
  OpportunitiesDefinition,
  OptOutDefinition,
  SharedEmailPolicy,
  SyncDefinition,
} from './definition/definition.ts'
export { definitionJsonSchema } from './definition/definition-json-schema.ts'
export {
  type BlankPolicy,
  type ConflictPolicy,
  type Direction,
  type FieldMapping,
  type MapOptions,
  map,
  type ObjectFieldType,
  type TransformCall,
} from './definition/field-mapping.ts'
export { standardMappings } from './definition/standard-mappings.ts'
export { StandardMappingError, switchStandardMapping } from './definition/switch-standard-mapping.ts'
export type { WrittenDefinition, WrittenEntity } from './definition/written-definition.ts'
export { compatibilityReport, type FieldCompatibility } from './describe/compatibility-report.ts'
export { type CompatibleChoice, compatibleColumns, compatibleFields } from './describe/compatible-fields.ts'
export { describeCompatibility } from './describe/describe-compatibility.ts'
export { describeDefinition } from './describe/describe-definition.ts'
export { type ChangeEffect, type DefinitionChange, diffDefinitions } from './describe/diff-definitions.ts'
export {
  type Access,
  type Column,
  type Columns,
  type ColumnType,
  column,
  usualNavigation,
} from './schema/column.ts'
export type { EntityName } from './schema/entity.ts'
export { type Field, type FieldSet, type FieldType, field } from './schema/field.ts'
export {
  defineSchema,
  type ExtendedSchema,
  extendSchema,
  type Schema,
  type SchemaExtension,
} from './schema/schema.ts'
export { describeDrift, type SchemaDrift, schemaDrift } from './schema/schema-drift.ts'
export { standardSchema } from './schema/standard-schema.ts'
export { builtInTransforms } from './transform/built-in.ts'
export type {
  Registry,
  Transform,
  TransformParameters,
  TransformRefusal,
  TransformStep,
} from './transform/transform.ts'
