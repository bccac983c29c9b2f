import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

test.each([
  ['process.exitCode = 7', 7],
  ['process.exit(0)', 0],
  ['process.exit(7)', 7],
])(
  'the server of the tests leaves the exit code as it was set: %s',
  (end, code) => {
    const script = `
    const { startPostgres } = await import('./scripts/postgres/server.ts')
    const server = await startPostgres().catch(() => undefined)
    await server?.stop()
    ${end}
  `
    const { status } = spawnSync('node', ['--input-type=module', '--eval', script], { cwd: root })
    expect(status).toBe(code)
  },
  60_000,
)
