import {
  type CompiledDefinition,
  compileDefinition,
  type FieldMapping,
  type Fields,
  map,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'

/** A field of each kind that behaves differently. */
export const opportunityMappings: readonly FieldMapping[] = [
  map('name', 'name', { as: 'text', required: true }),
  map('estimatedvalue', 'value', { as: 'currency', currency: 'EUR' }),
  map('opportunityratingcode', 'rating', { as: 'dropdown', blank: 'clear' }),
  map('closeprobability', 'probability', { as: 'number' }),
]

/** Contacts, leads and their opportunities, as a user would compile them. */
export const opportunityDefinition = (
  fields: readonly FieldMapping[] = opportunityMappings,
  inScope: (row: Fields) => boolean = (row) => row.stepname !== 'out',
): CompiledDefinition => {
  const compiled = compileDefinition(
    {
      version: 1,
      contacts: { direction: 'outbound', fields: standardMappings.contacts },
      leads: { direction: 'outbound', fields: standardMappings.leads },
      opportunities: { object: 'd365-opportunity', fields },
    },
    standardSchema,
  )
  const { entities } = compiled
  return {
    ...compiled,
    entities: entities.map((entity) => (entity.entity === 'opportunities' ? { ...entity, inScope } : entity)),
  }
}
