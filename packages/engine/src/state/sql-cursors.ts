import type { CursorState } from './state-store.ts'
import type { StateDatabase } from './tables.ts'

/** Cursors in SQL. */
export const sqlCursors = (db: StateDatabase, tenant: string): CursorState => ({
  async get(name) {
    const row = await db
      .selectFrom('dynacamp_cursor')
      .select('value')
      .where('tenant', '=', tenant)
      .where('name', '=', name)
      .executeTakeFirst()
    return row?.value ?? null
  },
  async set(name, value) {
    await db
      .insertInto('dynacamp_cursor')
      .values({ tenant, name, value })
      .onConflict((conflict) => conflict.columns(['tenant', 'name']).doUpdateSet({ value }))
      .execute()
  },
})
