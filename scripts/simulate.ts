/**
 * Runs a package's property tests as long as wanted.
 *
 *   pnpm simulate planner --runs 1000000 --seed 42
 *   pnpm simulate engine --runs 1 --seed 7
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

/** What can be simulated: the test file, and how many runs it makes of itself. */
const campaigns: Readonly<Record<string, { readonly file: string; readonly runs: number }>> = {
  planner: { file: 'packages/core/test/laws.test.ts', runs: 10_000 },
  engine: { file: 'packages/engine/test/simulation/simulation.test.ts', runs: 100 },
  kills: { file: 'examples/test/kills/kills.test.ts', runs: 10 },
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
  console.log(`${runs} runs, seed ${seed}: ${campaign.file}`)
  const { status } = spawnSync('vitest', ['run', campaign.file, '--testTimeout=0'], {
    stdio: 'inherit',
    env: { ...process.env, DYNACAMP_RUNS: String(runs / campaign.runs), DYNACAMP_SEED: seed },
  })
  process.exitCode = status ?? 1
}
