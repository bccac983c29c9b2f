import {
  column,
  defineSync,
  extendSchema,
  field,
  map,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'

/** The shipped tables, with one custom column on the one side and the custom fields of the other. */
export const schema = extendSchema(standardSchema, {
  dynamics: {
    contacts: {
      new_interests: column.choices({ 1: 'Cycling', 2: 'Music', 3: 'Cooking', 4: 'Travel', 5: 'Reading' }),
    },
  },
  activeCampaign: {
    contacts: {
      POSITION: field.text(),
      BIRTHDAY: field.date(),
      CITY: field.text(),
      ANNUAL_INCOME: field.number(),
      INTERESTS: field.listbox(['Cycling', 'Music', 'Cooking', 'Travel', 'Reading']),
      ABOUT: field.textarea(),
    },
  },
})

/**
 * What the demo keeps in sync: companies, leads, and ten fields of a contact, both ways, but for the position; who belongs to
 * which company; the opportunities of those people; and who does not want mail, which needs no word here: that is the default.
 */
export const definition = defineSync(schema, {
  accounts: {
    direction: 'bidirectional',
    createInDynamics: 'all',
    fields: [...standardMappings.accounts],
  },
  contacts: {
    direction: 'bidirectional',
    // A contact of ActiveCampaign becomes a row of D365 when it carries the tag [D365: Contact].
    createInDynamics: 'tagged',
    fields: [
      ...standardMappings.contacts,
      map('jobtitle', 'POSITION', { direction: 'outbound' }),
      map('birthdate', 'BIRTHDAY'),
      map('address1_city', 'CITY', { conflict: 'activeCampaignWins' }),
      map('annualincome', 'ANNUAL_INCOME', { sensitive: true }),
      map('new_interests', 'INTERESTS'),
      map('description', 'ABOUT'),
    ],
  },
  // Of a person who is a lead and a contact, the contact speaks. A qualified lead hands over to its contact.
  leads: { direction: 'bidirectional', fields: [...standardMappings.leads] },
  // One way: each becomes a record of a custom object on its contact. The plan makes the object.
  opportunities: {
    object: 'd365-opportunity',
    fields: [
      map('name', 'name', { as: 'text', required: true }),
      map('estimatedvalue', 'estimated-value', { as: 'currency', currency: 'EUR' }),
      map('estimatedclosedate', 'close-date', { as: 'date' }),
      map('closeprobability', 'probability', { as: 'number' }),
      map('opportunityratingcode', 'rating', { as: 'dropdown' }),
    ],
  },
})
