import type { ListStatus } from '@dynacamp/core'
import type { Fields } from '@dynacamp/mapping-dsl'
import type { Selectable } from 'kysely'
import { chunks } from '../chunks.ts'
import { byCodeUnits } from '../schema/by-name.ts'
import { fieldsToText, fromText } from './json.ts'
import { lastOfEach } from './last-of-each.ts'
import { noteOrphans, noteThere } from './note-orphans.ts'
import { perStatement } from './per-statement.ts'
import type { Seal } from './seal.ts'
import type { LinkState, RecordKind, RecordState, Side, StoredRecord } from './state-store.ts'
import type { StateDatabase, StateTables } from './tables.ts'
import { touchEnds } from './touch-ends.ts'
import { yes } from './yes.ts'

type RecordRow = Selectable<StateTables['dynacamp_record']>

const otherSide = (side: Side): Side => (side === 'dynamics' ? 'activeCampaign' : 'dynamics')

/** Whether a record has to be planned again; once it has, it stays so until the planner finds nothing to do. */
const isNews = (
  now: Pick<RecordRow, 'fields' | 'active' | 'tags' | 'lists'>,
  before: RecordRow | undefined,
): boolean =>
  before === undefined ||
  before.dirty === 1 ||
  before.fields !== now.fields ||
  before.active !== now.active ||
  before.tags !== now.tags ||
  before.lists !== now.lists

