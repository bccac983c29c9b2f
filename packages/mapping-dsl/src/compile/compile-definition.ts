import { checkDefinition } from '../check/check-definition.ts'
import { InvalidDefinitionError } from '../check/invalid-definition-error.ts'
import { read } from '../codec/codec.ts'
import { pairConversion } from '../codec/pair.ts'
import { emailText } from '../codec/text-codecs.ts'
import type { Fields } from '../codec/value.ts'
import { type EntityDefinition, entitiesOf, type SyncDefinition } from '../definition/definition.ts'
import type { ConflictPolicy, Direction, FieldMapping } from '../definition/field-mapping.ts'
import { contentHash } from '../json/canonical.ts'
import { deepFreeze } from '../json/freeze.ts'
import { type EntityName, placeOf } from '../schema/entity.ts'
import { columnsFor, fieldsFor } from '../schema/lookup.ts'
import type { Schema } from '../schema/schema.ts'
import type { CompiledDefinition, CompiledEntity, CompiledField, MatchRule } from './compiled.ts'

/** A field that flows one way is owned by its source. */
const conflictOf = (direction: Direction): ConflictPolicy =>
  direction === 'inbound' ? 'activeCampaignWins' : 'dynamicsWins'

const compileField = (
  mapping: FieldMapping,
  entity: EntityDefinition,
  name: EntityName,
  schema: Schema,
): readonly CompiledField[] => {
  const column = columnsFor(schema, name)[mapping.dynamics]
  const field = fieldsFor(schema, name)[mapping.activeCampaign]
  if (column === undefined || field === undefined) return []
  const conversion = pairConversion(column, field, placeOf[name], mapping.choices)
  if (conversion === undefined) return []
  const direction = mapping.direction ?? entity.direction
  return [
    {
      key: `${mapping.dynamics}:${mapping.activeCampaign}`,
      dynamics: mapping.dynamics,
      activeCampaign: mapping.activeCampaign,
      direction,
      conflict: mapping.conflict ?? conflictOf(direction),
      blank: mapping.blank ?? 'ignoreBlank',
      sensitive: mapping.sensitive ?? false,
      ...conversion,
    },
  ]
}

const emailKey =
  (name: string) =>
  (fields: Fields): string | undefined => {
    const value = fields[name]
    if (typeof value !== 'string') return undefined
    const email = read(emailText, value)
    return email._tag === 'Left' ? undefined : email.right.toLowerCase()
  }

const matchByEmail = (entity: EntityDefinition): readonly MatchRule[] =>
  entity.fields
    .filter(({ activeCampaign }) => activeCampaign === 'email')
    .map(({ dynamics, activeCampaign }) => ({
      dynamics,
      activeCampaign,
      dynamicsKey: emailKey(dynamics),
      activeCampaignKey: emailKey(activeCampaign),
    }))

const compileEntity = (name: EntityName, entity: EntityDefinition, schema: Schema): CompiledEntity => ({
  entity: name,
  direction: entity.direction,
  fields: entity.fields.flatMap((mapping) => compileField(mapping, entity, name, schema)),
  inScope: () => true,
  scopeSentence: `all ${name}`,
  createInDynamics: entity.createInDynamics,
  match: matchByEmail(entity),
})

/** The schema's part that decides how the definition behaves: the types of what it maps. */
const typesUsed = (definition: SyncDefinition, schema: Schema) =>
  entitiesOf(definition).map(({ name, entity }) =>
    entity.fields.map((mapping) => [
      columnsFor(schema, name)[mapping.dynamics],
      fieldsFor(schema, name)[mapping.activeCampaign],
    ]),
  )

/**
 * Turns a definition into the form the planner uses: checked, frozen, every conversion built once.
 *
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
export const compileDefinition = (definition: SyncDefinition, schema: Schema): CompiledDefinition => {
  const checked = checkDefinition(definition, schema)
  if (!checked.ok) throw new InvalidDefinitionError(checked.diagnostics)
  return deepFreeze({
    hash: contentHash({ definition: checked.definition, types: typesUsed(checked.definition, schema) }),
    entities: entitiesOf(checked.definition).map(({ name, entity }) => compileEntity(name, entity, schema)),
    guards: checked.definition.guards,
  })
}
