import type { BulkOptions, BulkOutcome, RowToCreate, RowToUpdate, RowToUpsert } from './bulk/bulk-outcome.ts'
import type { ChangeFeed } from './change-feed.ts'
import type { ServiceResponse } from './custom-request.ts'
import type { CallOptions, PreparedRequest } from './prepared-request.ts'
import type { ListOptions, ReadOptions } from './query.ts'
import type { RecordKey } from './record-key.ts'
import type { RowList } from './row-list.ts'
import type { Reference } from './schema/reference.ts'
import type {
  CreateValues,
  Row,
  SelectableColumn,
  TableNames,
  UpdateValues,
  UpsertValues,
} from './schema/table.ts'
import type { CreateOptions, UpdateOptions, UpsertOptions } from './write-requests.ts'
import type { Created, Written } from './written.ts'

/** Asks a write to hand the row back. The id and the ETag come with it whatever is named. */
export interface ReturningOption<Selected extends string> {
  readonly returning: readonly Selected[]
}

/** Where a change feed starts. */
export interface ChangesOptions<T extends TableNames, Selected extends SelectableColumn<T>>
  extends Pick<
    ReadOptions<T, Selected>,
    'select' | 'formattedValues' | 'lookupTables' | 'signal' | 'deadlineMs'
  > {
  /** From the end of an earlier feed. Without it, every row of the table comes first. */
  readonly deltaLink?: string | undefined
  /** Rows per page. */
  readonly pageSize?: number
}

/** The requests of a table as values, for `batch()` and `request()`. They are what the methods of the same name send. */
export interface TableRequests<T extends TableNames> {
  /**
   * What `create` sends.
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const request = (client: DynamicsClient, id: string) => client.table(contact).prepare.create({ lastname: 'Ek' }, { id })
   */
  create(
    values: CreateValues<T>,
    options?: CreateOptions & Partial<ReturningOption<SelectableColumn<T>>>,
  ): PreparedRequest

  /**
   * What `update` sends.
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const request = (client: DynamicsClient, id: string) => client.table(contact).prepare.update(id, { jobtitle: null })
   */
  update(
    key: RecordKey,
    values: UpdateValues<T>,
    options?: UpdateOptions & Partial<ReturningOption<SelectableColumn<T>>>,
  ): PreparedRequest

  /**
   * What `upsert` sends.
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const request = (client: DynamicsClient, id: string) => client.table(contact).prepare.upsert(id, { lastname: 'Ek' })
   */
  upsert(key: RecordKey, values: UpsertValues<T>, options?: UpsertOptions): PreparedRequest

  /**
   * What `delete` sends.
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const request = (client: DynamicsClient, id: string) => client.table(contact).prepare.delete(id)
   */
  delete(key: RecordKey, options?: UpdateOptions): PreparedRequest

  /**
   * What `get` sends.
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const request = (client: DynamicsClient, id: string) => client.table(contact).prepare.get(id, { select: ['fullname'] })
   */
  get(key: RecordKey, options?: ReadOptions<T, SelectableColumn<T>>): PreparedRequest

  /**
   * What `list` sends for its first page.
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const request = (client: DynamicsClient, id: string) => client.table(contact).prepare.list({ filter: `contactid eq ${id}` })
   */
  list(options?: ListOptions<T, SelectableColumn<T>>): PreparedRequest
}

/**
 * The rows of one table. Every method throws `DynamicsError` when the service refuses, `UnexpectedResponseError` when
 * its answer is not as documented, `InvalidArgumentError` before anything is sent, and the errors of `@dynacamp/http`
 * (`NetworkError`, `TimeoutError`, `UnknownOutcomeError`, ...). One request each, unless said otherwise.
 */
export interface TableClient<T extends TableNames> {
  readonly table: T

