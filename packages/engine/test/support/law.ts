import { env } from 'node:process'
import * as fc from 'fast-check'

const multiplier = Number(env.DYNACAMP_RUNS ?? '1')
const seed = env.DYNACAMP_SEED

const settings = (runs: number) => ({
  numRuns: Math.ceil(runs * multiplier),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
})

/**
 * Asserts a law over generated values. `DYNACAMP_RUNS=50` runs it fifty times as often; `DYNACAMP_SEED` replays
 * the seed that a failure printed.
 */
export const law = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void, runs = 200): void => {
  const checked = (value: T): void => {
    holds(value)
  }
  void fc.assert(fc.property(arbitrary, checked), settings(runs))
}

/** The same for laws that ask a service. */
export const asyncLaw = <T>(
  arbitrary: fc.Arbitrary<T>,
  holds: (value: T) => Promise<void>,
  runs = 20,
): Promise<void> => fc.assert(fc.asyncProperty(arbitrary, holds), settings(runs))
