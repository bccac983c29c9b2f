import { accountContacts } from './accounts/account-contacts.ts'
import { accountData, accountMeta } from './accounts/account-custom-fields.ts'
import { accounts } from './accounts/accounts.ts'
import { automations } from './automations/automations.ts'
import { contactAutomations } from './automations/contact-automations.ts'
import { campaigns } from './campaigns/campaigns.ts'
import { messages } from './campaigns/messages.ts'
import type { Resource } from './core/resource.ts'
import { contactDeals } from './deals/contact-deals.ts'
import { dealData, dealMeta } from './deals/deal-custom-fields.ts'
import { dealGroups } from './deals/deal-groups.ts'
import { dealStages } from './deals/deal-stages.ts'
import { deals } from './deals/deals.ts'
import { fieldOptions } from './fields/field-options.ts'
import { fieldRels } from './fields/field-rels.ts'
import { fieldValues } from './fields/field-values.ts'
import { fields } from './fields/fields.ts'
import { contactLists } from './lists/contact-lists.ts'
import { exclusions } from './lists/exclusions.ts'
import { lists } from './lists/lists.ts'
import { notes } from './notes/notes.ts'
import { addresses } from './others/addresses.ts'
import { readOnlyResources } from './others/read-only.ts'
import { contactTags, tags } from './tags/tags.ts'
import { groups } from './users/groups.ts'
import { users } from './users/users.ts'
import { webhooks } from './webhooks/webhooks.ts'

/** The collections whose rows have columns of their own: what a row entered from outside is filled up with. */
export const resources: readonly Resource[] = [
  accountContacts,
  accountData,
  accountMeta,
  accounts,
  addresses,
  automations,
  campaigns,
  contactAutomations,
  contactDeals,
  contactLists,
  contactTags,
  dealData,
  dealGroups,
  dealMeta,
  dealStages,
  deals,
  exclusions,
  fieldOptions,
  fieldRels,
  fieldValues,
  fields,
  groups,
  lists,
  messages,
  notes,
  tags,
  users,
  webhooks,
  ...readOnlyResources,
]
