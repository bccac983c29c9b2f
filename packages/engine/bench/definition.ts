/** What the engine's benches sync. */
import { defineSync, extendSchema, field, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'

export const schema = extendSchema(standardSchema, {
  activeCampaign: { contacts: { POSITION: field.text() } },
})

/** E-mail, names, phone and a custom field, from D365 to ActiveCampaign and back. */
export const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    createInDynamics: 'never',
    fields: [...standardMappings.contacts, map('jobtitle', 'POSITION')],
  },
  guards: {},
})

export const idOf = (n: number): string => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`
export const emailOf = (n: number): string => `person.${n}@example.com`
