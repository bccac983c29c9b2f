import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { memoryState, sqliteState } from '../src/index.ts'
import { expectAgreement } from './state/agree.ts'
import { readingContract } from './state/reading-contract.ts'
import { stateContract } from './state-contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'dynacamp-state-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
stateContract('in memory', memoryState)
stateContract('SQLite file', () => sqliteState(join(folder, `${files++}.db`)))
readingContract('SQLite file', async () => {
  const path = join(folder, `${files++}.db`)
  return { writer: sqliteState(path), reader: sqliteState(path) }
})

test('an SQLite file is read back by the next process', async () => {
  const path = join(folder, 'kept.db')
  const before = sqliteState(path)
  await before.transaction('tenant', ({ cursors }) => cursors.set('delta', 'token'))
  await before.close()
  const after = sqliteState(path)
  expect(await after.transaction('tenant', ({ cursors }) => cursors.get('delta'))).toBe('token')
  await after.close()
})

test('in memory and in a file, a store answers as its model does', async () => {
  const memory = memoryState()
  const file = sqliteState(join(folder, 'model.db'))
  await expectAgreement({ memory, file }, 60)
  await memory.close()
  await file.close()
})

test('a file that cannot be opened is named', () => {
  const path = join(folder, 'nowhere', 'state.db')
  expect(() => sqliteState(path)).toThrow(`The state in ${path} cannot be opened`)
})