  /**
   * One row, by id or alternate key. `GET /{set}({key})`
   *
   * @throws DynamicsError with `isNotFound` when there is no such row
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const nameOf = async (client: DynamicsClient, id: string) => {
   *   const row = await client.table(contact).get(id, { select: ['fullname'] })
   *   return row.fullname
   * }
   */
  get<Selected extends SelectableColumn<T> = SelectableColumn<T>>(
    key: RecordKey,
    options?: ReadOptions<T, Selected>,
  ): Promise<Row<T, Selected>>

  /**
   * One row if it has another ETag than the one known, undefined if not. `GET /{set}({key})` with `If-None-Match`.
   * Only for tables with optimistic concurrency, and without expansions and annotations.
   *
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const refresh = (client: DynamicsClient, id: string, etag: string) =>
   *   client.table(contact).getIfChanged(id, etag, { select: ['emailaddress1'] })
   */
  getIfChanged<Selected extends SelectableColumn<T> = SelectableColumn<T>>(
    key: RecordKey,
    etag: string,
    options?: Pick<ReadOptions<T, Selected>, 'select' | 'signal' | 'deadlineMs'>,
  ): Promise<Row<T, Selected> | undefined>

  /**
   * Rows, read page by page while they are iterated. `GET /{set}`, one request per page.
   *
   * A row that is not as the schema says takes neither its page nor the iteration down: `byPage()` hands it over as a
   * problem, plain iteration throws `RowProblemsError` after the last row.
   *
   * @throws ForeignOriginError when a page's next link leads to another host
   * @example
   * import { contact, odata, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const printAll = async (client: DynamicsClient, domain: string) => {
   *   const rows = client.table(contact).list({
   *     select: ['fullname', 'emailaddress1'],
   *     filter: odata`statecode eq 0 and endswith(emailaddress1, ${domain})`,
   *     orderBy: 'contactid',
   *   })
   *   for await (const row of rows) console.log(row.fullname, row.emailaddress1)
   * }
   */
  list<Selected extends SelectableColumn<T> = SelectableColumn<T>>(
    options?: ListOptions<T, Selected>,
  ): RowList<Row<T, Selected>>

  /**
   * How many rows match, as far as 5000: `isCapped` says that there may be more. `GET /{set}/$count`
   *
   * @example
   * import { lead, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const openLeads = (client: DynamicsClient) => client.table(lead).count({ filter: 'statecode eq 0' })
   */
  count(
    options?: CallOptions & Pick<ListOptions<T, SelectableColumn<T>>, 'filter'>,
  ): Promise<{ readonly count: number; readonly isCapped: boolean }>

  /**
   * A new row. `POST /{set}`; with an `id` of yours `PATCH /{set}({id})` with `If-None-Match: *`, which may be repeated
   * after a lost answer: `isAlreadyExists` may then mean the row this very call made.
   *
   * @throws UnknownOutcomeError when the answer was lost and no `id` was given
   * @throws DynamicsError with `isAlreadyExists` or, with `detectDuplicates`, `isDuplicateDetected`
   * @example
   * import { account, contact, reference, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const hire = async (client: DynamicsClient, accountId: string) => {
   *   const { id } = await client.table(contact).create({
   *     lastname: 'Ek',
   *     parentcustomerid: reference(account, accountId),
   *   })
   *   return id
   * }
   */
  create(values: CreateValues<T>, options?: CreateOptions): Promise<Created>
  create<Selected extends SelectableColumn<T>>(
    values: CreateValues<T>,
    options: CreateOptions & ReturningOption<Selected>,
  ): Promise<Row<T, Selected>>

