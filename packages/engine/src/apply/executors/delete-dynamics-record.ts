import type { DeleteDynamicsRecord } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { rowKind } from '../../observe/row-record.ts'
import { tableOf } from '../../observe/tables.ts'
import type { ApplyContext } from '../apply-context.ts'
import type { Execution } from '../outcome.ts'
import { staleRow } from '../stale.ts'
import { refuseToTakeAlong } from '../takes-along.ts'

/**
 * Deletes the row only if it still has the ETag that the plan was made from, and takes no other rows along. Repeating finds it gone.
 *
 * @throws TakesAlongError when it would.
 */
export const deleteDynamicsRecord = async (
  context: ApplyContext,
  entity: CompiledEntity,
  { dynamicsId, preconditions }: DeleteDynamicsRecord,
): Promise<Execution> => {
  const { dynamics, signal } = context
  await refuseToTakeAlong(context, entity, dynamicsId)
  try {
    await dynamics.table(tableOf(entity.entity)).delete(dynamicsId, {
      ...(preconditions.dynamicsEtag !== undefined && { ifMatch: preconditions.dynamicsEtag }),
      ...(signal && { signal }),
    })
    return { status: 'done', records: [], gone: { ...rowKind(entity), id: dynamicsId }, link: 'removed' }
  } catch (error) {
    return staleRow(error, { ...rowKind(entity), id: dynamicsId })
  }
}
