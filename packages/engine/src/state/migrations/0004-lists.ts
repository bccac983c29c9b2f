import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Flavour } from '../flavour.ts'

/** The lists that a contact is or was on. */
export const lists = ({ text }: Flavour): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('dynacamp_record').addColumn('lists', text).execute()
  },
})
