import { contactRelationship, type Resolution } from '@dynacamp/core'
import type { CompiledDefinition, CompiledEntity } from '@dynacamp/mapping-dsl'
import { InvalidOptionError } from '../errors/invalid-option-error.ts'

/** What of an entity can be held: its mappings, the account of a person, the contact that an opportunity is shown on. */
const keysOf = ({ entity, fields, accountRelation }: CompiledEntity): readonly string[] => [
  ...fields.map(({ key }) => key),
  ...(accountRelation ? [accountRelation.key] : []),
  ...(entity === 'opportunities' ? [`contact:${contactRelationship}`] : []),
]

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ')

/** Refuses a decision about something that is not in sync: it would decide nothing, and nobody would be told. */
export const checkResolutions = (
  { entities }: CompiledDefinition,
  resolutions: readonly Resolution[],
): void => {
  for (const [index, { entity, field }] of resolutions.entries()) {
    const known = entities.find((each) => each.entity === entity)
    if (known === undefined) {
      const expected = `an entity in sync: ${quoted(entities.map((each) => each.entity))}`
      throw new InvalidOptionError(`resolutions[${index}].entity`, expected, entity)
    }
    if (field === null || keysOf(known).includes(field)) continue
    const expected = `null for the whole record, or a mapping as plans name it: ${quoted(keysOf(known))}`
    throw new InvalidOptionError(`resolutions[${index}].field`, expected, field)
  }
}
