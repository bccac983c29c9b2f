import { map } from './field-mapping.ts'

/**
 * The mappings that everybody starts with, by entity: spread them into `fields`. E-mail and account cannot be
 * left out.
 *
 * @example
 * ```ts
 * import { defineSync, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * export const definition = defineSync(standardSchema, {
 *   contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
 * })
 * ```
 */
export const standardMappings = {
  contacts: [
    map('emailaddress1', 'email'),
    map('firstname', 'firstName'),
    map('lastname', 'lastName'),
    map('telephone1', 'phone'),
  ],
} as const