/** Observations in SQL. */
export const sqlRecords = (db: StateDatabase, tenant: string, seal: Seal, links: LinkState): RecordState => {
  const ofKind = (kind: RecordKind) =>
    db
      .selectFrom('dynacamp_record')
      .where('tenant', '=', tenant)
      .where('entity', '=', kind.entity)
      .where('side', '=', kind.side)
  const select = (kind: RecordKind) => ofKind(kind).selectAll()

  const keysOf = async (kind: RecordKind, ids: readonly string[]): Promise<Map<string, string[]>> => {
    const rows = await db
      .selectFrom('dynacamp_key')
      .select(['id', 'key'])
      .where('tenant', '=', tenant)
      .where('entity', '=', kind.entity)
      .where('side', '=', kind.side)
      .where('id', 'in', ids)
      .execute()
    const byId = Map.groupBy(rows, (row) => row.id)
    return new Map(
      [...byId].map(([id, found]) => [
        id,
        found.map(({ key }) => seal.open('key', key)).toSorted(byCodeUnits),
      ]),
    )
  }

  const toRecords = async (
    kind: RecordKind,
    rows: readonly RecordRow[],
  ): Promise<readonly StoredRecord[]> => {
    if (rows.length === 0) return []
    const keys = await keysOf(
      kind,
      rows.map((row) => row.id),
    )
    return rows.map((row) => ({
      ...kind,
      id: row.id,
      fields: fromText<Fields>(seal.open('fields', row.fields)),
      version: row.version,
      updatedOn: row.updated_on,
      active: row.active === 1,
      tags: fromText<readonly string[]>(seal.open('tags', row.tags)),
      ...(row.lists !== null && { lists: fromText<readonly ListStatus[]>(seal.open('lists', row.lists)) }),
      keys: keys.get(row.id) ?? [],
    }))
  }

  const forgetKeys = (kind: RecordKind, ids: readonly string[]) =>
    db
      .deleteFrom('dynacamp_key')
      .where('tenant', '=', tenant)
      .where('entity', '=', kind.entity)
      .where('side', '=', kind.side)
      .where('id', 'in', ids)
      .execute()

  const saveKind = async (
    { side, entity }: RecordKind,
    records: readonly StoredRecord[],
    { generation, pending }: { readonly generation: number; readonly pending: boolean },
  ): Promise<void> => {
    const ids = records.map((record) => record.id)
    const before = new Map(
      (await select({ side, entity }).where('id', 'in', ids).execute()).map((row) => [row.id, row]),
    )
    const rows = records.map((record) => {
      const row = {
        tenant,
        entity,
        side,
        id: record.id,
        fields: seal.close('fields', fieldsToText(record.fields)),
        version: record.version,
        updated_on: record.updatedOn,
        active: record.active ? 1 : 0,
        tags: seal.close('tags', JSON.stringify(record.tags)),
        lists: record.lists
          ? seal.close('lists', JSON.stringify(record.lists))
          : (before.get(record.id)?.lists ?? null),
        generation,
        pending: pending ? 1 : 0,
      }
      return { ...row, dirty: isNews(row, before.get(record.id)) ? 1 : 0 }
    })
    await db
      .insertInto('dynacamp_record')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'entity', 'side', 'id']).doUpdateSet((row) => ({
          fields: row.ref('excluded.fields'),
          version: row.ref('excluded.version'),
          updated_on: row.ref('excluded.updated_on'),
          active: row.ref('excluded.active'),
          tags: row.ref('excluded.tags'),
          lists: row.ref('excluded.lists'),
          generation: row.ref('excluded.generation'),
          pending: row.ref('excluded.pending'),
          dirty: row.ref('excluded.dirty'),
        })),
      )
      .execute()
    await noteThere(
      db,
      tenant,
      { side, entity },
      ids.filter((id) => !before.has(id)),
    )
    await forgetKeys({ side, entity }, ids)
    const keys = records.flatMap((record) =>
      [...new Set(record.keys)].map((key) => ({
        tenant,
        entity,
        side,
        id: record.id,
        key: seal.close('key', key),
      })),
    )
    if (keys.length > 0) await db.insertInto('dynacamp_key').values(keys).execute()
  }

  return {
    async save(records, options) {
      for (const group of Map.groupBy(records, ({ side, entity }) => `${side} ${entity}`).values()) {
        const [first] = group
        if (first)
          await saveKind(
            first,
            lastOfEach(group, ({ id }) => id),
            options,
          )
      }
    },

    async find(kind, ids) {
      if (ids.length === 0) return []
      return toRecords(kind, await select(kind).where('id', 'in', ids).orderBy('id').execute())
    },

    async findByKey(kind, keys) {
      if (keys.length === 0) return []
      // In two steps: for one statement PostgreSQL picks a plan that takes minutes while its statistics are young.
      // Neither sorted nor without doubles: for either SQLite takes the index by id, and with it all keys of the kind.
      const having = await db
        .selectFrom('dynacamp_key')
        .select('id')
        .where('tenant', '=', tenant)
        .where('entity', '=', kind.entity)
        .where('side', '=', kind.side)
        .where(
          'key',
          'in',
          keys.map((key) => seal.close('key', key)),
        )
        .execute()
      const all = [...new Set(having.map(({ id }) => id))].toSorted(byCodeUnits)
      const found: StoredRecord[] = []
      for (const ids of chunks(all, perStatement)) {
        found.push(
          ...(await toRecords(kind, await select(kind).where('id', 'in', ids).orderBy('id').execute())),
        )
      }
      return found
    },

    async dirty(kind, { after, limit }) {
      const rows = await select(kind)
        .where('dirty', '=', yes)
        .where('pending', '=', 0)
        .where('id', '>', after ?? '')
        .orderBy('id')
        .limit(limit)
        .execute()
      return toRecords(kind, rows)
    },

    async countDirty(kind) {
      const row = await ofKind(kind)
        .select((fn) => fn.fn.countAll<number>().as('records'))
        .where('dirty', '=', yes)
        .where('pending', '=', 0)
        .executeTakeFirstOrThrow()
      return Number(row.records)
    },

    async amongDirty(kind, ids) {
      if (ids.length === 0) return []
      const rows = await ofKind(kind)
        .select('id')
        .where('dirty', '=', 1)
        .where('pending', '=', 0)
        .where('id', 'in', ids)
        .execute()
      return rows.map(({ id }) => id)
    },

    async pending(kind, { after, limit }) {
      const rows = await select(kind)
        .where('pending', '=', yes)
        .where('id', '>', after ?? '')
        .orderBy('id')
        .limit(limit)
        .execute()
      return toRecords(kind, rows)
    },

    async quiet(kind, ids) {
      if (ids.length === 0) return
      await db
        .updateTable('dynacamp_record')
        .set({ dirty: 0 })
        .where('tenant', '=', tenant)
        .where('entity', '=', kind.entity)
        .where('side', '=', kind.side)
        .where('id', 'in', ids)
        .execute()
    },

    async touch(kind, { after, limit }) {
      const first = after ?? ''
      const found = await ofKind(kind)
        .select('id')
        .where('id', '>', first)
        .orderBy('id')
        .limit(limit)
        .execute()
      const last = found.at(-1)
      if (last === undefined) return null
      await db
        .updateTable('dynacamp_record')
        .set({ dirty: 1 })
        .where('tenant', '=', tenant)
        .where('entity', '=', kind.entity)
        .where('side', '=', kind.side)
        .where('id', '>', first)
        .where('id', '<=', last.id)
        .where('dirty', '=', 0)
        .execute()
      return found.length < limit ? null : last.id
    },

    async remove(kind, ids) {
      if (ids.length === 0) return
      await forgetKeys(kind, ids)
      await db
        .deleteFrom('dynacamp_record')
        .where('tenant', '=', tenant)
        .where('entity', '=', kind.entity)
        .where('side', '=', kind.side)
        .where('id', 'in', ids)
        .execute()
      const other = otherSide(kind.side)
      await noteOrphans(db, tenant, await touchEnds(db, tenant, await links.of(kind, ids), [other]))
    },

    async unseen(kind, generation, { after, limit }) {
      const rows = await select(kind)
        .clearSelect()
        .select('id')
        .where('generation', '<', generation)
        .where('id', '>', after ?? '')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map((row) => row.id)
    },

    async count(kind) {
      const row = await db
        .selectFrom('dynacamp_record')
        .select((fn) => fn.fn.countAll<number>().as('records'))
        .where('tenant', '=', tenant)
        .where('entity', '=', kind.entity)
        .where('side', '=', kind.side)
        .executeTakeFirstOrThrow()
      return Number(row.records)
    },
  }
}
