import { defineConfig } from 'vitest/config'

/** For mutation testing of `core`: its tests as one bundle (packages/core/test/mutation/all.ts), with fewer histories. */
export default defineConfig({
  test: {
    isolate: false,
    testTimeout: 30_000,
    include: ['packages/core/test/mutation.bundle.js'],
    env: { DYNACAMP_RUNS: '0.03', DYNACAMP_SEED: '1' },
  },
})