  /**
   * Changes the given columns of a row that exists; `null` clears. `PATCH /{set}({key})` with `If-Match`.
   * Every column sent counts as changed, even with its old value: send only what differs.
   *
   * @throws DynamicsError with `isNotFound`, or `isPreconditionFailed` when the row has another ETag than `ifMatch`
   * @throws UnknownOutcomeError when the answer to a write with an ETag was lost
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const optOut = (client: DynamicsClient, id: string, etag: string) =>
   *   client.table(contact).update(id, { donotbulkemail: true }, { ifMatch: etag })
   */
  update(key: RecordKey, values: UpdateValues<T>, options?: UpdateOptions): Promise<Written>
  update<Selected extends SelectableColumn<T>>(
    key: RecordKey,
    values: UpdateValues<T>,
    options: UpdateOptions & ReturningOption<Selected>,
  ): Promise<Row<T, Selected>>

  /**
   * Writes a row whether it exists or not. `PATCH /{set}({key})`. The service says which it was only with `returning`.
   *
   * @throws DynamicsError with `isAlreadyExists` for `ifNoneMatch: '*'`, `isPreconditionFailed` for `ifMatch`
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const put = async (client: DynamicsClient, id: string) => {
   *   const { created, row } = await client
   *     .table(contact)
   *     .upsert(id, { lastname: 'Ek' }, { returning: ['fullname'] })
   *   return created ? `welcome ${row.fullname}` : row.fullname
   * }
   */
  upsert(key: RecordKey, values: UpsertValues<T>, options?: UpsertOptions): Promise<Written>
  upsert<Selected extends SelectableColumn<T>>(
    key: RecordKey,
    values: UpsertValues<T>,
    options: UpsertOptions & ReturningOption<Selected>,
  ): Promise<{ readonly created: boolean; readonly row: Row<T, Selected> }>

  /**
   * Removes a row for good. `DELETE /{set}({key})`. After a lost answer the repeat may find it gone already.
   *
   * @throws DynamicsError with `isNotFound`, or `isPreconditionFailed` when the row has another ETag than `ifMatch`
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const forget = (client: DynamicsClient, id: string) => client.table(contact).delete(id)
   */
  delete(key: RecordKey, options?: UpdateOptions): Promise<void>

  /**
   * What changed since a delta link, or everything without one. `GET /{set}` with `Prefer: odata.track-changes`, then
   * `GET {deltaLink}`; one request per page. The table needs change tracking, the user organisation-wide read.
   * Filters, orders and expansions are not possible here.
   *
   * @throws DeltaExpiredError when the link is too old or the table's columns changed since
   * @throws UnexpectedResponseError when the last page has no delta link
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const follow = async (client: DynamicsClient, deltaLink?: string) => {
   *   const feed = client.table(contact).changes({ select: ['emailaddress1'], deltaLink })
   *   for await (const change of feed) {
   *     if (change.kind === 'upsert') console.log(change.row.emailaddress1)
   *     if (change.kind === 'deletion') console.log('gone', change.id)
   *   }
   *   return feed.deltaLink
   * }
   */
  changes<Selected extends SelectableColumn<T> = SelectableColumn<T>>(
    options?: ChangesOptions<T, Selected>,
  ): ChangeFeed<Row<T, Selected>>

  /**
   * Many new rows, a thousand per request. `POST /{set}/Microsoft.Dynamics.CRM.CreateMultiple`; each row counts for
   * entitlement. The outcomes are in the order of the rows.
   *
   * A request takes effect as a whole or not at all, and the service does not say which row is bad: a refused request is
   * halved until the bad rows are alone, so 1 bad row among 1000 costs about 20 requests. A row is `done` only when a
   * request that contained it succeeded. Answers that were lost leave rows `unknown`, and what comes after `skipped`;
   * so does an abort, which does not reject: what is known stays known.
   *
   * @throws InvalidArgumentError when the table's logical name or primary id is not known
   * @example
   * import { lead, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const importLeads = async (client: DynamicsClient, topics: readonly string[]) => {
   *   const outcomes = await client
   *     .table(lead)
   *     .createMany(topics.map((subject) => ({ values: { subject, lastname: 'Unknown' } })))
   *   return topics.filter((_, index) => outcomes[index]?.outcome !== 'done')
   * }
   */
  createMany(rows: readonly RowToCreate<T>[], options?: BulkOptions): Promise<readonly BulkOutcome[]>

