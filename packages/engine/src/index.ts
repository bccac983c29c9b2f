export type { Remedy } from './apply/classify.ts'
export type { ActionOutcome, OutcomeStatus } from './apply/outcome.ts'
export type { Refusal } from './apply/refusals.ts'
export { type CheckConnectionOptions, checkConnection } from './connection/check-connection.ts'
export type { ConnectionReport, ConnectionStep } from './connection/connection-step.ts'
export { renderConnection } from './connection/render-connection.ts'
export { createSync } from './create-sync.ts'
export { ActionsRefusedError } from './errors/actions-refused-error.ts'
export { EntitiesUnreadError } from './errors/entities-unread-error.ts'
export { GuardTrippedError } from './errors/guard-tripped-error.ts'
export { InvalidOptionError } from './errors/invalid-option-error.ts'
export { LeaseLostError } from './errors/lease-lost-error.ts'
export { MissingFieldError } from './errors/missing-field-error.ts'
export { NewerStateError } from './errors/newer-state-error.ts'
export { NotSetAsideError } from './errors/not-set-aside-error.ts'
export { OtherDefinitionError } from './errors/other-definition-error.ts'
export { OtherServicesError, type ServiceUrls } from './errors/other-services-error.ts'
export { RunFailedError } from './errors/run-failed-error.ts'
export { ServiceStopError } from './errors/service-stop-error.ts'
export { StateKeyError } from './errors/state-key-error.ts'
export { UnknownRunError } from './errors/unknown-run-error.ts'
export { UnreadableAnswerError } from './errors/unreadable-answer-error.ts'
export type { EntityHealth, Health } from './health/health.ts'
export type { Change } from './health/lately.ts'
export { renderHealth } from './health/render-health.ts'
export type { Journal, RunOrPlan } from './journal/journal.ts'
export type { JournaledAction } from './journal/journaled-action.ts'
export type { Pruned } from './journal/prune.ts'
export type { ReadTrouble } from './observe/unread.ts'
export type { ProgressEvent, ReportProgress, Step, StepProgress } from './progress.ts'
export type { RunOptions } from './run/run-options.ts'
export type { RecordReport } from './run/run-record.ts'
export type { EntityCounts, RunEnding, RunReport, RunTrigger } from './run/run-report.ts'
export type { SyncedRecord } from './run/sync-record.ts'
export type { DueReport } from './schedule/run-due.ts'
export { type ScheduleOptions, schedule } from './schedule/schedule.ts'
export { type PulledSchema, type PullSchemaOptions, pullSchema } from './schema/pull-schema.ts'
export { schemaModule } from './schema/schema-module.ts'
export type { SchemaProblem } from './schema/schema-problem.ts'
export type { SetAsides } from './set-aside/set-asides.ts'
export type { Hint, HintState } from './state/hint-state.ts'
export {
  type ContactImport,
  type ImportedAction,
  type ImportState,
  underWayKey,
  underWayName,
} from './state/import-state.ts'
export type { JournalEntry, JournalState } from './state/journal-state.ts'
export type { Page, RecordKind, RecordName, Side } from './state/kinds.ts'
export type { Lease, LeaseState } from './state/lease-state.ts'
export { type PostgresStateOptions, postgresState } from './state/postgres-state.ts'
export type { RunRecord, RunState } from './state/run-state.ts'
export type { SealingOptions } from './state/seal.ts'
export { type SetAside, type SetAsideState, setAsideKey } from './state/set-aside-state.ts'
export { memoryState, sqliteState } from './state/sqlite-state.ts'
export type {
  CursorState,
  LinkState,
  RecordState,
  StateStore,
  StateTransaction,
  StoredLink,
  StoredRecord,
} from './state/state-store.ts'
export type { PlanOptions, StepOptions } from './step-options.ts'
export type { ApplyReport, Sync, SyncOptions } from './sync.ts'
export { activeCampaignWebhook } from './webhooks/active-campaign-webhook.ts'
export { dynamicsWebhook } from './webhooks/dynamics-webhook.ts'
export {
  registerActiveCampaignWebhook,
  type WebhookRegistration,
} from './webhooks/register-active-campaign-webhook.ts'
export type {
  RecordSync,
  WebhookContext,
  WebhookHandler,
  WebhookOptions,
} from './webhooks/webhook-handler.ts'
