import type { Action } from '@dynacamp/core'
import type { BatchResponse, DynamicsClient, PreparedRequest } from '@dynacamp/dynamics-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { columnsRead, rowRecord } from '../../observe/row-record.ts'
import { inactiveStates, tableOf } from '../../observe/tables.ts'
import type { Execution } from '../outcome.ts'
import { rowValues } from '../row-values.ts'

/** One row of a batch: what is sent, with its own condition, and what the answer means. */
export interface RowRequest {
  readonly request: PreparedRequest
  done(response: BatchResponse): Execution
}

/** The request of an action that writes one row; undefined for kinds that do something else. */
export const rowRequest = (
  dynamics: DynamicsClient,
  entity: CompiledEntity,
  action: Action,
): RowRequest | undefined => {
  const table = dynamics.table(tableOf(entity.entity))
  const returning = columnsRead(entity)
  const { annotations } = entity
  const { dynamicsEtag } = action.preconditions
  const onlyIf = dynamicsEtag === undefined ? {} : { ifMatch: dynamicsEtag }
  const record = (response: BatchResponse) => rowRecord(entity, table.rowIn(response, returning))
  switch (action.kind) {
    case 'update-dynamics-record':
    case 'deactivate-dynamics-record': {
      const { dynamicsId, activeCampaignId, changes } = action
      const inactive = { statecode: inactiveStates[entity.entity] }
      const values = action.kind === 'update-dynamics-record' ? rowValues(entity, changes) : inactive
      return {
        request: table.prepare.update(dynamicsId, values, { ...onlyIf, ...annotations, returning }),
        done: (response) => {
          const row = record(response)
          const link = { dynamicsId, activeCampaignId, answered: { dynamics: row.fields } }
          return { status: 'done', records: [row], link }
        },
      }
    }
    case 'create-dynamics-record': {
      const { dynamicsId, activeCampaignId, changes } = action
      return {
        request: table.prepare.create(rowValues(entity, changes), {
          id: dynamicsId,
          ...annotations,
          returning,
        }),
        done: (response) => ({
          status: 'done',
          records: [record(response)],
          link: { dynamicsId, activeCampaignId },
        }),
      }
    }
    default:
      return undefined
  }
}
