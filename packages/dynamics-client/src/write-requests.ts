import { InvalidArgumentError } from './errors/invalid-argument-error.ts'
import { encodeValues } from './payload.ts'
import { preferHeader, wantedAnnotations } from './prefer.ts'
import type { CallOptions, PreparedRequest } from './prepared-request.ts'
import { selectText } from './query.ts'
import { type RecordKey, recordPath, requireName } from './record-key.ts'
import type { TableNames } from './schema/table.ts'

/** What every write takes. */
export interface WriteOptions extends CallOptions {
  /** Run the published duplicate detection rules; a hit is an error for `isDuplicateDetected`. Default: off. */
  readonly detectDuplicates?: boolean
  /** Reaches plug-ins and webhooks as the shared variable `tag`: how a receiver knows its own writes. */
  readonly tag?: string
  /** With `returning`: adds the texts that a person sees. */
  readonly formattedValues?: boolean
  /** With `returning`: adds the table that each lookup refers to. Default: true when a returned lookup has several targets. */
  readonly lookupTables?: boolean
  /** Others of the service, such as `MSCRM.BypassBusinessLogicExecution`. */
  readonly headers?: Readonly<Record<string, string>>
}

/** What a create takes besides the values. */
export interface CreateOptions extends WriteOptions {
  /** A GUID of yours: the create can then be repeated, and fails with `isAlreadyExists` if the row is there. */
  readonly id?: string
}

/** What an update or a deletion takes besides the values. */
export interface UpdateOptions extends WriteOptions {
  /** The row's ETag: only if it is unchanged. Default `'*'`: only if the row exists. */
  readonly ifMatch?: string
}

/** What an upsert takes besides the values. */
export interface UpsertOptions extends WriteOptions {
  /** The row's ETag: update only if it is unchanged. */
  readonly ifMatch?: string
  /** `'*'`: create only, fail with `isAlreadyExists` otherwise. */
  readonly ifNoneMatch?: '*'
}

/** The columns that a write hands back; undefined for none. */
export type Returning = readonly string[] | undefined

const common = (table: TableNames, options: WriteOptions, returning: Returning) => ({
  query: {
    $select: returning === undefined ? undefined : selectText(table, returning),
    tag: options.tag,
  },
  headers: {
    ...preferHeader({
      returnRepresentation: returning !== undefined,
      annotations: returning === undefined ? [] : wantedAnnotations(table, { ...options, select: returning }),
    }),
    ...(options.detectDuplicates === true ? { 'MSCRM.SuppressDuplicateDetection': 'false' } : {}),
    ...options.headers,
  },
})

const refuseBoth = (options: UpsertOptions): void => {
  if (options.ifMatch !== undefined && options.ifNoneMatch !== undefined) {
    throw new InvalidArgumentError('ifMatch and ifNoneMatch exclude each other.')
  }
}

export const createRequest = (
  table: TableNames,
  values: object,
  options: CreateOptions,
  returning: Returning,
): PreparedRequest => {
  const { query, headers } = common(table, options, returning)
  const request = { operation: `${table.entitySet}.create`, query, body: encodeValues(table, values) }
  if (options.id === undefined) {
    return { ...request, method: 'POST', path: requireName(table.entitySet), headers }
  }
  return {
    ...request,
    method: 'PATCH',
    path: recordPath(table.entitySet, options.id),
    headers: { ...headers, 'If-None-Match': '*' },
    // The id is the caller's: a second sending cannot create a second row.
    repeatable: true,
  }
}

export const updateRequest = (
  table: TableNames,
  key: RecordKey,
  values: object,
  options: UpdateOptions,
  returning: Returning,
): PreparedRequest => {
  const { query, headers } = common(table, options, returning)
  return {
    operation: `${table.entitySet}.update`,
    method: 'PATCH',
    path: recordPath(table.entitySet, key),
    query,
    // Without a condition a PATCH creates what is missing.
    headers: { ...headers, 'If-Match': options.ifMatch ?? '*' },
    body: encodeValues(table, values),
    // Our own first write changes the ETag: a second sending would be refused and tell a lie.
    repeatable: (options.ifMatch ?? '*') === '*',
  }
}

export const upsertRequest = (
  table: TableNames,
  key: RecordKey,
  values: object,
  options: UpsertOptions,
  returning: Returning,
): PreparedRequest => {
  refuseBoth(options)
  const { query, headers } = common(table, options, returning)
  return {
    operation: `${table.entitySet}.upsert`,
    method: 'PATCH',
    path: recordPath(table.entitySet, key),
    query,
    headers: {
      ...headers,
      ...(options.ifMatch === undefined ? {} : { 'If-Match': options.ifMatch }),
      ...(options.ifNoneMatch === undefined ? {} : { 'If-None-Match': options.ifNoneMatch }),
    },
    body: encodeValues(table, values),
    repeatable: options.ifMatch === undefined,
  }
}

export const deleteRequest = (
  table: TableNames,
  key: RecordKey,
  options: UpdateOptions,
): PreparedRequest => ({
  operation: `${table.entitySet}.delete`,
  method: 'DELETE',
  path: recordPath(table.entitySet, key),
  query: { tag: options.tag },
  headers: { ...options.headers, ...(options.ifMatch === undefined ? {} : { 'If-Match': options.ifMatch }) },
})
