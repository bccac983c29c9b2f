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
  targets: readonly Payload[],
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

// Every function encodes all rows before it sends the first: a mistake in the last row must not surface halfway.

export const createMany = async <T extends TableNames>(
  transport: Transport,
  table: T,
  rows: readonly RowToCreate<T>[],
  options: BulkOptions,
): Promise<readonly BulkOutcome[]> => {
  const { primaryId, type } = identityOf(table)
  const message = { name: 'CreateMultiple', operation: 'createMany', repeatable: false } as const
  const targets = rows.map(({ id, values }) => ({
    ...type,
    ...encodeValues(table, values),
    ...(id === undefined ? {} : { [primaryId]: requireGuid(id) }),
  }))
  return splitWrites(targets, options, async (chunk) => {
    const answer = await post(transport, table, message, chunk, options)
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
  const updates = rows.map(({ id, values }) => ({
    id,
    target: { ...type, ...encodeValues(table, values), [primaryId]: requireGuid(id) },
  }))
  return splitWrites(updates, options, async (chunk) => {
    const targets = chunk.map(({ target }) => target)
    await post(transport, table, message, targets, options)
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
  const upserts = rows.map(({ key, values }) => {
    const id = typeof key === 'string' ? requireGuid(key) : undefined
    const named = id === undefined ? { '@odata.id': recordPath(entitySet, key) } : { [primaryId]: id }
    return { id, target: { ...type, ...encodeValues(table, values), ...named } }
  })
  return splitWrites(upserts, options, async (chunk) => {
    const targets = chunk.map(({ target }) => target)
    await post(transport, table, message, targets, options)
    return chunk.map(({ id }) => id)
  })
}
