import {
  type CompiledDefinition,
  column,
  compileDefinition,
  extendSchema,
  type FieldMapping,
  type Fields,
  field,
  map,
  type SyncDefinition,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'

const schema = extendSchema(standardSchema, {
  dynamics: { contacts: { new_reviews: column.wholeNumber({ access: 'update' }) } },
  activeCampaign: {
    contacts: {
      POSITION: field.text(),
      BIRTHDAY: field.date(),
      CHILDREN: field.number(),
      ID_NUMBER: field.text(),
    },
  },
})

/** The standard mappings, and one of each kind that behaves differently. */
const someMappings: readonly FieldMapping[] = [
  ...standardMappings.contacts,
  map('jobtitle', 'POSITION', { blank: 'clear' }),
  map('birthdate', 'BIRTHDAY'),
  map('numberofchildren', 'CHILDREN'),
  map('governmentid', 'ID_NUMBER', { sensitive: true }),
]

/** Both halves of a base over these mappings, all blank. */
export const mappedByContacts = {
  dynamics: Object.fromEntries(someMappings.map(({ dynamics }): [string, null] => [dynamics, null])),
  activeCampaign: Object.fromEntries(
    someMappings.map(({ activeCampaign }): [string, string] => [activeCampaign, '']),
  ),
}

type Contacts = NonNullable<SyncDefinition['contacts']>

interface Options extends Partial<Contacts> {
  readonly guards?: SyncDefinition['guards']
  readonly optOut?: Partial<SyncDefinition['optOut']>
  readonly tags?: SyncDefinition['tags']
  /** Stands in for criteria: what is in scope. */
  readonly inScope?: (fields: Fields) => boolean
}

/** A definition for contacts as a user would compile it; bidirectional unless said otherwise. */
export const contactsDefinition = ({
  guards = {},
  optOut = {},
  tags = { write: false },
  inScope,
  ...contacts
}: Options = {}): CompiledDefinition => {
  const compiled = compileDefinition(
    {
      version: 1,
      contacts: { direction: 'bidirectional', createInDynamics: 'never', fields: someMappings, ...contacts },
      guards,
      optOut,
      tags,
    },
    schema,
  )
  if (inScope === undefined) return compiled
  return { ...compiled, entities: compiled.entities.map((entity) => ({ ...entity, inScope })) }
}
