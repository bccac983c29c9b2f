import { contactEndpoints } from './contacts/contact-endpoints.ts'
import type { Endpoint } from './core/call.ts'
import { fieldOptionEndpoints } from './fields/field-options.ts'
import { fieldRelEndpoints } from './fields/field-rels.ts'
import { fieldValueEndpoints } from './fields/field-values.ts'
import { fieldEndpoints } from './fields/fields.ts'
import { tagEndpoints } from './tags/tags.ts'
import { accountSettings } from './users/account-settings.ts'
import { userEndpoints } from './users/users.ts'

/** The route table of API v3, paths below `/api/3/`. */
export const endpoints: readonly Endpoint[] = [
  accountSettings,
  ...userEndpoints,
  ...contactEndpoints,
  ...fieldEndpoints,
  ...fieldOptionEndpoints,
  ...fieldRelEndpoints,
  ...fieldValueEndpoints,
  ...tagEndpoints,
]
