import { defineConfig } from 'vitest/config'
import shared from './vitest.config.ts'

/** For mutation testing of `core`: its own tests only, with fewer generated histories each. */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ['packages/core/test/**/*.test.ts'],
    env: { DYNACAMP_RUNS: '0.03', DYNACAMP_SEED: '1' },
  },
})
