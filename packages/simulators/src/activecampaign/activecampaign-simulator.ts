import type { ActiveCampaignData } from '../data/rows.ts'
import type { Delivery } from '../shared/outbox.ts'
import type { Simulator } from '../shared/simulator.ts'
import type { Engagement } from './activity/engage.ts'
import type { Mail } from './campaigns/sent-mail.ts'
import type { JsonObject } from './core/json.ts'
import type { Source } from './core/store.ts'
import type { TableName } from './core/tables.ts'
import type { ContactInput } from './outside/contact-input.ts'
import type { ContactRow } from './outside/contact-row.ts'
import type { FieldInput, FieldRow } from './outside/define-field.ts'
import type { RowInput } from './outside/rows.ts'

/**
 * A simulated ActiveCampaign account, and what its users, its contacts and other programs do in it.
 *
 * What is done here is done outside the API: it costs no request, and webhooks hear of it from the source `admin`
 * unless `as` says otherwise.
 *
 * @throws Error from every method that names a row, when there is no such row
 * @example
 * ```ts
 * const simulator: ActiveCampaignSimulator = createActiveCampaignSimulator()
 * const { id } = simulator.insertContact({ email: 'mira.holt@example.com', tags: ['Trial'] })
 * simulator.as('public', () => simulator.updateContact(id, { phone: '+47 22 00 00 00' }))
 * console.log(simulator.contacts().map((contact) => contact.tags))
 * ```
 */
export interface ActiveCampaignSimulator extends Simulator {
  readonly apiKey: string

  /** Every contact that lists show, in order of id. */
  contacts(): readonly ContactRow[]
  /** Adds a contact. Its fields must exist; its tags are made. */
  insertContact(input: ContactInput): ContactRow
  /** Changes a contact; what is not given stays. */
  updateContact(id: string | number, input: ContactInput): ContactRow
  /** Takes a tag off a contact that has it: see `behaviour.tagRemoval`. */
  untagContact(id: string | number, tag: string): void
  /** Deletes a contact in the user interface: see `behaviour.removedContacts`. */
  removeContact(id: string | number): void
  /** Merges a contact into another: the losing id then behaves as deleted. */
  mergeContacts(winner: string | number, loser: string | number): void

  fields(): readonly FieldRow[]
  /** Defines a contact field, with its options. */
  defineField(input: FieldInput): FieldRow
  /** Loads the rows of a data file. Fields that its contacts have and the account lacks are defined. */
  load(data: ActiveCampaignData): void

  /** The rows of any other table, by the name of its endpoint. */
  rows(table: TableName): readonly JsonObject[]
  /** Puts a row into a table as it is, filled up with defaults: nothing is checked and no webhook fires. */
  insert(table: TableName, row: RowInput): JsonObject
  update(table: TableName, id: string | number, patch: RowInput): JsonObject
  remove(table: TableName, id: string | number): void
  /** The records of the custom object with this slug; none without the object. */
  objectRecords(slug: string): readonly JsonObject[]
  /** Sets values of such a record, by the ids of its fields; what is not given stays. */
  updateObjectRecord(slug: string, id: string, values: RowInput): JsonObject
  /** Deletes such a record, at once. */
  removeObjectRecord(slug: string, id: string): void

  /** A contact does something with a campaign's mail. */
  engage(engagement: Engagement): void
  /** A contact leaves a list by itself. */
  unsubscribe(contact: string | number, list: string | number): void
  /** A contact does something on a tracked site. */
  trackEvent(contact: string | number, name: string, value?: string): void
  /** Does something under another name than that of a user: as a contact, an API call or an automation. */
  as<Result>(source: Source, work: () => Result): Result

  /** Mails that went out, oldest first. */
  readonly mails: readonly Mail[]
  /** Webhooks and callbacks sent, oldest first. */
  readonly deliveries: readonly Delivery[]
  /** Resolves when no webhook and no callback is under way. */
  delivered(): Promise<void>
}
