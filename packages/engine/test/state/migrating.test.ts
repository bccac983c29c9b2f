import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test, vi } from 'vitest'
import { sqliteState } from '../../src/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'dynacamp-migrating-'))
afterAll(() => rmSync(folder, { recursive: true }))

const use = async (path: string): Promise<void> => {
  const store = sqliteState(path)
  try {
    await store.transaction('t', ({ cursors }) => cursors.set('delta', 'token'))
    expect(await store.transaction('t', ({ cursors }) => cursors.get('delta'))).toBe('token')
  } finally {
    await store.close()
  }
}

/** Lets a store run until it prepares this statement, then nothing any more, not even a rollback; says whether it got so far. */
const dieAt = async (path: string, statement: number): Promise<boolean> => {
  const opened = new Set<DatabaseSync>()
  const { prepare } = DatabaseSync.prototype
  let prepared = 0
  const spy = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
    this: DatabaseSync,
    sql,
  ) {
    opened.add(this)
    prepared += 1
    if (prepared >= statement) throw new Error('the process ends here')
    return prepare.call(this, sql)
  })
  const store = sqliteState(path)
  try {
    await store.transaction('t', async () => undefined).catch(() => undefined)
  } finally {
    spy.mockRestore()
    for (const database of opened) if (database.isOpen) database.close()
  }
  return prepared >= statement
}

test('a process that ends at any statement while tables are made leaves a file that the next one can use', async () => {
  let statement = 1
  for (let died = true; died; statement += 1) {
    const path = join(folder, `died-at-${statement}.db`)
    died = await dieAt(path, statement)
    await use(path)
  }
  // Four migrations of several statements each.
  expect(statement).toBeGreaterThan(40)
})

/** A process of its own: uses the store of this file, or kills itself when it prepares this statement. */
const child = `
  import { DatabaseSync } from 'node:sqlite'
  const [path, killAt] = process.argv.slice(1)
  const { prepare } = DatabaseSync.prototype
  let prepared = 0
  DatabaseSync.prototype.prepare = function (sql) {
    prepared += 1
    if (String(prepared) === killAt) process.kill(process.pid, 'SIGKILL')
    return prepare.call(this, sql)
  }
  const { sqliteState } = await import(${JSON.stringify(new URL('../../src/state/sqlite-state.ts', import.meta.url).href)})
  const store = sqliteState(path)
  await store.transaction('t', ({ cursors }) => cursors.set('delta', 'token'))
  await store.close()
`

const startProcess = async (path: string, killAt?: number) => {
  const flags = ['--conditions=@dynacamp/source', '--input-type=module', '--eval', child]
  const process = spawn('node', [...flags, path, String(killAt ?? 'never')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [errors, [code, signal]] = await Promise.all([text(process.stderr), once(process, 'close')])
  return { code, signal, errors }
}

test('a process that is killed while tables are made leaves a file that the next one can use', async () => {
  const path = join(folder, 'killed.db')
  expect(await startProcess(path, 25)).toMatchObject({ signal: 'SIGKILL' })
  await use(path)
})

test('processes that open one new file at once all get it', async () => {
  const path = join(folder, 'together.db')
  const ended = await Promise.all(Array.from({ length: 3 }, () => startProcess(path)))
  expect(ended.map(({ code, errors }) => ({ code, errors: code === 0 ? '' : errors }))).toEqual(
    ended.map(() => ({ code: 0, errors: '' })),
  )
  await use(path)
})
