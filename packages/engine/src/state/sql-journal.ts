import type { Selectable } from 'kysely'
import { linkEntities } from './ends.ts'
import type { JournalEntry, JournalState } from './journal-state.ts'
import { fromText } from './json.ts'
import type { Seal } from './seal.ts'
import type { StateDatabase, StateTables } from './tables.ts'

/** The journal in SQL. */
export const sqlJournal = (db: StateDatabase, tenant: string, seal: Seal): JournalState => {
  const toEntry = (row: Selectable<StateTables['dynacamp_journal']>): JournalEntry => ({
    id: String(row.sequence),
    runId: row.run_id,
    planId: row.plan_id,
    actionId: row.action_id,
    entity: row.entity,
    dynamicsId: row.dynamics_id,
    activeCampaignId: row.active_campaign_id,
    at: row.at,
    action: fromText<unknown>(seal.open('action', row.action)),
    outcome: row.outcome === null ? null : fromText<unknown>(seal.open('outcome', row.outcome)),
  })

  const select = () => db.selectFrom('dynacamp_journal').selectAll().where('tenant', '=', tenant)

  return {
    async intend(entries) {
      if (entries.length === 0) return
      await db
        .insertInto('dynacamp_journal')
        .values(
          entries.map((entry) => ({
            tenant,
            run_id: entry.runId,
            plan_id: entry.planId,
            action_id: entry.actionId,
            entity: entry.entity,
            dynamics_id: entry.dynamicsId,
            active_campaign_id: entry.activeCampaignId,
            at: entry.at,
            action: seal.close('action', JSON.stringify(entry.action)),
            outcome: null,
          })),
        )
        .execute()
    },

    async conclude(planId, actionId, outcome, ends) {
      const open = await db
        .selectFrom('dynacamp_journal')
        .select('sequence')
        .where('tenant', '=', tenant)
        .where('plan_id', '=', planId)
        .where('action_id', '=', actionId)
        .where('outcome', 'is', null)
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst()
      if (open === undefined) return
      await db
        .updateTable('dynacamp_journal')
        .set({
          outcome: seal.close('outcome', JSON.stringify(outcome)),
          ...(ends && { dynamics_id: ends.dynamicsId, active_campaign_id: ends.activeCampaignId }),
        })
        .where('sequence', '=', open.sequence)
        .execute()
    },

    async unfinished({ after, limit }) {
      const rows = await select()
        .where('outcome', 'is', null)
        .where('sequence', '>', Number(after ?? 0))
        .orderBy('sequence')
        .limit(limit)
        .execute()
      return rows.map(toEntry)
    },

    async ofRecord(record, { after, limit }) {
      const rows = await select()
        .where('entity', 'in', linkEntities(record))
        .where(record.side === 'dynamics' ? 'dynamics_id' : 'active_campaign_id', '=', record.id)
        .where('sequence', '<', Number(after ?? Number.MAX_SAFE_INTEGER))
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toEntry)
    },

    async ofRun(of, { after, limit }) {
      const rows = await select()
        .where('runId' in of ? 'run_id' : 'plan_id', '=', 'runId' in of ? of.runId : of.planId)
        .where('sequence', '>', Number(after ?? 0))
        .orderBy('sequence')
        .limit(limit)
        .execute()
      return rows.map(toEntry)
    },

    async forget(before, limit) {
      const old = db
        .selectFrom('dynacamp_journal')
        .select('sequence')
        .where('tenant', '=', tenant)
        .where('at', '<', before)
        .orderBy('at')
        .limit(limit)
      const { numDeletedRows } = await db
        .deleteFrom('dynacamp_journal')
        // Of this tenant alone, as `old` is; said here too, SQLite would look at all that the tenant has.
        .where('sequence', 'in', old)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}
