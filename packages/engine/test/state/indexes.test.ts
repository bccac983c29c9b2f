/**
 * However many records there are, those that a list names are found by an index that leads to each of them. SQLite, which has no
 * statistics of a state that is being filled for the first time, otherwise takes an index that leads to all records of a kind:
 * every batch would look at everything, and a first sync of 200,000 contacts would not end.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test, vi } from 'vitest'
import { sqliteState } from '../../src/index.ts'
import { link, page, people, record, rows, seen } from './state-values.ts'

const folder = mkdtempSync(join(tmpdir(), 'dynacamp-indexes-'))
afterAll(() => rmSync(folder, { recursive: true }))

const path = join(folder, 'state.db')

/** Every statement that these operations prepare. */
const statementsOf = async (): Promise<readonly string[]> => {
  const prepared = vi.spyOn(DatabaseSync.prototype, 'prepare')
  const store = sqliteState(path)
  const ids = ['d1', 'd2', 'd3']
  await store.transaction('t', async (state) => {
    const { records, links, journal, setAsides, imports, hints } = state
    await records.save(
      ids.map((id) => record({ id })),
      seen,
    )
    await records.dirty(rows, page)
    await records.countDirty(rows)
    await records.pending(rows, page)
    await records.save(
      ids.map((id) => record({ ...people, id })),
      seen,
    )
    await links.save(ids.map((id) => ({ ...link, id, dynamicsId: id, activeCampaignId: id })))
    await links.orphans('contacts', page)
    for (const kind of [rows, people]) {
      await records.find(kind, ids)
      await records.findByKey(kind, ['email:ada@example.com', 'email:bea@example.com'])
      await records.amongDirty(kind, ids)
      await records.quiet(kind, ids)
      await links.of(kind, ids)
      await records.remove(kind, ids)
      await setAsides.find(kind, ids)
    }
    await links.remove('contacts', ids)
    await setAsides.remove(ids.map((id) => ({ ...rows, id })))
    await imports.underWay(ids)
    await hints.done(['1', '2'])
    await hints.add({ ...rows, id: 'd1', at: '2026-01-01T00:00:00.000Z' })
    await journal.forget('2026-01-01T00:00:00.000Z', 100)
  })
  await store.close()
  const texts = prepared.mock.calls.map(([text]) => text)
  prepared.mockRestore()
  return [...new Set(texts)].filter(
    (text) => /^(select|update|delete)/.test(text) && text.includes('dynacamp_'),
  )
}

/** The columns that a statement compares with a list of values or with rows of another query. */
const listed = (text: string): readonly string[] =>
  [...text.matchAll(/"(\w+)" in \((?:\?, \?|select)/g)]
    .map(([, column = '']) => column)
    .filter((column) => column !== 'entity')

const planOf = (database: DatabaseSync, text: string): string =>
  database
    .prepare(`explain query plan ${text}`)
    .all(...Array<string>(text.split('?').length - 1).fill('1'))
    .map(({ detail }) => String(detail))
    .join('\n')

const plansOf = async (): Promise<readonly { readonly text: string; readonly plan: string }[]> => {
  const texts = await statementsOf()
  const database = new DatabaseSync(path)
  const plans = texts.map((text) => ({ text, plan: planOf(database, text) }))
  database.close()
  return plans
}

const isFound = (plan: string, column: string): boolean =>
  plan.includes(`${column}=?`) || (column === 'sequence' && plan.includes('rowid=?'))

test('records that a list names are looked up one by one, by an index', async () => {
  const plans = (await plansOf()).filter(({ text }) => listed(text).length > 0)
  expect(plans.filter(({ text, plan }) => !listed(text).every((column) => isFound(plan, column)))).toEqual([])
  expect(plans.length).toBeGreaterThan(15)
})

test('the few that are dirty, pending or orphans are found without a look at the others', async () => {
  for (const [column, table] of [
    ['dirty', 'record'],
    ['pending', 'record'],
    ['orphan', 'link'],
  ] as const) {
    const plans = (await plansOf()).filter(
      ({ text }) => text.startsWith('select') && text.includes(`"${column}" = 1`),
    )
    expect(plans.filter(({ plan }) => !plan.includes(`INDEX dynacamp_${table}_${column} `))).toEqual([])
    expect(plans).not.toEqual([])
  }
})
