import { createMany, updateMany, upsertMany } from './bulk/bulk-writes.ts'
import { createChangeFeed } from './change-feed.ts'
import { UnexpectedResponseError } from './errors/unexpected-response-error.ts'
import { associate, disassociate } from './links.ts'
import { preferHeader, wantedAnnotations } from './prefer.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { filterQuery, type ListOptions, listQuery, type ReadOptions, readQuery, selectText } from './query.ts'
import { type RecordKey, recordPath, requireName } from './record-key.ts'
import { createRowList } from './row-list.ts'
import { createRowReader } from './row-reader.ts'
import type {
  CreateValues,
  Row,
  SelectableColumn,
  TableNames,
  UpdateValues,
  UpsertValues,
} from './schema/table.ts'
import type { ChangesOptions, ReturningOption, TableClient, TableRequests } from './table-client.ts'
import { type Answer, jsonOf, type Transport, unexpectedResponse } from './transport.ts'
import {
  type CreateOptions,
  createRequest,
  deleteRequest,
  type UpdateOptions,
  type UpsertOptions,
  updateRequest,
  upsertRequest,
} from './write-requests.ts'
import { type Created, createdOf, type Written, writtenOf } from './written.ts'

/** Where `$count` stops counting. */
const countLimit = 5_000

const getRequest = <T extends TableNames>(
  table: T,
  key: RecordKey,
  options: ReadOptions<T, SelectableColumn<T>>,
): PreparedRequest => ({
  operation: `${table.entitySet}.get`,
  method: 'GET',
  path: recordPath(table.entitySet, key),
  query: readQuery(table, options),
  headers: preferHeader({ annotations: wantedAnnotations(table, options) }),
})

const listRequest = <T extends TableNames>(
  table: T,
  options: ListOptions<T, SelectableColumn<T>>,
): PreparedRequest => ({
  operation: `${table.entitySet}.list`,
  method: 'GET',
  path: requireName(table.entitySet),
  query: listQuery(table, options),
  headers: preferHeader({
    // The service ignores $top together with a page size.
    maxPageSize: options.top === undefined ? options.pageSize : undefined,
    annotations: wantedAnnotations(table, options),
  }),
})

const changesRequest = <T extends TableNames>(
  table: T,
  options: ChangesOptions<T, SelectableColumn<T>>,
): PreparedRequest => {
  const { deltaLink, pageSize } = options
  const preferences = { maxPageSize: pageSize, annotations: wantedAnnotations(table, options) }
  const request = { operation: `${table.entitySet}.changes`, method: 'GET' } as const
  // The query is inside the link.
  if (deltaLink !== undefined) return { ...request, path: deltaLink, headers: preferHeader(preferences) }
  return {
    ...request,
    path: requireName(table.entitySet),
    query: { $select: selectText(table, options.select) },
    headers: preferHeader({ ...preferences, trackChanges: true }),
  }
}

const requestsOf = <T extends TableNames>(table: T): TableRequests<T> => ({
  get: (key, options = {}) => getRequest(table, key, options),
  list: (options = {}) => listRequest(table, options),
  create: (values, options = {}) => createRequest(table, values, options, options.returning),
  update: (key, values, options = {}) => updateRequest(table, key, values, options, options.returning),
  upsert: (key, values, options = {}) => upsertRequest(table, key, values, options, undefined),
  delete: (key, options = {}) => deleteRequest(table, key, options),
})

