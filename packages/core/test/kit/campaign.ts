/** Multiplies the runs of every property test; `DYNACAMP_RUNS=100 pnpm test`. */
const multiplier = Number(process.env.DYNACAMP_RUNS ?? 1)

/** Replays one seed; a failing test prints its own. */
const seed = process.env.DYNACAMP_SEED

/** Settings for `fc.assert`: so many runs, times the multiplier, under the seed if there is one. */
export const campaign = (runs: number) => ({
  numRuns: Math.ceil(runs * multiplier),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
})

/**
 * How long a campaign may take. What every test run makes takes some seconds on a quiet machine, and a busy one may take its
 * time; a campaign that was asked for by hand ends when it is done (0: no limit).
 */
export const patienceMs = multiplier > 1 || seed !== undefined ? 0 : 300_000
