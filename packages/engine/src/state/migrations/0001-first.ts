import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Flavour } from '../flavour.ts'

/** Observations, links, cursors and the journal. */
export const first = ({ text, sequence }: Flavour): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('dynacamp_record')
      .addColumn('tenant', text, (column) => column.notNull())
      .addColumn('entity', text, (column) => column.notNull())
      .addColumn('side', text, (column) => column.notNull())
      .addColumn('id', text, (column) => column.notNull())
      .addColumn('fields', text, (column) => column.notNull())
      .addColumn('version', text, (column) => column.notNull())
      .addColumn('updated_on', text)
      .addColumn('active', 'integer', (column) => column.notNull())
      .addColumn('tags', text, (column) => column.notNull())
      .addColumn('generation', 'integer', (column) => column.notNull())
      .addColumn('pending', 'integer', (column) => column.notNull())
      .addColumn('dirty', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('dynacamp_record_key', ['tenant', 'entity', 'side', 'id'])
      .execute()
    await db.schema
      .createIndex('dynacamp_record_dirty')
      .on('dynacamp_record')
      .columns(['tenant', 'entity', 'side', 'id'])
      .where(sql.ref('dirty'), '=', 1)
      .execute()
    await db.schema
      .createTable('dynacamp_key')
      .addColumn('tenant', text, (column) => column.notNull())
      .addColumn('entity', text, (column) => column.notNull())
      .addColumn('side', text, (column) => column.notNull())
      .addColumn('id', text, (column) => column.notNull())
      .addColumn('key', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('dynacamp_key_key', ['tenant', 'entity', 'side', 'key', 'id'])
      .execute()
    await db.schema
      .createIndex('dynacamp_key_record')
      .on('dynacamp_key')
      .columns(['tenant', 'entity', 'side', 'id'])
      .execute()
    await db.schema
      .createTable('dynacamp_link')
      .addColumn('tenant', text, (column) => column.notNull())
      .addColumn('entity', text, (column) => column.notNull())
      .addColumn('id', text, (column) => column.notNull())
      .addColumn('dynamics_id', text, (column) => column.notNull())
      .addColumn('active_campaign_id', text, (column) => column.notNull())
      .addColumn('base_dynamics', text, (column) => column.notNull())
      .addColumn('base_active_campaign', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('dynacamp_link_key', ['tenant', 'entity', 'id'])
      .execute()
    await db.schema
      .createIndex('dynacamp_link_dynamics')
      .on('dynacamp_link')
      .columns(['tenant', 'entity', 'dynamics_id'])
      .execute()
    await db.schema
      .createIndex('dynacamp_link_active_campaign')
      .on('dynacamp_link')
      .columns(['tenant', 'active_campaign_id', 'entity'])
      .execute()
    await db.schema
      .createTable('dynacamp_cursor')
      .addColumn('tenant', text, (column) => column.notNull())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('value', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('dynacamp_cursor_key', ['tenant', 'name'])
      .execute()
    await db.schema
      .createTable('dynacamp_journal')
      .addColumn('sequence', sequence.type, sequence.make)
      .addColumn('tenant', text, (column) => column.notNull())
      .addColumn('plan_id', text, (column) => column.notNull())
      .addColumn('action_id', text, (column) => column.notNull())
      .addColumn('at', text, (column) => column.notNull())
      .addColumn('action', text, (column) => column.notNull())
      .addColumn('outcome', text)
      .execute()
    await db.schema
      .createIndex('dynacamp_journal_action')
      .on('dynacamp_journal')
      .columns(['tenant', 'plan_id', 'action_id'])
      .execute()
  },
})
