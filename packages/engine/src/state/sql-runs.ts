import type { Selectable } from 'kysely'
import { fromText } from './json.ts'
import type { RunRecord, RunState } from './run-state.ts'
import type { Seal } from './seal.ts'
import type { StateDatabase, StateTables } from './tables.ts'

const toRun = (row: Selectable<StateTables['dynacamp_run']>, seal: Seal): RunRecord => ({
  id: row.id,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  trigger: row.trigger,
  status: row.status,
  counts: fromText<RunRecord['counts']>(row.counts),
  error: row.error === null ? null : fromText<RunRecord['error']>(seal.open('error', row.error)),
})

/** Runs in SQL. */
export const sqlRuns = (db: StateDatabase, tenant: string, seal: Seal): RunState => ({
  async start({ id, startedAt, trigger }) {
    await db
      .insertInto('dynacamp_run')
      .values({
        tenant,
        id,
        started_at: startedAt,
        ended_at: null,
        trigger,
        status: 'running',
        counts: '{}',
        error: null,
      })
      .execute()
  },

  async finish(id, { endedAt, status, counts, error }) {
    await db
      .updateTable('dynacamp_run')
      .set({
        ended_at: endedAt,
        status,
        counts: JSON.stringify(counts),
        error: error === null ? null : seal.close('error', JSON.stringify(error)),
      })
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .execute()
  },

  async interrupt() {
    await db
      .updateTable('dynacamp_run')
      .set({ status: 'interrupted' })
      .where('tenant', '=', tenant)
      .where('status', '=', 'running')
      .execute()
  },

  async last(limit, without) {
    const rows = await db
      .selectFrom('dynacamp_run')
      .selectAll()
      .where('tenant', '=', tenant)
      .$if(without !== undefined, (select) => select.where('trigger', '!=', without ?? ''))
      .orderBy('sequence', 'desc')
      .limit(limit)
      .execute()
    return rows.map((row) => toRun(row, seal))
  },

  async forget(before) {
    await db
      .deleteFrom('dynacamp_run')
      .where('tenant', '=', tenant)
      .where('started_at', '<', before)
      .execute()
  },
})
