export type { Action, ActionKind } from './actions/action.ts'
export { assertNever } from './actions/action.ts'
export type { ActionBase, ActionInput, Preconditions } from './actions/action-base.ts'
export { AddActiveCampaignTags } from './actions/add-active-campaign-tags.ts'
export { CreateActiveCampaignAccount } from './actions/create-active-campaign-account.ts'
export { CreateActiveCampaignContact } from './actions/create-active-campaign-contact.ts'
export { CreateActiveCampaignRecord } from './actions/create-active-campaign-record.ts'
export { CreateCustomObject } from './actions/create-custom-object.ts'
export { CreateDynamicsRecord } from './actions/create-dynamics-record.ts'
export { DeactivateDynamicsRecord } from './actions/deactivate-dynamics-record.ts'
export { DeleteActiveCampaignAccount } from './actions/delete-active-campaign-account.ts'
export { DeleteActiveCampaignContact } from './actions/delete-active-campaign-contact.ts'
export { DeleteDynamicsRecord } from './actions/delete-dynamics-record.ts'
export { ExtendCustomObject } from './actions/extend-custom-object.ts'
export { LinkRecords } from './actions/link-records.ts'
export { MoveLink } from './actions/move-link.ts'
export type { RelatedContact } from './actions/related-contact.ts'
export { ResubscribeActiveCampaignContact } from './actions/resubscribe-active-campaign-contact.ts'
export { SetActiveCampaignAccount } from './actions/set-active-campaign-account.ts'
export { UnlinkRecords } from './actions/unlink-records.ts'
export { UnsubscribeActiveCampaignContact } from './actions/unsubscribe-active-campaign-contact.ts'
export { UpdateActiveCampaignAccount } from './actions/update-active-campaign-account.ts'
export { UpdateActiveCampaignContact } from './actions/update-active-campaign-contact.ts'
export { UpdateActiveCampaignRecord } from './actions/update-active-campaign-record.ts'
export { UpdateDynamicsRecord } from './actions/update-dynamics-record.ts'
export { dynamicsIdFor } from './dynamics-id-for.ts'
export { explain, type MadeFrom, type RecordRef } from './explain.ts'
export { parseAction } from './file/parse-action.ts'
export { isPlanError, PlanError, type PlanErrorCode } from './file/plan-error.ts'
export { parsePlan, serialisePlan } from './file/plan-file.ts'
export { hashFields } from './hash-fields.ts'
export { invertPlan } from './invert-plan.ts'
export { matchKeysOfActiveCampaign, matchKeysOfDynamics } from './match/match-key.ts'
export type { Calls } from './model/cost.ts'
export type { CustomObject, ObjectField, ObservedCustomObject } from './model/custom-object.ts'
export { contactRelationship } from './model/custom-object.ts'
export type { FieldChange, Reason, ReasonCode } from './model/field-change.ts'
export type { Base, Link } from './model/link.ts'
export { linkIdFor } from './model/link.ts'
export type {
  ActiveCampaignObservation,
  Deleted,
  DynamicsObservation,
  ListStatus,
} from './model/observation.ts'
export { isDeleted, unreadableFields } from './model/observation.ts'
export type {
  Conflict,
  ConflictWinner,
  Hold,
  HoldCandidate,
  HoldCode,
  Need,
  Skip,
  SkipCode,
  Subject,
} from './model/outcome.ts'
export type { Counts, GuardResult, Plan, PlanCost } from './model/plan.ts'
export type { ImportSettings, PlanInput, PlanSettings, Resolution } from './model/plan-input.ts'
export type {
  ActiveCampaignCandidate,
  Candidates,
  DynamicsCandidate,
  KeyHolders,
  Predecessor,
  RecordInput,
  Successor,
} from './model/record.ts'
export { type References, type ReferenceTarget, referenceKey } from './model/reference.ts'
export { accountsOfNewContacts } from './plan/account-in-import.ts'
export { takesPart } from './plan/eligible.ts'
export { marks } from './plan/marks.ts'
export { mergePlans } from './plan/merge-plans.ts'
export { isOwnUnsubscribe, withOwnUnsubscribe, withoutOwnUnsubscribe } from './plan/own-unsubscribes.ts'
export { type ApplyStep, applySteps } from './plan/paths.ts'
export { takesOver } from './plan/takes-over.ts'
export { type GuardTally, type GuardTallySoFar, tallyGuards } from './plan/tally-guards.ts'
export { planBatch } from './plan-batch.ts'
export { escapeText } from './render/escape.ts'
export { type PlanFormat, type RenderOptions, renderPlan } from './render/render-plan.ts'
