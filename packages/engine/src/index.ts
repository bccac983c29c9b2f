export type { Remedy } from './apply/classify.ts'
export type { ActionOutcome, OutcomeStatus } from './apply/outcome.ts'
export { createSync } from './create-sync.ts'
export { GuardTrippedError } from './errors/guard-tripped-error.ts'
export { MissingFieldError } from './errors/missing-field-error.ts'
export { OtherDefinitionError } from './errors/other-definition-error.ts'
export { UnreadableAnswerError } from './errors/unreadable-answer-error.ts'
export { UnsupportedEntityError } from './errors/unsupported-entity-error.ts'
export type { ProgressEvent, ReportProgress, Step } from './progress.ts'
export { type PulledSchema, type PullSchemaOptions, pullSchema } from './schema/pull-schema.ts'
export { schemaModule } from './schema/schema-module.ts'
export type { SchemaProblem } from './schema/schema-problem.ts'
export { memoryState, sqliteState } from './state/sqlite-state.ts'

export type {
  CursorState,
  JournalEntry,
  JournalState,
  LinkState,
  Page,
  RecordKind,
  RecordState,
  Side,
  StateStore,
  StateTransaction,
  StoredLink,
  StoredRecord,
} from './state/state-store.ts'
export type { ApplyReport, StepOptions, Sync, SyncOptions } from './sync.ts'
