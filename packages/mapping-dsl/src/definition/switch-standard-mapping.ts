import { deepFreeze } from '../json/freeze.ts'
import type { PeopleEntity, SyncDefinition } from './definition.ts'
import type { FieldMapping } from './field-mapping.ts'
import { standardMappings } from './standard-mappings.ts'

/** Fields whose standard mapping cannot be switched off: records are recognised, or related, by them. */
const fixed = {
  leads: ['email', 'account'],
  contacts: ['email', 'account'],
  accounts: ['name'],
} as const satisfies Record<PeopleEntity, readonly string[]>

/** Why a standard mapping cannot be switched. */
export class StandardMappingError extends Error {
  override readonly name = 'StandardMappingError'
  readonly code = 'standard-mapping'
}

/**
 * Switches a standard mapping of a definition on or off, as a settings page does. Switched off, its column may
 * be mapped to a custom field; switched on again, such a custom mapping is dropped.
 *
 * @throws StandardMappingError for e-mail and account, which stay, and for columns without a standard mapping.
 *
 * @example
 * ```ts
 * import { defineSync, standardMappings, standardSchema, switchStandardMapping } from '@dynacamp/mapping-dsl'
 *
 * const definition = defineSync(standardSchema, {
 *   contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
 * })
 * export const withoutPhone = switchStandardMapping(definition, 'contacts', 'telephone1', 'off')
 * ```
 */
export const switchStandardMapping = (
  definition: SyncDefinition,
  name: PeopleEntity,
  column: string,
  to: 'on' | 'off',
): SyncDefinition => {
  const standard: readonly FieldMapping[] = standardMappings[name]
  const mapping = standard.find(({ dynamics }) => dynamics === column)
  const entity = definition[name]
  if (mapping === undefined)
    throw new StandardMappingError(`\`${column}\` of ${name} has no standard mapping.`)
  if (entity === undefined) throw new StandardMappingError(`The definition has no ${name}.`)
  const permanent: readonly string[] = fixed[name]
  if (to === 'off' && permanent.includes(mapping.activeCampaign)) {
    throw new StandardMappingError(`\`${mapping.activeCampaign}\` of ${name} is always mapped.`)
  }
  const isStandard = (other: FieldMapping): boolean =>
    other.dynamics === mapping.dynamics && other.activeCampaign === mapping.activeCampaign
  const present = entity.fields.some(isStandard)
  const takes = (other: FieldMapping): boolean =>
    other.dynamics === mapping.dynamics || other.activeCampaign === mapping.activeCampaign
  const fields =
    to === 'off'
      ? entity.fields.filter((other) => !isStandard(other))
      : present
        ? entity.fields
        : [...entity.fields.filter((other) => !takes(other)), mapping]
  return deepFreeze({ ...definition, [name]: { ...entity, fields } })
}