export const createTableClient = <T extends TableNames>(transport: Transport, table: T): TableClient<T> => {
  requireName(table.entitySet)

  const rowOf = <Selected extends SelectableColumn<T>>(
    answer: Answer,
    select: readonly Selected[] | undefined,
  ): Row<T, Selected> => {
    const reader = createRowReader(table, select)
    const body = jsonOf(answer)
    if (!reader.accepts(body)) throw unexpectedResponse(answer, reader.problem(body).issues)
    return body
  }

  function create(values: CreateValues<T>, options?: CreateOptions): Promise<Created>
  function create<Selected extends SelectableColumn<T>>(
    values: CreateValues<T>,
    options: CreateOptions & ReturningOption<Selected>,
  ): Promise<Row<T, Selected>>
  async function create<Selected extends SelectableColumn<T>>(
    values: CreateValues<T>,
    options: CreateOptions & Partial<ReturningOption<Selected>> = {},
  ): Promise<Created | Row<T, Selected>> {
    const { returning } = options
    const answer = await transport.send(createRequest(table, values, options, returning), options)
    return returning === undefined ? createdOf(answer) : rowOf(answer, returning)
  }

  function update(key: RecordKey, values: UpdateValues<T>, options?: UpdateOptions): Promise<Written>
  function update<Selected extends SelectableColumn<T>>(
    key: RecordKey,
    values: UpdateValues<T>,
    options: UpdateOptions & ReturningOption<Selected>,
  ): Promise<Row<T, Selected>>
  async function update<Selected extends SelectableColumn<T>>(
    key: RecordKey,
    values: UpdateValues<T>,
    options: UpdateOptions & Partial<ReturningOption<Selected>> = {},
  ): Promise<Written | Row<T, Selected>> {
    const { returning } = options
    const answer = await transport.send(updateRequest(table, key, values, options, returning), options)
    return returning === undefined ? writtenOf(answer, key) : rowOf(answer, returning)
  }

  function upsert(key: RecordKey, values: UpsertValues<T>, options?: UpsertOptions): Promise<Written>
  function upsert<Selected extends SelectableColumn<T>>(
    key: RecordKey,
    values: UpsertValues<T>,
    options: UpsertOptions & ReturningOption<Selected>,
  ): Promise<{ readonly created: boolean; readonly row: Row<T, Selected> }>
  async function upsert<Selected extends SelectableColumn<T>>(
    key: RecordKey,
    values: UpsertValues<T>,
    options: UpsertOptions & Partial<ReturningOption<Selected>> = {},
  ): Promise<Written | { readonly created: boolean; readonly row: Row<T, Selected> }> {
    const { returning } = options
    const answer = await transport.send(upsertRequest(table, key, values, options, returning), options)
    if (returning === undefined) return writtenOf(answer, key)
    return { created: answer.status === 201, row: rowOf(answer, returning) }
  }

  return {
    table,
    get: async (key, options = {}) =>
      rowOf(await transport.send(getRequest(table, key, options), options), options.select),
    getIfChanged: async (key, etag, options = {}) => {
      const request = getRequest(table, key, { ...options, lookupTables: false })
      const conditional = { ...request, headers: { ...request.headers, 'If-None-Match': etag } }
      const answer = await transport.send(conditional, { ...options, expect: [304] })
      return answer.status === 304 ? undefined : rowOf(answer, options.select)
    },
    list: (options = {}) =>
      createRowList(transport, listRequest(table, options), createRowReader(table, options.select), options),
    count: async (options = {}) => {
      const request = {
        operation: `${table.entitySet}.count`,
        method: 'GET',
        path: `${table.entitySet}/$count`,
        query: filterQuery(options.filter),
        headers: { Accept: 'text/plain' },
      } as const
      const answer = await transport.send(request, options)
      const text = answer.text.trim()
      if (!/^\d+$/.test(text)) {
        throw unexpectedResponse(answer, [{ path: '(body)', message: 'expected a number as text' }])
      }
      const count = Number(text)
      return { count, isCapped: count >= countLimit }
    },
    changes: (options = {}) =>
      createChangeFeed(
        transport,
        changesRequest(table, options),
        createRowReader(table, options.select),
        options,
      ),
    create,
    update,
    upsert,
    delete: async (key, options = {}) => {
      await transport.send(deleteRequest(table, key, options), options)
    },
    createMany: (rows, options = {}) => createMany(transport, table, rows, options),
    updateMany: (rows, options = {}) => updateMany(transport, table, rows, options),
    upsertMany: (rows, options = {}) => upsertMany(transport, table, rows, options),
    related: (key, navigation, other, options = {}) => {
      const request = {
        ...listRequest(other, options),
        operation: `${table.entitySet}.related`,
        path: `${recordPath(table.entitySet, key)}/${requireName(navigation)}`,
      }
      return createRowList(transport, request, createRowReader(other, options.select), options)
    },
    associate: (key, navigation, target, options = {}) =>
      associate(transport, table, key, navigation, target, options),
    disassociate: (key, navigation, target, options = {}) =>
      disassociate(transport, table, key, navigation, target, options),
    rowIn: (response, returning) => {
      const reader = createRowReader(table, returning)
      const body = response.json()
      if (reader.accepts(body)) return body
      const { status, requestId } = response
      const details = { operation: `${table.entitySet}.batch`, status, requestId }
      throw new UnexpectedResponseError(reader.problem(body).issues, details)
    },
    prepare: requestsOf(table),
  }
}