  /**
   * Changes many rows, as `createMany` makes them. `POST /{set}/Microsoft.Dynamics.CRM.UpdateMultiple`. There are no
   * conditions per row: for optimistic concurrency use `update`, alone or in a batch.
   *
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const optOut = (client: DynamicsClient, ids: readonly string[]) =>
   *   client.table(contact).updateMany(ids.map((id) => ({ id, values: { donotbulkemail: true } })))
   */
  updateMany(rows: readonly RowToUpdate<T>[], options?: BulkOptions): Promise<readonly BulkOutcome[]>

  /**
   * Creates or changes many rows, as `createMany` makes them. `POST /{set}/Microsoft.Dynamics.CRM.UpsertMultiple`. The
   * service does not say which rows are new.
   *
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const put = (client: DynamicsClient, people: readonly { number: string; name: string }[]) =>
   *   client.table(contact).upsertMany(
   *     people.map(({ number, name }) => ({
   *       key: { externaluseridentifier: number },
   *       values: { lastname: name },
   *     })),
   *   )
   */
  upsertMany(rows: readonly RowToUpsert<T>[], options?: BulkOptions): Promise<readonly BulkOutcome[]>

  /**
   * The rows on the other side of a relationship, read like `list`. `GET /{set}({key})/{navigation}`, one request per
   * page. `navigation` is the name of the collection, such as `contact_customer_accounts`.
   *
   * @example
   * import { account, contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const staff = (client: DynamicsClient, accountId: string) =>
   *   client
   *     .table(account)
   *     .related(accountId, 'contact_customer_accounts', contact, { select: ['fullname', 'jobtitle'] })
   */
  related<R extends TableNames, Selected extends SelectableColumn<R> = SelectableColumn<R>>(
    key: RecordKey,
    navigation: string,
    table: R,
    options?: ListOptions<R, Selected>,
  ): RowList<Row<R, Selected>>

  /**
   * Adds a row to a collection of another. `POST /{set}({key})/{navigation}/$ref`. For lookups use `update`.
   *
   * @throws DynamicsError with `isAlreadyExists` when the two are associated already
   * @throws UnknownOutcomeError when the answer was lost
   * @example
   * import { account, contact, reference, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const employ = (client: DynamicsClient, accountId: string, contactId: string) =>
   *   client
   *     .table(account)
   *     .associate(accountId, 'contact_customer_accounts', reference(contact, contactId))
   */
  associate(key: RecordKey, navigation: string, target: Reference, options?: CallOptions): Promise<void>

  /**
   * Takes a row out of a collection of another; without a target, clears a lookup.
   * `DELETE /{set}({key})/{navigation}({target})/$ref`
   *
   * @example
   * import { account, contact, reference, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const dismiss = (client: DynamicsClient, accountId: string, contactId: string) =>
   *   client
   *     .table(account)
   *     .disassociate(accountId, 'contact_customer_accounts', reference(contact, contactId))
   */
  disassociate(key: RecordKey, navigation: string, target?: Reference, options?: CallOptions): Promise<void>

  /**
   * The row that a batch's answer hands back to a write prepared with `returning`. No request.
   *
   * @throws UnexpectedResponseError
   * @example
   * import { type BatchOutcome, contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const rows = (client: DynamicsClient, outcomes: readonly BatchOutcome[]) =>
   *   outcomes.flatMap((each) =>
   *     each.outcome === 'done' ? [client.table(contact).rowIn(each.responses[0], ['fullname'])] : [],
   *   )
   */
  rowIn<Selected extends SelectableColumn<T>>(
    response: ServiceResponse,
    returning: readonly Selected[],
  ): Row<T, Selected>

  /** The requests of this table as values, for `batch()`. */
  readonly prepare: TableRequests<T>
}
