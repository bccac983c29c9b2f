import * as z from 'zod'
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts'
import { requireGuid } from '../guid.ts'
import { encodeValues, type Payload } from '../payload.ts'
import { recordPath } from '../record-key.ts'
import type { TableNames } from '../schema/table.ts'
import { decodeBody, type Transport, unexpectedResponse } from '../transport.ts'
import type { BulkOptions, BulkOutcome, RowToCreate, RowToUpdate, RowToUpsert } from './bulk-outcome.ts'
import { splitWrites } from './split-writes.ts'

/** Where `createMultiple` is `CreateMultiple` and so on. */
interface Message {
  readonly name: 'CreateMultiple' | 'UpdateMultiple' | 'UpsertMultiple'
  readonly operation: 'createMany' | 'updateMany' | 'upsertMany'
  readonly repeatable: boolean
}

const defaultChunkSize = 1_000

const idsAnswer = z.looseObject({ Ids: z.array(z.guid().toLowerCase()) })

/** The names that bulk messages need beyond the entity set. */
const identityOf = ({ entitySet, logicalName, primaryId }: TableNames) => {
  if (logicalName === undefined || primaryId === undefined) {
    throw new InvalidArgumentError(
      `Bulk writes need the names of the table: use table({ entitySet: '${entitySet}', logicalName, primaryId }).`,
    )
  }
  return { entitySet, primaryId, type: { '@odata.type': `Microsoft.Dynamics.CRM.${logicalName}` } }
}

const post = (
  transport: Transport,
  table: TableNames,
  message: Message,
  targets: Payload[],
  options: BulkOptions,
) =>
  transport.send(
    {
      operation: `${table.entitySet}.${message.operation}`,
      method: 'POST',
      path: `${table.entitySet}/Microsoft.Dynamics.CRM.${message.name}`,
      body: { Targets: targets },
      repeatable: message.repeatable,
    },
    options,
  )

export const createMany = async <T extends TableNames>(
  transport: Transport,
  table: T,
  rows: readonly RowToCreate<T>[],
  options: BulkOptions,
): Promise<readonly BulkOutcome[]> => {
  const { primaryId, type } = identityOf(table)
  const message = { name: 'CreateMultiple', operation: 'createMany', repeatable: false } as const
  const targetOf = ({ id, values }: RowToCreate<T>): Payload => ({
    ...type,
    ...encodeValues(table, values),
    ...(id === undefined ? {} : { [primaryId]: requireGuid(id) }),
  })
  return splitWrites(rows, options.chunkSize ?? defaultChunkSize, async (chunk) => {
    const answer = await post(transport, table, message, chunk.map(targetOf), options)
    const { Ids } = decodeBody(answer, idsAnswer)
    if (Ids.length === chunk.length) return Ids
    throw unexpectedResponse(answer, [
      { path: 'Ids', message: `expected ${chunk.length} ids, got ${Ids.length}` },
    ])
  })
}

export const updateMany = async <T extends TableNames>(
  transport: Transport,
  table: T,
  rows: readonly RowToUpdate<T>[],
  options: BulkOptions,
): Promise<readonly BulkOutcome[]> => {
  const { primaryId, type } = identityOf(table)
  const message = { name: 'UpdateMultiple', operation: 'updateMany', repeatable: true } as const
  const targetOf = ({ id, values }: RowToUpdate<T>): Payload => ({
    ...type,
    ...encodeValues(table, values),
    [primaryId]: requireGuid(id),
  })
  return splitWrites(rows, options.chunkSize ?? defaultChunkSize, async (chunk) => {
    await post(transport, table, message, chunk.map(targetOf), options)
    return chunk.map(({ id }) => id)
  })
}

export const upsertMany = async <T extends TableNames>(
  transport: Transport,
  table: T,
  rows: readonly RowToUpsert<T>[],
  options: BulkOptions,
): Promise<readonly BulkOutcome[]> => {
  const { entitySet, primaryId, type } = identityOf(table)
  const message = { name: 'UpsertMultiple', operation: 'upsertMany', repeatable: true } as const
  const targetOf = ({ key, values }: RowToUpsert<T>): Payload => ({
    ...type,
    ...encodeValues(table, values),
    ...(typeof key === 'string'
      ? { [primaryId]: requireGuid(key) }
      : { '@odata.id': recordPath(entitySet, key) }),
  })
  return splitWrites(rows, options.chunkSize ?? defaultChunkSize, async (chunk) => {
    await post(transport, table, message, chunk.map(targetOf), options)
    return chunk.map(({ key }) => (typeof key === 'string' ? key : undefined))
  })
}
