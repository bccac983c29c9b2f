import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * The keys of a record by an index that holds them: without, SQLite reads those of all records, since the primary key holds them
 * and leads to a kind. And records that wait for their custom fields, of which there are few, without looking at all others.
 */
export const foundOneByOne: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.dropIndex('dynacamp_key_record').execute()
    await db.schema
      .createIndex('dynacamp_key_record')
      .on('dynacamp_key')
      .columns(['tenant', 'entity', 'side', 'id', 'key'])
      .execute()
    await db.schema
      .createIndex('dynacamp_record_pending')
      .on('dynacamp_record')
      .columns(['tenant', 'entity', 'side', 'id'])
      .where(sql.ref('pending'), '=', 1)
      .execute()
  },
}
