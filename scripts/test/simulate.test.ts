/** Campaigns by hand: what a failing one prints, and that it has no limit of time. */
import { spawnSync } from 'node:child_process'
import { delimiter, resolve } from 'node:path'
import { expect, test } from 'vitest'

const simulate = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  // This test's own runner must not reach the one that the campaign starts.
  const outside = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV$)/.test(name))
  const path = `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/simulate.ts', ...args], {
    env: { ...Object.fromEntries(outside), NO_COLOR: '1', ...env, PATH: path },
    encoding: 'utf8',
  })
  return { status, output: `${stdout}${stderr}` }
}

test('a campaign of the planner that fails prints its seed and the smallest history it found', () => {
  const { status, output } = simulate(['planner', '--runs', '200', '--seed', '7'], {
    DYNACAMP_DEFECT: 'says of no conflict',
  })
  expect(status).toBe(1)
  expect(output).toContain('200 runs, seed 7')
  expect(output).toContain('histories of people keep the laws')
  expect(output).toMatch(/Property failed after \d+ tests\s+\{ seed: 7, path: /)
  expect(output).toMatch(/Counterexample: \[\{"people":\[\{"kind":"/)
  expect(output).toMatch(/Shrunk [1-9]\d* time/)
  expect(output).toMatch(/expectNothingLost|expectDeletesNamed/)
}, 300_000)

test('what is no campaign is told', () => {
  const { status, output } = simulate(['nobody'])
  expect(status).toBe(2)
  expect(output).toContain('usage: pnpm simulate <planner|engine|kills> [--runs N] [--seed S]')
})
