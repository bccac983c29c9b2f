import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, inject, test } from 'vitest'

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const example = (environment: Readonly<Record<string, string | undefined>>): Promise<Ended> =>
  new Promise((ended) => {
    const { DATABASE_URL: _, ...env } = process.env
    const options = { cwd: resolve(import.meta.dirname, '../..'), env: { ...env, ...environment } }
    const command = ['--conditions=@dynacamp/source', 'examples/postgres.ts']
    execFile('node', command, options, (error, stdout, stderr) => {
      ended({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })

test('two customers are synced at once and kept apart in one database', async () => {
  const postgres = inject('postgres')
  const { code, stdout, stderr } = await example({ DATABASE_URL: 'url' in postgres ? postgres.url : '' })
  expect(stderr).toBe('')
  expect(code).toBe(0)
  const lines = stdout.trim().split('\n')
  expect(lines).toHaveLength(6)
  for (const name of ['contoso', 'fabrikam']) {
    const of = lines.filter((line) => line.startsWith(name)).map((line) => line.replace(/^.*?: /, ''))
    const [, done] = /^completed, (\d+) actions done$/.exec(of[0] ?? '') ?? []
    expect(Number(done)).toBeGreaterThan(20)
    expect(of[1]).toBe('0 actions were left to do')
    // An action that waited, and was done later in the run, has been tried more than once.
    const [, entries] = /^(\d+) entries in the journal$/.exec(of[2] ?? '') ?? []
    expect(Number(entries)).toBeGreaterThanOrEqual(Number(done))
  }
}, 60_000)

test('without a database it says how to name one', async () => {
  const { code, stdout, stderr } = await example({})
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('DATABASE_URL=postgresql://')
}, 60_000)
