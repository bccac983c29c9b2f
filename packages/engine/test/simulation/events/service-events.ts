import type { Deed } from './event.ts'

/** What administrators and time do to the services. */
export const serviceEvents: Readonly<Record<string, Deed>> = {
  'tokens are revoked': ({ services }) => {
    services.dynamics.revokeTokens()
    return true
  },
  // A new column makes all delta links of the table worthless.
  'a column is added': ({ services }) => {
    const name = `new_c${services.dynamics.columns('contact').length}`
    services.dynamics.defineColumn('contact', { name, type: 'integer' })
    return true
  },
}
