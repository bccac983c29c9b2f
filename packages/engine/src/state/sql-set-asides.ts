import type { Selectable } from 'kysely'
import type { Side } from './kinds.ts'
import type { Seal } from './seal.ts'
import { type SetAside, type SetAsideState, setAsideKey } from './set-aside-state.ts'
import type { StateDatabase, StateTables } from './tables.ts'

const toSide = (side: string): Side => (side === 'dynamics' ? 'dynamics' : 'activeCampaign')

/** Records set aside, in SQL. */
export const sqlSetAsides = (db: StateDatabase, tenant: string, seal: Seal): SetAsideState => {
  const toSetAside = (row: Selectable<StateTables['dynacamp_set_aside']>): SetAside => ({
    entity: row.entity,
    side: toSide(row.side),
    id: row.id,
    code: row.code,
    message: seal.open('message', row.message),
    attempts: row.attempts,
    nextTryAtMs: row.next_try_at_ms === null ? null : Number(row.next_try_at_ms),
    since: row.since,
    seen: row.seen,
  })

  const toRow = (entry: SetAside) => ({
    tenant,
    key: setAsideKey(entry),
    entity: entry.entity,
    side: entry.side,
    id: entry.id,
    code: entry.code,
    message: seal.close('message', entry.message),
    attempts: entry.attempts,
    next_try_at_ms: entry.nextTryAtMs,
    since: entry.since,
    seen: entry.seen,
  })

  const select = () =>
    db.selectFrom('dynacamp_set_aside').selectAll().where('tenant', '=', tenant).orderBy('key')

  return {
    async save(entries) {
      const rows = new Map(entries.map((entry) => [setAsideKey(entry), toRow(entry)]))
      if (rows.size === 0) return
      await db
        .insertInto('dynacamp_set_aside')
        .values([...rows.values()])
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'key']).doUpdateSet((row) => ({
            code: row.ref('excluded.code'),
            message: row.ref('excluded.message'),
            attempts: row.ref('excluded.attempts'),
            next_try_at_ms: row.ref('excluded.next_try_at_ms'),
            since: row.ref('excluded.since'),
            seen: row.ref('excluded.seen'),
          })),
        )
        .execute()
    },

    async find(kind, ids) {
      if (ids.length === 0) return []
      const keys = ids.map((id) => setAsideKey({ ...kind, id }))
      return (await select().where('key', 'in', keys).execute()).map(toSetAside)
    },

    async due(nowMs, { after, limit }) {
      const rows = await select()
        .where('next_try_at_ms', '<=', nowMs)
        .where('key', '>', after ?? '')
        .limit(limit)
        .execute()
      return rows.map(toSetAside)
    },

    async list({ after, limit }) {
      return (
        await select()
          .where('key', '>', after ?? '')
          .limit(limit)
          .execute()
      ).map(toSetAside)
    },

    async remove(records) {
      if (records.length === 0) return
      await db
        .deleteFrom('dynacamp_set_aside')
        .where('tenant', '=', tenant)
        .where('key', 'in', records.map(setAsideKey))
        .execute()
    },
  }
}
