export { type CheckedDefinition, checkDefinition } from './check/check-definition.ts'
export type { Diagnostic } from './check/diagnostic.ts'
export { InvalidDefinitionError } from './check/invalid-definition-error.ts'
export { type Compatible, compatibility, type Flow } from './codec/compatibility.ts'
export type { ConversionCode, ConversionProblem, Converted, Fields, FieldValue } from './codec/value.ts'
export { compileDefinition } from './compile/compile-definition.ts'
export type { CompiledDefinition, CompiledEntity, CompiledField, MatchRule } from './compile/compiled.ts'
export type { MappingError } from './definition/check-types.ts'
export { defineSync, type EntityInput, type SyncInput } from './definition/define-sync.ts'
export type { CreateInDynamics, EntityDefinition, Guards, SyncDefinition } from './definition/definition.ts'
export {
  type BlankPolicy,
  type ConflictPolicy,
  type Direction,
  type FieldMapping,
  type MapOptions,
  map,
} from './definition/field-mapping.ts'
export { standardMappings } from './definition/standard-mappings.ts'
export { type Access, type Column, type Columns, column } from './schema/column.ts'
export type { EntityName } from './schema/entity.ts'
export { type Field, type FieldSet, field } from './schema/field.ts'
export {
  defineSchema,
  type ExtendedSchema,
  extendSchema,
  type Schema,
  type SchemaExtension,
} from './schema/schema.ts'
export { standardSchema } from './schema/standard-schema.ts'
