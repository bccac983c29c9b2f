import { sql } from 'kysely'

/** A true that is written out: SQLite takes a partial index for no parameter. https://www.sqlite.org/partialindex.html */
export const yes = sql.lit(1)
