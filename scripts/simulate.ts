/**
 * Runs a package's property tests as long as wanted.
 *
 *   pnpm simulate planner --runs 1000000 --seed 42
 *   pnpm simulate engine --runs 1 --seed 7
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

/** What can be simulated: the test files, and how many runs they make of themselves. None has a limit of time then. */
const campaigns: Readonly<Record<string, { readonly files: readonly string[]; readonly runs: number }>> = {
  planner: {
    files: ['laws', 'opportunity-laws'].map((name) => `packages/core/test/${name}.test.ts`),
    runs: 10_000,
  },
  engine: { files: ['packages/engine/test/simulation/simulation.test.ts'], runs: 200 },
  kills: { files: ['examples/test/kills/kills.test.ts'], runs: 10 },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string' }, seed: { type: 'string' } },
})
const campaign = campaigns[positionals[0] ?? '']
const runs = Number(values.runs ?? campaign?.runs)

if (campaign === undefined || !Number.isInteger(runs) || runs < 1) {
  console.error(`usage: pnpm simulate <${Object.keys(campaigns).join('|')}> [--runs N] [--seed S]`)
  process.exitCode = 2
} else {
  const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31))
  console.log(`${runs} runs, seed ${seed}: ${campaign.files.join(', ')}`)
  const { status } = spawnSync('vitest', ['run', ...campaign.files, '--testTimeout=0'], {
    stdio: 'inherit',
    env: { ...process.env, DYNACAMP_RUNS: String(runs / campaign.runs), DYNACAMP_SEED: seed },
  })
  process.exitCode = status ?? 1
}
