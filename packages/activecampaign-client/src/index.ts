export type { Account, AccountFieldContent } from './accounts/account.ts'
export type { AccountContact } from './accounts/account-contact.ts'
export type {
  AccountContactInput,
  AccountContactQuery,
  AccountContacts,
} from './accounts/account-contacts.ts'
export type { AccountField, AccountFieldType, AccountFieldValue } from './accounts/account-field.ts'
export type { AccountFieldValueInput, AccountFieldValues } from './accounts/account-field-values.ts'
export type { AccountFieldInput, AccountFields } from './accounts/account-fields.ts'
export type { AccountInput, AccountQuery, Accounts } from './accounts/accounts.ts'
export type { Activities, ActivityQuery } from './activities/activities.ts'
export type {
  Activity,
  BounceLog,
  ContactData,
  ContactGoal,
  ContactLog,
  EmailActivity,
  GeoIp,
  LinkData,
  ScoreValue,
  TrackingLog,
} from './activities/activity.ts'
export type { Automation, Automations } from './automations/automations.ts'
export type { ContactAutomation } from './automations/contact-automation.ts'
export type { AutomationEntryCount, ContactAutomations } from './automations/contact-automations.ts'
export type {
  Campaign,
  CampaignDraft,
  CampaignLink,
  CampaignList,
  CampaignMessage,
} from './campaigns/campaign.ts'
export type { CampaignEdit, CampaignSend, Campaigns } from './campaigns/campaigns.ts'
export type { Message, MessageInput, Messages } from './campaigns/messages.ts'
export type { ActiveCampaignClient, ActiveCampaignClientOptions } from './client.ts'
export { createActiveCampaignClient } from './client.ts'
export type { ApiCall, CallOptions, Deletion } from './connection.ts'
export type { Contact } from './contacts/contact.ts'
export type { ContactQuery } from './contacts/contact-query.ts'
export type { ContactRecord, WrittenContact } from './contacts/contact-record.ts'
export type { ContactInput, Contacts } from './contacts/contacts.ts'
export type {
  CustomObjectRecord,
  RecordInput,
  RecordQuery,
  Records,
  SaveOptions,
} from './custom-objects/records.ts'
export type {
  CustomObjectFieldType,
  CustomObjectSchema,
  Labels,
  SchemaField,
  SchemaFieldInput,
  SchemaInput,
} from './custom-objects/schema.ts'
export type { SchemaOptions, Schemas } from './custom-objects/schemas.ts'
export type {
  ActiveCampaignErrorCode,
  ActiveCampaignErrorDetails,
  AnswerProblem,
  RowProblem,
} from './error.ts'
export { ActiveCampaignError, isActiveCampaignError } from './error.ts'
export type { ErrorDetail } from './error-body.ts'
export type { Field, FieldDefinition, FieldOption, FieldRelation, FieldType } from './fields/field.ts'
export type {
  FieldGroup,
  FieldGroupMember,
  FieldGroupMemberInput,
  FieldGroups,
} from './fields/field-groups.ts'
export type { FieldOptionInput, FieldOptions } from './fields/field-options.ts'
export type { FieldRelations } from './fields/field-relations.ts'
export type { FieldValue, FieldValueInput } from './fields/field-value.ts'
export { joinChoices, splitChoices } from './fields/field-value.ts'
export type { FieldValueQuery, FieldValues } from './fields/field-values.ts'
export type { FieldInput, Fields } from './fields/fields.ts'
export type { ImportContact } from './imports/import-contact.ts'
export type { ImportBatch, ImportHandle, ImportRejection } from './imports/import-handle.ts'
export { parseImportHandle } from './imports/import-handle.ts'
export type {
  ImportBatchStatus,
  ImportOptions,
  ImportQueue,
  ImportStatus,
  Imports,
} from './imports/imports.ts'
export type { Instant } from './instant.ts'
export type { ContactList, SubscriptionStatus } from './lists/contact-list.ts'
export type { ContactLists, SubscribeOptions, SubscriptionInput } from './lists/contact-lists.ts'
export type { Exclusion, ExclusionQuery, Exclusions } from './lists/exclusions.ts'
export type { List, ListInput, Lists } from './lists/lists.ts'
export type { Note, NoteInput, Notes } from './notes/notes.ts'
export type { Page, PagedList } from './paging/paged-list.ts'
export type { Extra } from './row.ts'
export type { Segment, SegmentDefinition, Segments } from './segments/segments.ts'
export type { ContactTagInput, ContactTags } from './tags/contact-tags.ts'
export type { ContactTag, Tag } from './tags/tag.ts'
export type { TagInput, Tags } from './tags/tags.ts'
export type { AccountInfo } from './users/account-info.ts'
export type { Group, GroupLimit, Groups } from './users/groups.ts'
export type { User } from './users/user.ts'
export type { Users } from './users/users.ts'
export type { WebhookEvent } from './webhooks/parse-webhook.ts'
export { parseWebhook } from './webhooks/parse-webhook.ts'
export type { Webhook, WebhookInput, WebhookSource, Webhooks } from './webhooks/webhooks.ts'
