export { formattedValue, referenceOf } from './annotations.ts'
export type { BatchItem, BatchOutcome, BatchResponse, ChangeSet } from './batch/change-set.ts'
export { changeSet } from './batch/change-set.ts'
export type { BatchOptions } from './batch/send-batch.ts'
export type {
  BulkOptions,
  BulkOutcome,
  RowToCreate,
  RowToUpdate,
  RowToUpsert,
} from './bulk/bulk-outcome.ts'
export type { Change, ChangeFeed, ChangePage } from './change-feed.ts'
export type { DynamicsClient, Impersonation } from './client.ts'
export type { ClientCredentials } from './client-credentials.ts'
export { clientCredentials } from './client-credentials.ts'
export { createDynamicsClient } from './create-dynamics-client.ts'
export type { Credentials, TokenRequest } from './credentials.ts'
export { tokenCallback } from './credentials.ts'
export type { ServiceResponse } from './custom-request.ts'
export { DeltaExpiredError } from './errors/delta-expired-error.ts'
export { DynamicsError } from './errors/dynamics-error.ts'
export {
  isAlreadyExists,
  isDuplicateDetected,
  isForbidden,
  isNotFound,
  isPreconditionFailed,
  isThrottled,
} from './errors/guards.ts'
export { InvalidArgumentError } from './errors/invalid-argument-error.ts'
export { RowProblemsError } from './errors/row-problems-error.ts'
export { SignInError } from './errors/sign-in-error.ts'
export type { ResponseIssue } from './errors/unexpected-response-error.ts'
export { UnexpectedResponseError } from './errors/unexpected-response-error.ts'
export type {
  ChoiceOption,
  ColumnInfo,
  KeyInfo,
  LookupRelationship,
  Metadata,
  TableInfo,
} from './metadata/metadata.ts'
export type { ODataExpression, ODataValue } from './odata.ts'
export { likeLiteral, odata, odataGuid } from './odata.ts'
export type { DynamicsClientOptions } from './options.ts'
export type { CallOptions, PreparedRequest } from './prepared-request.ts'
export type { ListOptions, ReadOptions } from './query.ts'
export type { AlternateKey, RecordKey } from './record-key.ts'
export type { RowList, RowPage } from './row-list.ts'
export type { RowProblem } from './row-reader.ts'
export type { Closing } from './sales/close-opportunity.ts'
export type { MergeRequest } from './sales/merge-rows.ts'
export type { Qualification, QualifiedLead } from './sales/qualify-lead.ts'
export type {
  Column,
  ColumnAccess,
  ColumnKind,
  LookupColumn,
  LookupTarget,
  ValueColumn,
} from './schema/columns.ts'
export {
  boolean,
  choice,
  choices,
  createOnly,
  dateOnly,
  dateTime,
  decimal,
  guid,
  integer,
  lookup,
  money,
  readOnly,
  text,
  updateOnly,
} from './schema/columns.ts'
export type { Reference } from './schema/reference.ts'
export { createdInChangeSet, reference } from './schema/reference.ts'
export type { StandardTable } from './schema/standard-tables.ts'
export type {
  ColumnMap,
  CreateValues,
  JsonValue,
  Row,
  RowBase,
  SelectableColumn,
  Table,
  TableNames,
  UpdateValues,
  UpsertValues,
  WireRow,
  WireValues,
} from './schema/table.ts'
export { defineTable } from './schema/table.ts'
export type { ChangesOptions, ReturningOption, TableClient, TableRequests } from './table-client.ts'
export { account } from './tables/account.ts'
export { organization, role, systemuser, team, transactioncurrency } from './tables/administration.ts'
export { contact } from './tables/contact.ts'
export { lead } from './tables/lead.ts'
export { opportunity } from './tables/opportunity.ts'
export type { RoleSummary, UserPrivilege, UserRoles, UserSummary, Users } from './users/users.ts'
export type { Identity } from './who-am-i.ts'
export type { CreateOptions, UpdateOptions, UpsertOptions, WriteOptions } from './write-requests.ts'
export type { Created, Written } from './written.ts'
