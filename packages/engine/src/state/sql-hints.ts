import type { HintState } from './hint-state.ts'
import type { StateDatabase } from './tables.ts'

/** Hints in SQL. */
export const sqlHints = (db: StateDatabase, tenant: string): HintState => ({
  async add({ entity, side, id, at }) {
    await db.insertInto('dynacamp_hint').values({ tenant, entity, side, id, at }).execute()
  },

  async take(limit) {
    const rows = await db
      .selectFrom('dynacamp_hint')
      .selectAll()
      .where('tenant', '=', tenant)
      .orderBy('sequence')
      .limit(limit)
      .execute()
    return rows.map(({ sequence, entity, side, id, at }) => ({
      hintId: String(sequence),
      entity,
      side: side === 'dynamics' ? 'dynamics' : 'activeCampaign',
      id,
      at,
    }))
  },

  async done(hintIds) {
    if (hintIds.length === 0) return
    await db
      .deleteFrom('dynacamp_hint')
      .where('tenant', '=', tenant)
      .where('sequence', 'in', hintIds.map(Number))
      .execute()
  },
})
