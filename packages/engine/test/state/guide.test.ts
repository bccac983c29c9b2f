import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { checkSnippets, samplesOf } from '../../../../scripts/check-examples.ts'
import { sqliteState } from '../../src/index.ts'

const guide = 'docs/state.md'

test('every sample of the guide compiles', () => {
  const samples = samplesOf(guide)
  expect(samples.length).toBeGreaterThan(4)
  expect(checkSnippets('engine', samples)).toEqual([])
}, 60_000)

test('the guide tells of every table there is, and of no other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dynacamp-guide-'))
  const path = join(folder, 'state.db')
  const store = sqliteState(path)
  await store.transaction('any', async () => undefined)
  await store.close()
  const database = new DatabaseSync(path)
  const made = database.prepare("select name from sqlite_schema where type = 'table'").all()
  database.close()
  rmSync(folder, { recursive: true })
  const text = readFileSync(resolve(import.meta.dirname, '../../../..', guide), 'utf8')
  const told = [...text.matchAll(/^\| `(dynacamp_\w+)`/gm)].map(([, name]) => name)
  const own = made.map(({ name }) => String(name)).filter((name) => !/^sqlite_|_lock$/.test(name))
  expect(told.toSorted((a = '', b = '') => a.localeCompare(b))).toEqual(
    own.toSorted((a, b) => a.localeCompare(b)),
  )
})
