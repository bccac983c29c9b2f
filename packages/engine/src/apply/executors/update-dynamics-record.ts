import type { UpdateDynamicsRecord } from '@dynacamp/core'
import { isNotFound, isPreconditionFailed } from '@dynacamp/dynamics-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { columnsRead, rowRecord } from '../../observe/row-record.ts'
import { tableOf } from '../../observe/tables.ts'
import type { ApplyContext } from '../apply-context.ts'
import type { Execution } from '../outcome.ts'
import { rowValues } from '../row-values.ts'

/** Updates the row only if it still has the ETag that the plan was made from. */
export const updateDynamicsRecord = async (
  context: ApplyContext,
  entity: CompiledEntity,
  action: UpdateDynamicsRecord,
): Promise<Execution> => {
  const { dynamics, signal } = context
  const { dynamicsEtag } = action.preconditions
  try {
    const row = await dynamics
      .table(tableOf(entity.entity))
      .update(action.dynamicsId, rowValues(action.changes), {
        returning: columnsRead(entity),
        ...(dynamicsEtag !== undefined && { ifMatch: dynamicsEtag }),
        ...(signal && { signal }),
      })
    const record = rowRecord(entity, row)
    const { dynamicsId, activeCampaignId } = action
    const link = { dynamicsId, activeCampaignId, answered: { dynamics: record.fields } }
    return { status: 'done', records: [record], link }
  } catch (error) {
    if (isPreconditionFailed(error)) {
      const message = 'The row changed in D365 after the plan; the next plan merges it.'
      return { status: 'stale', code: 'row-changed', message }
    }
    if (isNotFound(error)) {
      return { status: 'stale', code: 'row-gone', message: 'The row was deleted in D365 after the plan.' }
    }
    throw error
  }
}
