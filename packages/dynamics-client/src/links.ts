import { requireGuid } from './guid.ts'
import type { CallOptions, PreparedRequest } from './prepared-request.ts'
import { type RecordKey, recordPath, requireName } from './record-key.ts'
import type { Reference } from './schema/reference.ts'
import type { TableNames } from './schema/table.ts'
import type { Transport } from './transport.ts'

const linkRequest = (
  transport: Transport,
  table: TableNames,
  key: RecordKey,
  navigation: string,
  target: Reference,
): PreparedRequest => ({
  operation: `${table.entitySet}.associate`,
  method: 'POST',
  path: `${recordPath(table.entitySet, key)}/${requireName(navigation)}/$ref`,
  body: { '@odata.id': `${transport.apiUrl}/${recordPath(target.entitySet, target.id)}` },
})

/** Adds a row to a collection of another. */
export const associate = async (
  transport: Transport,
  table: TableNames,
  key: RecordKey,
  navigation: string,
  target: Reference,
  options: CallOptions,
): Promise<void> => {
  await transport.send(linkRequest(transport, table, key, navigation, target), options)
}

/** Takes a row out of a collection of another, or clears a lookup. */
export const disassociate = async (
  transport: Transport,
  table: TableNames,
  key: RecordKey,
  navigation: string,
  target: Reference | undefined,
  options: CallOptions,
): Promise<void> => {
  const member = target === undefined ? '' : `(${requireGuid(target.id)})`
  await transport.send(
    {
      operation: `${table.entitySet}.disassociate`,
      method: 'DELETE',
      path: `${recordPath(table.entitySet, key)}/${requireName(navigation)}${member}/$ref`,
    },
    options,
  )
}
