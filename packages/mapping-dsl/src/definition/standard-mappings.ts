import { map } from './field-mapping.ts'

const person = [
  map('emailaddress1', 'email'),
  map('firstname', 'firstName'),
  map('lastname', 'lastName'),
  map('telephone1', 'phone'),
] as const

/**
 * The mappings that everybody starts with, by entity: spread them into `fields`. E-mail and account (for
 * accounts: the name) cannot be left out.
 *
 * @example
 * ```ts
 * import { defineSync, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * export const definition = defineSync(standardSchema, {
 *   contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
 *   accounts: { direction: 'bidirectional', fields: [...standardMappings.accounts] },
 * })
 * ```
 */
export const standardMappings = {
  leads: [...person, map('parentaccountid', 'account')],
  contacts: [...person, map('parentcustomerid', 'account')],
  accounts: [map('name', 'name'), map('websiteurl', 'accountUrl')],
} as const
