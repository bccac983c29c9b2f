import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkSnippets } from '../../scripts/check-examples.ts'

const timeoutMs = 60_000
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dynacamp-schema-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const pull = (...args: readonly string[]): Promise<Ended> =>
  new Promise((ended) => {
    const command = ['--conditions=@dynacamp/source', 'examples/pull-schema.ts', ...args]
    execFile('node', command, { cwd: resolve(import.meta.dirname, '../..') }, (error, stdout, stderr) => {
      ended({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })

test(
  'writes a module that compiles, and what can be mapped to what',
  async () => {
    const module = join(folder, 'schema.generated.ts')
    const report = join(folder, 'report.md')
    const { code, stdout, stderr } = await pull(module, '--report', report)
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^contacts: \d{3} columns$/m)
    expect(stdout).toContain('not mapped: contacts.entityimage is an image')

    const written = await readFile(module, 'utf8')
    expect(written).toContain('new_interests: { type: "choices"')
    expect(checkSnippets('engine', [{ where: 'schema.generated.ts', code: written }])).toEqual([])
    expect(await readFile(report, 'utf8')).toContain('`INTERESTS`')
  },
  timeoutMs,
)

test(
  'says in one line what is missing',
  async () => {
    const { code, stdout, stderr } = await pull()
    expect(stderr.trim().split('\n')).toEqual(['name the file to write, such as schema.generated.ts'])
    expect(stdout).toBe('')
    expect(code).toBe(2)
  },
  timeoutMs,
)
