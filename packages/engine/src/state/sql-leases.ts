import { minutesToMilliseconds } from 'date-fns/minutesToMilliseconds'
import { LeaseLostError } from '../errors/lease-lost-error.ts'
import type { Lease, LeaseState } from './lease-state.ts'
import type { StateDatabase } from './tables.ts'

type InTenant = <Result>(tenant: string, work: (db: StateDatabase) => Promise<Result>) => Promise<Result>

/** Refuses a number that is not the tenant's lease. Transactions of a tenant follow each other, so it stays so to the end. */
export const assertFence = async (db: StateDatabase, tenant: string, fence: number): Promise<void> => {
  const lease = await db
    .selectFrom('dynacamp_lease')
    .select(['fence', 'holder'])
    .where('tenant', '=', tenant)
    .executeTakeFirst()
  if (lease === undefined || lease.holder === null || Number(lease.fence) !== fence) {
    throw new LeaseLostError(tenant, fence)
  }
}

/** A lease that lasts longer than this, and than twice the taker's, was taken under a wrong clock. */
const longestMs = minutesToMilliseconds(10)

/** Leases in SQL. */
export const sqlLeases = (inTenant: InTenant): LeaseState => {
  const rowOf = (db: StateDatabase, tenant: string) =>
    db.selectFrom('dynacamp_lease').selectAll().where('tenant', '=', tenant).executeTakeFirst()

  /** Changes the row of a lease that is still good, and says whether there was one. */
  const change = async (
    db: StateDatabase,
    { tenant, holder, fence }: Lease,
    set: { readonly holder: string | null; readonly expires_at_ms: number },
  ): Promise<boolean> => {
    const { numUpdatedRows } = await db
      .updateTable('dynacamp_lease')
      .set(set)
      .where('tenant', '=', tenant)
      .where('holder', '=', holder)
      .where('fence', '=', fence)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  return {
    acquire: (tenant, { holder, ttlMs, nowMs }) =>
      inTenant(tenant, async (db) => {
        const held = await rowOf(db, tenant)
        const endsInMs = held == null || held.holder === null ? 0 : Number(held.expires_at_ms) - nowMs
        if (endsInMs > 0 && endsInMs <= Math.max(2 * ttlMs, longestMs)) return null
        // What was given back expired in that moment.
        const freedAtMs = held?.holder === null ? Number(held.expires_at_ms) : null
        const lease = { tenant, holder, fence: Number(held?.fence ?? 0) + 1, expires_at_ms: nowMs + ttlMs }
        await db
          .insertInto('dynacamp_lease')
          .values(lease)
          .onConflict((conflict) =>
            conflict.column('tenant').doUpdateSet((row) => ({
              holder: row.ref('excluded.holder'),
              fence: row.ref('excluded.fence'),
              expires_at_ms: row.ref('excluded.expires_at_ms'),
            })),
          )
          .execute()
        return { tenant, holder, fence: lease.fence, expiresAtMs: lease.expires_at_ms, freedAtMs }
      }),

    renew: (lease, { ttlMs, nowMs }) =>
      inTenant(lease.tenant, async (db) => {
        const expiresAtMs = nowMs + ttlMs
        const renewed = await change(db, lease, { holder: lease.holder, expires_at_ms: expiresAtMs })
        return renewed ? { ...lease, expiresAtMs } : null
      }),

    release: (lease, { nowMs }) =>
      inTenant(lease.tenant, async (db) => {
        await change(db, lease, { holder: null, expires_at_ms: nowMs })
      }),
  }
}
