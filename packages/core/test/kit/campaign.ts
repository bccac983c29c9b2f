/** Multiplies the runs of every property test; `DYNACAMP_RUNS=100 pnpm test`. */
const multiplier = Number(process.env.DYNACAMP_RUNS ?? 1)

/** Replays one seed; a failing test prints its own. */
const seed = process.env.DYNACAMP_SEED

/** Settings for `fc.assert`: so many runs, times the multiplier, under the seed if there is one. */
export const campaign = (runs: number) => ({
  numRuns: Math.ceil(runs * multiplier),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
})
