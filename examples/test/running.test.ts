import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '../../scripts/bundle.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dynacamp-running-'))
})
afterAll(() => rm(folder, { recursive: true }))

const linesOf = async (...command: readonly string[]): Promise<readonly string[]> => {
  const cwd = resolve(import.meta.dirname, '../..')
  const { stdout, stderr } = await promisify(execFile)('node', command, { cwd })
  expect(stderr).toBe('')
  return stdout.trim().split('\n')
}

test('once: everything is done in one run, nothing in the next, and the health view says so', async () => {
  const lines = await linesOf('--conditions=@dynacamp/source', 'examples/once.ts')
  expect(lines[0]).toBe('completed: Nothing more could be done.')
  expect(lines.join('\n')).toMatch(/contacts: [1-9]\d* done, \d+ held, \d+ excluded, 0 set aside/)
  expect(lines).toContain('again: 0 done')
  expect(lines.join('\n')).toMatch(/contacts: (\d+) of \1 pairs in sync/)
}, 60_000)

test('on a schedule: at once, then in each slot, until the process is told to end', async () => {
  const lines = await linesOf(await bundle('examples/on-a-schedule.ts', folder))
  const times = lines.slice(0, -1).map((line) => line.slice(11, 16))
  expect(times).toEqual(['08:00', '12:00', '16:00', '20:00', '00:00', '04:00', ...times.slice(6)])
  expect(lines[0]).toMatch(/completed: [1-9]\d* done/)
  expect(lines[1]).toMatch(/completed: 0 done/)
  expect(lines.at(-1)).toBe('stopped')
}, 60_000)

test('with a deadline: several calls, the last one completes', async () => {
  const lines = await linesOf(await bundle('examples/with-a-deadline.ts', folder))
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.slice(0, -1).every((line) => line.startsWith('deadline after'))).toBe(true)
  expect(lines.at(-1)).toMatch(/^completed after/)
}, 60_000)
