import type { CreateDynamicsRecord } from '@dynacamp/core'
import { isAlreadyExists, isNotFound, type WireRow } from '@dynacamp/dynamics-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { columnsRead, rowRecord } from '../../observe/row-record.ts'
import { type EntityTable, tableOf } from '../../observe/tables.ts'
import type { ApplyContext } from '../apply-context.ts'
import { lookAtAccount } from '../look-at-account.ts'
import { lookAtContact } from '../look-at-contact.ts'
import type { Execution } from '../outcome.ts'
import { rowValues } from '../row-values.ts'
import { contactChanged, staleContact } from '../stale.ts'
import { accountChanged, staleAccount } from '../stale-account.ts'

/**
 * Creates the row under the GUID that the plan derived from the contact. If it exists, an earlier run made it and ended
 * before it could write that down: the row is taken as it is now.
 */
export const createDynamicsRecord = async (
  context: ApplyContext,
  entity: CompiledEntity,
  action: CreateDynamicsRecord,
): Promise<Execution> => {
  const { dynamicsId, activeCampaignId } = action
  const isAccount = entity.entity === 'accounts'
  try {
    const { now, unchanged } = await (isAccount
      ? lookAtAccount(context, entity, action)
      : lookAtContact(context, action))
    if (!unchanged) return isAccount ? accountChanged(now) : contactChanged
  } catch (error) {
    return isAccount ? staleAccount(error, activeCampaignId) : staleContact(error, activeCampaignId)
  }
  const row = await createOrGet(context, entity, action)
  return { status: 'done', records: [rowRecord(entity, row)], link: { dynamicsId, activeCampaignId } }
}

const createOrGet = async (
  { dynamics, signal }: ApplyContext,
  entity: CompiledEntity,
  { dynamicsId, changes }: CreateDynamicsRecord,
): Promise<WireRow> => {
  const table: EntityTable = tableOf(entity.entity)
  const rows = dynamics.table(table)
  const columns = columnsRead(entity)
  const options = { ...entity.annotations, ...(signal && { signal }) }
  try {
    return await rows.create(rowValues(entity, changes), { id: dynamicsId, returning: columns, ...options })
  } catch (error) {
    if (!isAlreadyExists(error)) throw error
    return rows.get(dynamicsId, { select: columns, ...options }).catch((met: unknown) => {
      // Another row has the value of a key that is to be unique.
      throw isNotFound(met) ? error : met
    })
  }
}
