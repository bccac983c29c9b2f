import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('the server of the tests leaves the exit code as it was set: failed tests must not pass', () => {
  const script = `
    const { startPostgres } = await import('./scripts/postgres/server.ts')
    const server = await startPostgres().catch(() => undefined)
    await server?.stop()
    process.exitCode = 7
  `
  const { status } = spawnSync('node', ['--input-type=module', '--eval', script], { cwd: root })
  expect(status).toBe(7)
}, 60_000)
