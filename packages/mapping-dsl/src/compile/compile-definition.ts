import type { CheckOptions } from '../check/check-context.ts'
import { checkDefinition } from '../check/check-definition.ts'
import { InvalidDefinitionError } from '../check/invalid-definition-error.ts'
import { type EntityDefinition, entityOf, type SyncDefinition } from '../definition/definition.ts'
import type { WrittenDefinition } from '../definition/written-definition.ts'
import { contentHash } from '../json/canonical.ts'
import { deepFreeze } from '../json/freeze.ts'
import { entityNames } from '../schema/entity.ts'
import type { Schema } from '../schema/schema.ts'
import { nameOf } from '../transform/apply-transforms.ts'
import { builtInTransforms, findTransform } from '../transform/built-in.ts'
import type { Registry } from '../transform/transform.ts'
import { compileEntities, typedMappings } from './compile-entity.ts'
import type { CompiledDefinition, CompiledEntity } from './compiled.ts'

/** The transforms of the host that the definition names, with their versions. */
const hostTransforms = (
  entities: readonly EntityDefinition[],
  registry: Registry | undefined,
): Readonly<Record<string, number>> => {
  const named = entities.flatMap(({ fields }) => fields.flatMap(({ via = [] }) => via.map(nameOf)))
  return Object.fromEntries(
    named
      .filter((name) => !Object.hasOwn(builtInTransforms, name))
      .map((name) => [name, findTransform(name, registry)?.version ?? 1]),
  )
}

/** What of the schema and the host decides how the definition behaves: the types of what it maps, the values it compares with. */
const meaning = (
  definition: SyncDefinition,
  schema: Schema,
  registry: Registry | undefined,
  entities: readonly CompiledEntity[],
) => ({
  transforms: hostTransforms(
    entityNames.flatMap((name) => entityOf(definition, name) ?? []),
    registry,
  ),
  types: entityNames.map((name) => {
    const entity = entityOf(definition, name)
    return entity === undefined
      ? []
      : typedMappings({ name, entity, schema }).map(({ column, field }) => [column, field])
  }),
  criteria: entities.map(({ scope, inboundScope }) => [scope.criterion, inboundScope.criterion]),
})

/**
 * Turns a definition into the form the planner uses: checked, frozen, conversions and criteria built once.
 *
 * @param registry Transforms of the host that the definition names.
 * @throws InvalidDefinitionError with every problem at once.
 *
 * @example
 * ```ts
 * import { compileDefinition, defineSync, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * const definition = defineSync(standardSchema, {
 *   contacts: { direction: 'outbound', fields: [...standardMappings.contacts] },
 * })
 * export const compiled = compileDefinition(definition, standardSchema)
 * ```
 */
export const compileDefinition = (
  definition: WrittenDefinition,
  schema: Schema,
  registry?: Registry,
): CompiledDefinition => {
  const options: CheckOptions = registry === undefined ? {} : { registry }
  const checked = checkDefinition(definition, schema, options)
  if (!checked.ok) throw new InvalidDefinitionError(checked.diagnostics)
  const { definition: sound } = checked
  const entities = compileEntities(sound, schema, registry)
  const { schedule, guards, initialSync, ...ofRecords } = sound
  const means = meaning(sound, schema, registry, entities)
  return deepFreeze({
    hash: contentHash({ definition: { ...ofRecords, guards, initialSync }, ...means }),
    recordsHash: contentHash({ definition: ofRecords, ...means }),
    entities,
    sharedContact: sound.sharedContact,
    optOut: sound.optOut,
    tags: sound.tags,
    initialSync,
    guards,
    schedule,
  })
}
