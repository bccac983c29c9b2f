import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Flavour } from '../flavour.ts'

/** The tables as this migration finds them, as far as it touches rows. */
interface Tables {
  dynacamp_journal: {
    sequence: number
    tenant: string
    action: string
    entity: string
    dynamics_id: string | null
    active_campaign_id: string | null
    outcome: string | null
  }
}

const pageSize = 500

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const subjectOf = (action: string) => {
  const parsed: unknown = JSON.parse(action)
  const { entity, dynamicsId, activeCampaignId }: Record<string, unknown> =
    typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  return {
    entity: textOf(entity) ?? '',
    dynamics_id: textOf(dynamicsId),
    active_campaign_id: textOf(activeCampaignId),
  }
}

/** Entries from before knew their record only inside the action. */
const fillInSubjects = async (db: Kysely<Tables>): Promise<void> => {
  for (let after = 0; ; ) {
    const entries = await db
      .selectFrom('dynacamp_journal')
      .select(['sequence', 'action'])
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(pageSize)
      .execute()
    for (const { sequence, action } of entries) {
      await db
        .updateTable('dynacamp_journal')
        .set(subjectOf(action))
        .where('sequence', '=', sequence)
        .execute()
    }
    const last = entries.at(-1)
    if (last === undefined) return
    after = Number(last.sequence)
  }
}

/** A journal that can be asked, leases, set-asides, runs and hints. */
export const leasesAndHistory = ({ text, sequence }: Flavour): Migration => ({
  async up(db: Kysely<Tables>) {
    const journal = db.schema.alterTable('dynacamp_journal')
    await journal.addColumn('run_id', text).execute()
    await journal.addColumn('entity', text, (column) => column.notNull().defaultTo('')).execute()
    await journal.addColumn('dynamics_id', text).execute()
    await journal.addColumn('active_campaign_id', text).execute()
    await fillInSubjects(db)
    for (const column of ['run_id', 'plan_id', 'dynamics_id', 'active_campaign_id']) {
      await db.schema
        .createIndex(`dynacamp_journal_${column}`)
        .on('dynacamp_journal')
        .columns(['tenant', column, 'sequence'])
        .execute()
    }
    await db.schema
      .createIndex('dynacamp_journal_at')
      .on('dynacamp_journal')
      .columns(['tenant', 'at'])
      .execute()
    await db.schema
      .createIndex('dynacamp_journal_unfinished')
      .on('dynacamp_journal')
      .columns(['tenant', 'sequence'])
      .where(sql.ref('outcome'), 'is', null)
      .execute()
    await db.schema
      .createTable('dynacamp_lease')
      .addColumn('tenant', text, (column) => column.primaryKey())
      .addColumn('holder', text)
      .addColumn('fence', 'bigint', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('dynacamp_set_aside')
      .addColumn('tenant', text, (column) => column.notNull())
      .addColumn('key', text, (column) => column.notNull())
      .addColumn('entity', text, (column) => column.notNull())
      .addColumn('side', text, (column) => column.notNull())
      .addColumn('id', text, (column) => column.notNull())
      .addColumn('code', text, (column) => column.notNull())
      .addColumn('message', text, (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('next_try_at_ms', 'bigint')
      .addColumn('since', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('dynacamp_set_aside_key', ['tenant', 'key'])
      .execute()
    await db.schema
      .createTable('dynacamp_run')
      .addColumn('sequence', sequence.type, sequence.make)
      .addColumn('tenant', text, (column) => column.notNull())
      .addColumn('id', text, (column) => column.notNull())
      .addColumn('started_at', text, (column) => column.notNull())
      .addColumn('ended_at', text)
      .addColumn('trigger', text, (column) => column.notNull())
      .addColumn('status', text, (column) => column.notNull())
      .addColumn('counts', text, (column) => column.notNull())
      .addColumn('error', text)
      .addUniqueConstraint('dynacamp_run_id', ['tenant', 'id'])
      .execute()
    await db.schema
      .createIndex('dynacamp_run_last')
      .on('dynacamp_run')
      .columns(['tenant', 'sequence'])
      .execute()
    await db.schema
      .createTable('dynacamp_hint')
      .addColumn('sequence', sequence.type, sequence.make)
      .addColumn('tenant', text, (column) => column.notNull())
      .addColumn('entity', text, (column) => column.notNull())
      .addColumn('side', text, (column) => column.notNull())
      .addColumn('id', text, (column) => column.notNull())
      .addColumn('at', text, (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('dynacamp_hint_tenant')
      .on('dynacamp_hint')
      .columns(['tenant', 'sequence'])
      .execute()
  },
})
