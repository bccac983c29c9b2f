import type { DeactivateDynamicsRecord, UpdateDynamicsRecord } from '@dynacamp/core'
import { isNotFound, type WireValues } from '@dynacamp/dynamics-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { columnsRead, rowKind, rowRecord } from '../../observe/row-record.ts'
import { inactiveStates, tableOf } from '../../observe/tables.ts'
import type { ApplyContext } from '../apply-context.ts'
import type { Execution } from '../outcome.ts'
import { bindsRow, rowValues } from '../row-values.ts'
import { staleRow } from '../stale.ts'

const isThere = async (
  { dynamics, signal }: ApplyContext,
  { entity }: CompiledEntity,
  id: string,
): Promise<boolean> => {
  try {
    await dynamics.table(tableOf(entity)).get(id, { select: [], ...(signal && { signal }) })
    return true
  } catch (error) {
    if (isNotFound(error)) return false
    throw error
  }
}

/** Writes the row only if it still has the ETag that the plan was made from. */
const writeRow = async (
  context: ApplyContext,
  entity: CompiledEntity,
  { dynamicsId, activeCampaignId, changes, preconditions }: UpdateDynamicsRecord | DeactivateDynamicsRecord,
  values: WireValues,
): Promise<Execution> => {
  const { dynamics, signal } = context
  try {
    const row = await dynamics.table(tableOf(entity.entity)).update(dynamicsId, values, {
      returning: columnsRead(entity),
      ...entity.annotations,
      ...(preconditions.dynamicsEtag !== undefined && { ifMatch: preconditions.dynamicsEtag }),
      ...(signal && { signal }),
    })
    const record = rowRecord(entity, row)
    const link = { dynamicsId, activeCampaignId, answered: { dynamics: record.fields } }
    return { status: 'done', records: [record], link }
  } catch (error) {
    // The error is then about the row that it was to refer to: the record is held with it.
    if (isNotFound(error) && bindsRow(entity, changes) && (await isThere(context, entity, dynamicsId))) {
      throw error
    }
    return staleRow(error, { ...rowKind(entity), id: dynamicsId })
  }
}

export const updateDynamicsRecord = (
  context: ApplyContext,
  entity: CompiledEntity,
  action: UpdateDynamicsRecord,
): Promise<Execution> => writeRow(context, entity, action, rowValues(entity, action.changes))

export const deactivateDynamicsRecord = (
  context: ApplyContext,
  entity: CompiledEntity,
  action: DeactivateDynamicsRecord,
): Promise<Execution> => writeRow(context, entity, action, { statecode: inactiveStates[entity.entity] })
