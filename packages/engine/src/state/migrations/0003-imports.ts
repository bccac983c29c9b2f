import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Flavour } from '../flavour.ts'

/** Imports of contacts that are under way, and what they keep out of every plan. */
export const imports = ({ text }: Flavour): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('dynacamp_import')
      .addColumn('tenant', text, (column) => column.notNull())
      .addColumn('id', text, (column) => column.notNull())
      .addColumn('at', text, (column) => column.notNull())
      .addColumn('batch_ids', text)
      .addColumn('failed', text)
      .addColumn('actions', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('dynacamp_import_key', ['tenant', 'id'])
      .execute()
    await db.schema
      .createTable('dynacamp_under_way')
      .addColumn('tenant', text, (column) => column.notNull())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('import_id', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('dynacamp_under_way_key', ['tenant', 'name', 'import_id'])
      .execute()
    await db.schema
      .createIndex('dynacamp_under_way_import')
      .on('dynacamp_under_way')
      .columns(['tenant', 'import_id'])
      .execute()
  },
})
