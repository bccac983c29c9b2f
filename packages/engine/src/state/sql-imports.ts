import type { Selectable } from 'kysely'
import { chunks } from '../chunks.ts'
import { type ContactImport, type ImportedAction, type ImportState, namesUnderWay } from './import-state.ts'
import { fromText } from './json.ts'
import { perStatement } from './per-statement.ts'
import type { Seal } from './seal.ts'
import type { StateDatabase, StateTables } from './tables.ts'

const textsOf = (text: string): readonly string[] => fromText<readonly string[]>(text)
const textOf = (texts: readonly string[] | null): string | null =>
  texts === null ? null : JSON.stringify(texts)

/** Imports under way, in SQL. */
export const sqlImports = (db: StateDatabase, tenant: string, seal: Seal): ImportState => {
  const toImport = (row: Selectable<StateTables['dynacamp_import']>): ContactImport => ({
    id: row.id,
    at: row.at,
    batchIds: row.batch_ids === null ? null : textsOf(row.batch_ids),
    failed: row.failed === null ? null : textsOf(seal.open('failed', row.failed)),
    actions: fromText<readonly ImportedAction[]>(seal.open('actions', row.actions)),
  })
  const failedText = (failed: readonly string[] | null): string | null =>
    failed === null ? null : seal.close('failed', JSON.stringify(failed))

  const forgetNames = (id: string) =>
    db.deleteFrom('dynacamp_under_way').where('tenant', '=', tenant).where('import_id', '=', id).execute()

  return {
    async save(contactImport) {
      const { id, at, batchIds, failed, actions } = contactImport
      await db
        .insertInto('dynacamp_import')
        .values({
          tenant,
          id,
          at,
          batch_ids: textOf(batchIds),
          failed: failedText(failed),
          actions: seal.close('actions', JSON.stringify(actions)),
        })
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'id']).doUpdateSet((row) => ({
            batch_ids: row.ref('excluded.batch_ids'),
            failed: row.ref('excluded.failed'),
            actions: row.ref('excluded.actions'),
          })),
        )
        .execute()
      await forgetNames(id)
      for (const names of chunks(namesUnderWay(contactImport), perStatement)) {
        await db
          .insertInto('dynacamp_under_way')
          .values(names.map((name) => ({ tenant, name: seal.close('name', name), import_id: id })))
          .execute()
      }
    },

    async note(id, { batchIds, failed }) {
      await db
        .updateTable('dynacamp_import')
        .set({ batch_ids: textOf(batchIds), failed: failedText(failed) })
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .execute()
    },

    async list(ended, { after, limit }) {
      const rows = await db
        .selectFrom('dynacamp_import')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('failed', ended ? 'is not' : 'is', null)
        .where('id', '>', after ?? '')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toImport)
    },

    async underWay(names) {
      const found = new Set<string>()
      for (const some of chunks(names, perStatement)) {
        const rows = await db
          .selectFrom('dynacamp_under_way')
          .select('name')
          .distinct()
          .where('tenant', '=', tenant)
          .where(
            'name',
            'in',
            some.map((name) => seal.close('name', name)),
          )
          .execute()
        for (const { name } of rows) found.add(seal.open('name', name))
      }
      return found
    },

    async remove(id) {
      await forgetNames(id)
      await db.deleteFrom('dynacamp_import').where('tenant', '=', tenant).where('id', '=', id).execute()
    },
  }
}
