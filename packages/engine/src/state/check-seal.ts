import { StateKeyError } from '../errors/state-key-error.ts'
import type { Seal } from './seal.ts'
import type { StateDatabase } from './tables.ts'

const name = 'seal'
const word = 'this tenant is sealed'

/** What holds values. */
const tables = [
  'dynacamp_record',
  'dynacamp_link',
  'dynacamp_cursor',
  'dynacamp_journal',
  'dynacamp_set_aside',
  'dynacamp_run',
  'dynacamp_import',
] as const

const isEmpty = async (db: StateDatabase, tenant: string): Promise<boolean> => {
  for (const table of tables) {
    const row = await db
      .selectFrom(table)
      .select('tenant')
      .where('tenant', '=', tenant)
      .limit(1)
      .executeTakeFirst()
    if (row !== undefined) return false
  }
  return true
}

/**
 * Refuses a tenant that was written with another key, or with one where none is given, or without one: what is written now would
 * be unreadable beside it. An empty tenant remembers, with its first transaction that writes, the key that it is sealed with.
 *
 * @returns whether the tenant is known to fit; an empty one may still be rolled back.
 */
export const checkSeal = async (
  db: StateDatabase,
  tenant: string,
  seal: Seal | undefined,
  { readOnly }: { readonly readOnly: boolean },
): Promise<boolean> => {
  const row = await db
    .selectFrom('dynacamp_cursor')
    .select('value')
    .where('tenant', '=', tenant)
    .where('name', '=', name)
    .executeTakeFirst()
  if (row === undefined && seal === undefined) return true
  if (row !== undefined) {
    if (seal?.open(name, row.value) !== word) throw new StateKeyError()
    return true
  }
  if (seal !== undefined) {
    if (!(await isEmpty(db, tenant))) throw new StateKeyError()
    if (readOnly) return false
    await db
      .insertInto('dynacamp_cursor')
      .values({ tenant, name, value: seal.close(name, word) })
      .execute()
  }
  return false
}
