import { accountContactEndpoints } from './accounts/account-contacts.ts'
import { accountCustomFieldEndpoints } from './accounts/account-custom-fields.ts'
import { accountEndpoints } from './accounts/accounts.ts'
import { listActivities } from './activity/activities.ts'
import { automationEndpoints } from './automations/automations.ts'
import { contactAutomationEndpoints } from './automations/contact-automations.ts'
import { campaignPartEndpoints } from './campaigns/campaign-parts.ts'
import { campaignEndpoints } from './campaigns/campaigns.ts'
import { messageEndpoints } from './campaigns/messages.ts'
import { contactEndpoints } from './contacts/contact-endpoints.ts'
import { contactPartEndpoints } from './contacts/sub-resources.ts'
import type { Endpoint } from './core/call.ts'
import { recordEndpoints } from './custom-objects/records.ts'
import { schemaEndpoints } from './custom-objects/schemas.ts'
import { contactDealEndpoints } from './deals/contact-deals.ts'
import { dealCustomFieldEndpoints } from './deals/deal-custom-fields.ts'
import { dealEndpoints } from './deals/deal-endpoints.ts'
import { dealGroupEndpoints } from './deals/deal-groups.ts'
import { dealStageEndpoints } from './deals/deal-stages.ts'
import { fieldOptionEndpoints } from './fields/field-options.ts'
import { fieldRelEndpoints } from './fields/field-rels.ts'
import { fieldValueEndpoints } from './fields/field-values.ts'
import { fieldEndpoints } from './fields/fields.ts'
import { groupMemberEndpoints } from './fields/group-members.ts'
import { importQueue, importStatus } from './import/batches.ts'
import { startImport } from './import/bulk-import.ts'
import { contactListEndpoints } from './lists/contact-lists.ts'
import { exclusionEndpoints } from './lists/exclusions.ts'
import { listEndpoints } from './lists/lists.ts'
import { noteEndpoints } from './notes/notes.ts'
import { addressEndpoints } from './others/addresses.ts'
import { readOnlyEndpoints } from './others/read-only.ts'
import { matchAllEndpoints } from './segments/match-all.ts'
import { segmentV2Endpoints } from './segments/segments-v2.ts'
import { tagEndpoints } from './tags/tags.ts'
import { accountSettings } from './users/account-settings.ts'
import { groupEndpoints } from './users/groups.ts'
import { userEndpoints } from './users/users.ts'
import { webhookEndpoints } from './webhooks/webhooks.ts'

/** The route table of API v3, paths below `/api/3/`. The first that fits wins. */
export const endpoints: readonly Endpoint[] = [
  ...contactEndpoints,
  ...contactPartEndpoints,
  ...fieldValueEndpoints,
  ...tagEndpoints,
  ...fieldEndpoints,
  ...fieldOptionEndpoints,
  ...fieldRelEndpoints,
  ...groupMemberEndpoints,
  startImport,
  importStatus,
  importQueue,
  ...accountEndpoints,
  ...accountContactEndpoints,
  ...accountCustomFieldEndpoints,
  // Before the lists: "exclusions" is no list's id.
  ...exclusionEndpoints,
  ...listEndpoints,
  ...contactListEndpoints,
  ...noteEndpoints,
  ...automationEndpoints,
  ...contactAutomationEndpoints,
  ...campaignPartEndpoints,
  ...campaignEndpoints,
  ...messageEndpoints,
  listActivities,
  ...schemaEndpoints,
  ...recordEndpoints,
  ...webhookEndpoints,
  ...segmentV2Endpoints,
  ...matchAllEndpoints,
  ...dealEndpoints,
  ...dealGroupEndpoints,
  ...dealStageEndpoints,
  ...contactDealEndpoints,
  ...dealCustomFieldEndpoints,
  accountSettings,
  ...userEndpoints,
  ...groupEndpoints,
  ...addressEndpoints,
  ...readOnlyEndpoints,
]
