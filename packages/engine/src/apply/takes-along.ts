import { DynamicsError } from '@dynacamp/dynamics-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { tables } from '../observe/tables.ts'
import type { ApplyContext } from './apply-context.ts'

/**
 * What Dynamics 365 deletes together with an account or a contact, and the column that says so: `contact_customer_accounts`,
 * `lead_customer_accounts`, `opportunity_customer_accounts`, and the same of contacts, have `Delete: Cascade`.
 *
 * https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/account#one-to-many-relationships
 */
const customers = [
  { table: tables.contacts, column: '_parentcustomerid_value', name: 'contacts' },
  { table: tables.leads, column: '_customerid_value', name: 'leads' },
  { table: tables.opportunities, column: '_customerid_value', name: 'opportunities' },
] as const

/** A row is not deleted, as Dynamics 365 would delete others with it that no policy speaks of. */
export class TakesAlongError extends Error {
  override readonly name = 'TakesAlongError'
  readonly code = 'takes-along'

  constructor(others: readonly string[]) {
    super(
      `Not deleted: Dynamics 365 would delete the row’s ${others.join(' and ')} with it. ` +
        'Give them to another customer or delete them there first, or let the definition deactivate the row.',
    )
  }
}

/**
 * Looks whether other rows would go with this one.
 *
 * @throws TakesAlongError when some would.
 */
export const refuseToTakeAlong = async (
  { dynamics, signal }: Pick<ApplyContext, 'dynamics' | 'signal'>,
  { entity }: Pick<CompiledEntity, 'entity'>,
  id: string,
): Promise<void> => {
  if (entity !== 'accounts' && entity !== 'contacts') return
  const others: string[] = []
  for (const { table, column, name } of customers) {
    const rows = dynamics
      .table(table)
      .list({ select: [table.primaryId], filter: `${column} eq ${id}`, top: 1, ...(signal && { signal }) })
    try {
      for await (const _row of rows) others.push(name)
    } catch (error) {
      // An environment without Sales has no leads and no opportunities.
      if (!(error instanceof DynamicsError) || error.status !== 404) throw error
    }
  }
  if (others.length > 0) throw new TakesAlongError(others)
}
