import { field } from './field.ts'
import { defineSchema } from './schema.ts'
import { standardAccounts } from './standard-accounts.ts'
import { standardContacts } from './standard-contacts.ts'
import { standardLeads } from './standard-leads.ts'
import { standardOpportunities } from './standard-opportunities.ts'

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
  dynamics: {
    leads: standardLeads,
    contacts: standardContacts,
    accounts: standardAccounts,
    opportunities: standardOpportunities,
  },
  activeCampaign: {
    contacts: {
      email: field.email(),
      firstName: field.text(),
      lastName: field.text(),
      phone: field.phone(),
      account: field.account(),
    },
    accounts: { name: field.text(), accountUrl: field.url() },
  },
})
