import { field } from './field.ts'
import { defineSchema } from './schema.ts'
import { standardContacts } from './standard-contacts.ts'

/**
 * What every D365 environment and every ActiveCampaign account has before anybody customises it.
 *
 * @example
 * ```ts
 * import { standardSchema } from '@dynacamp/mapping-dsl'
 *
 * console.log(Object.keys(standardSchema.dynamics.contacts))
 * ```
 */
export const standardSchema = defineSchema({
  dynamics: { contacts: standardContacts },
  activeCampaign: {
    contacts: {
      email: field.email(),
      firstName: field.text(),
      lastName: field.text(),
      phone: field.phone(),
      account: field.account(),
    },
  },
})
