import { encodeValues } from '../payload.ts'
import type { CallOptions } from '../prepared-request.ts'
import type { TableNames, UpdateValues } from '../schema/table.ts'
import type { Transport } from '../transport.ts'
import { entityValue } from './entity-value.ts'

/** Which row survives a merge, which does not, and what the survivor takes over. */
export interface MergeRequest<T extends TableNames> {
  readonly survivorId: string
  readonly mergedId: string
  /** Columns of the survivor to set, such as values of the other row. */
  readonly update?: UpdateValues<T>
  /** Refuse when the parents differ. Default false. */
  readonly checkParents?: boolean
}

export const mergeRows = async <
  T extends TableNames & { readonly logicalName: string; readonly primaryId: string },
>(
  transport: Transport,
  table: T,
  { survivorId, mergedId, update, checkParents = false }: MergeRequest<T>,
  options: CallOptions,
): Promise<void> => {
  const rowOf = (id: string) => entityValue({ table: table.logicalName, id }, table.primaryId)
  await transport.send(
    {
      operation: `${table.entitySet}.merge`,
      method: 'POST',
      path: 'Merge',
      body: {
        Target: rowOf(survivorId),
        Subordinate: rowOf(mergedId),
        UpdateContent: {
          '@odata.type': `Microsoft.Dynamics.CRM.${table.logicalName}`,
          ...encodeValues(table, update ?? {}),
        },
        PerformParentingChecks: checkParents,
      },
    },
    options,
  )
}
