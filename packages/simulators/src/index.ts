export type { ActiveCampaignSimulator } from './activecampaign/activecampaign-simulator.ts'
export type { Engagement } from './activecampaign/activity/engage.ts'
export type { ActiveCampaignBehaviour } from './activecampaign/behaviour.ts'
export type { Mail } from './activecampaign/campaigns/sent-mail.ts'
export type { RateLimitOptions } from './activecampaign/core/rate-limit.ts'
export type { Source as WebhookSource } from './activecampaign/core/store.ts'
export type { TableName as ActiveCampaignTable } from './activecampaign/core/tables.ts'
export type { ActiveCampaignSimulatorOptions } from './activecampaign/create-activecampaign-simulator.ts'
export { createActiveCampaignSimulator } from './activecampaign/create-activecampaign-simulator.ts'
export type { ContactInput, ContactValue } from './activecampaign/outside/contact-input.ts'
export type { ContactRow } from './activecampaign/outside/contact-row.ts'
export type { FieldInput, FieldRow } from './activecampaign/outside/define-field.ts'
export type { RowInput as ActiveCampaignRow } from './activecampaign/outside/rows.ts'
export type { DataFileProblem } from './data/data-file-error.ts'
export { DataFileError } from './data/data-file-error.ts'
export type { LoadData, Loaded, LoadedColumn, LoadTargets } from './data/load-into.ts'
export { loadInto } from './data/load-into.ts'
export { readActiveCampaignFile, readDynamicsFile } from './data/read-data-file.ts'
export type { People, PeopleWarning } from './data/read-people-csv.ts'
export { readPeopleCsv } from './data/read-people-csv.ts'
export type {
  ActiveCampaignAccountRow,
  ActiveCampaignContactRow,
  ActiveCampaignData,
  ContactFieldValue,
  CustomColumn,
  CustomField,
  CustomFieldType,
  DynamicsData,
  DynamicsRow,
  DynamicsTable,
  JsonValue,
} from './data/rows.ts'
export type { SampleData } from './data/sample/sample-data.ts'
export { sampleData } from './data/sample/sample-data.ts'
export type { DynamicsBehaviour } from './dynamics/behaviour.ts'
export type { DynamicsSimulator, DynamicsSimulatorOptions } from './dynamics/dynamics-simulator.ts'
export { createDynamicsSimulator } from './dynamics/dynamics-simulator.ts'
export type {
  ColumnDefinition,
  ColumnType,
  Option,
  TableDefinition,
} from './dynamics/schema/table.ts'
export type { NewApplicationUser, NewRole, SecurityAccess } from './dynamics/security-access.ts'
export type { NewColumn, TableAccess } from './dynamics/table-access.ts'
export type { NewWebhook } from './dynamics/webhooks/webhooks.ts'
export type { RunningClockOptions, SimulatorClock } from './shared/clock.ts'
export { createRunningClock } from './shared/clock.ts'
export type { Answer } from './shared/exchange.ts'
export type { Fault, FaultControl, RequestMatch } from './shared/fault-control.ts'
export type { Deliver, Delivery } from './shared/outbox.ts'
export type { Simulator } from './shared/simulator.ts'
export type { VirtualClock } from './shared/virtual-clock.ts'
export { createVirtualClock } from './shared/virtual-clock.ts'
