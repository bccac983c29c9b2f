import { checkDefinition } from '../check/check-definition.ts'
import { InvalidDefinitionError } from '../check/invalid-definition-error.ts'
import { deepFreeze } from '../json/freeze.ts'
import type { Schema } from '../schema/schema.ts'
import type { CheckMapping } from './check-types.ts'
import type { CreateInDynamics, Guards, SyncDefinition } from './definition.ts'
import type { Direction, FieldMapping } from './field-mapping.ts'

type Mappings = readonly FieldMapping<string, string, Record<never, never>>[]

/** One entity of a definition, as it is written. */
export interface EntityInput<S extends Schema, D extends Direction, F extends Mappings> {
  readonly direction: D
  /** Default: `never`. */
  readonly createInDynamics?: CreateInDynamics
  readonly fields: F & { readonly [K in keyof F]: CheckMapping<S, 'contacts', D, F[K]> }
}

/** A definition, as it is written. */
export interface SyncInput<S extends Schema, CD extends Direction, CF extends Mappings> {
  readonly contacts?: EntityInput<S, CD, CF>
  readonly guards?: Guards
}

/**
 * Says what shall be in sync. A mapping that makes no sense in the schema does not compile; what the compiler
 * cannot see is checked when the function runs. The result is plain JSON, frozen.
 *
 * @throws InvalidDefinitionError with every problem at once.
 *
 * @example
 * ```ts
 * import { defineSync, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * export const definition = defineSync(standardSchema, {
 *   contacts: {
 *     direction: 'bidirectional',
 *     fields: [...standardMappings.contacts],
 *   },
 * })
 * ```
 */
export const defineSync = <S extends Schema, const CD extends Direction, const CF extends Mappings>(
  schema: S,
  definition: SyncInput<S, CD, CF>,
): SyncDefinition => {
  const checked = checkDefinition(definition, schema)
  if (!checked.ok) throw new InvalidDefinitionError(checked.diagnostics)
  return deepFreeze(checked.definition)
}
