import type { Resolution } from '@dynacamp/core'
import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { InvalidOptionError } from '../errors/invalid-option-error.ts'

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ')

/** Refuses a decision about something that is not in sync: it would decide nothing, and nobody would be told. */
export const checkResolutions = (
  { entities }: CompiledDefinition,
  resolutions: readonly Resolution[],
): void => {
  for (const [index, { entity, field }] of resolutions.entries()) {
    const name = `resolutions[${index}]`
    const known = entities.find((each) => each.entity === entity)
    if (known === undefined) {
      const expected = `an entity in sync: ${quoted(entities.map((each) => each.entity))}`
      throw new InvalidOptionError(`${name}.entity`, expected, entity)
    }
    const keys = [...known.fields, ...(known.accountRelation ? [known.accountRelation] : [])].map(
      ({ key }) => key,
    )
    if (field === null || keys.includes(field)) continue
    const expected = `null for the whole record, or a mapping as plans name it: ${quoted(keys)}`
    throw new InvalidOptionError(`${name}.field`, expected, field)
  }
}
