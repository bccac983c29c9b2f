import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as api from '../src/index.ts'

const sorted = (names: readonly string[]): readonly string[] => names.toSorted((a, b) => a.localeCompare(b))

test('the public values are what they were', () => {
  expect(sorted(Object.keys(api))).toMatchInlineSnapshot(`
    [
      "ActiveCampaignError",
      "createActiveCampaignClient",
      "isActiveCampaignError",
      "joinChoices",
      "parseImportHandle",
      "parseWebhook",
      "splitChoices",
    ]
  `)
})

test('the public types are what they were', () => {
  const index = readFileSync(join(import.meta.dirname, '../src/index.ts'), 'utf8')
  const names = [...index.matchAll(/export type \{([^}]*)\}/g)].flatMap(
    ([, list = '']) => list.match(/\w+/g) ?? [],
  )
  expect(sorted(names).join(' ')).toMatchInlineSnapshot(
    `"Account AccountContact AccountContactInput AccountContactQuery AccountContacts AccountField AccountFieldContent AccountFieldInput AccountFields AccountFieldType AccountFieldValue AccountFieldValueInput AccountFieldValues AccountInfo AccountInput AccountQuery Accounts ActiveCampaignClient ActiveCampaignClientOptions ActiveCampaignErrorCode ActiveCampaignErrorDetails Activities Activity ActivityQuery AnswerProblem ApiCall Automation AutomationEntryCount Automations BounceLog CallOptions Campaign CampaignDraft CampaignEdit CampaignLink CampaignList CampaignMessage Campaigns CampaignSend Contact ContactAutomation ContactAutomations ContactData ContactGoal ContactInput ContactList ContactLists ContactLog ContactQuery ContactRecord Contacts ContactTag ContactTagInput ContactTags CustomObjectFieldType CustomObjectRecord CustomObjectSchema Deletion EmailActivity ErrorDetail Exclusion ExclusionQuery Exclusions Extra Field FieldDefinition FieldGroup FieldGroupMember FieldGroupMemberInput FieldGroups FieldInput FieldOption FieldOptionInput FieldOptions FieldRelation FieldRelations Fields FieldType FieldValue FieldValueInput FieldValueQuery FieldValues GeoIp Group GroupLimit Groups ImportBatch ImportBatchStatus ImportContact ImportHandle ImportOptions ImportQueue ImportRejection Imports ImportStatus Instant Labels LinkData List ListInput Lists Message MessageInput Messages Note NoteInput Notes Page PagedList RecordInput RecordQuery Records RowProblem SaveOptions SchemaField SchemaFieldInput SchemaInput SchemaOptions Schemas ScoreValue Segment SegmentDefinition Segments SubscribeOptions SubscriptionInput SubscriptionStatus Tag TagInput Tags TrackingLog User Users Webhook WebhookEvent WebhookInput Webhooks WebhookSource WrittenContact"`,
  )
})
