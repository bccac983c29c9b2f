import type { HintState } from './hint-state.ts'
import type { StateDatabase } from './tables.ts'

/** Hints in SQL. */
export const sqlHints = (db: StateDatabase, tenant: string): HintState => ({
  async add({ entity, side, id, at }) {
    await db
      .deleteFrom('dynacamp_hint')
      .where('tenant', '=', tenant)
      .where('entity', '=', entity)
      .where('side', '=', side)
      .where('id', '=', id)
      .execute()
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

  async count() {
    const { count } = await db
      .selectFrom('dynacamp_hint')
      .select((row) => row.fn.countAll().as('count'))
      .where('tenant', '=', tenant)
      .executeTakeFirstOrThrow()
    return Number(count)
  },

  async last() {
    const hint = await db
      .selectFrom('dynacamp_hint')
      .select('sequence')
      .where('tenant', '=', tenant)
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst()
    return hint === undefined ? null : String(hint.sequence)
  },

  async forget(side, upTo) {
    await db
      .deleteFrom('dynacamp_hint')
      .where('tenant', '=', tenant)
      .where('side', '=', side)
      .where('sequence', '<=', Number(upTo))
      .execute()
  },
})
