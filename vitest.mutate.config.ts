import { defineConfig } from 'vitest/config'

/**
 * For mutation testing of `core`: its own tests only, with fewer generated histories each. Each file loads the modules
 * anew, or Stryker would count for a mutant only the tests of the file that loaded it first. Tests that plan outside of a
 * test (`beforeAll`) are left out: they would make nearly every mutant a static one, for which all tests run.
 */
export default defineConfig({
  ssr: { resolve: { conditions: ['@dynacamp/source', 'node'] } },
  resolve: { conditions: ['@dynacamp/source', 'node'] },
  test: {
    isolate: true,
    testTimeout: 30_000,
    include: ['packages/core/test/**/*.test.ts'],
    exclude: ['**/generator.test.ts', '**/render-html-browser.test.ts', '**/readme.test.ts'],
    env: { DYNACAMP_RUNS: '0.03', DYNACAMP_SEED: '1' },
  },
})
