import { defineConfig } from 'vitest/config'

/** What is proven with PostgreSQL: its own tests, and those of the engine over again with their state in it. */
const withPostgres = ['packages/engine/test/postgres/**/*.test.ts', 'examples/test/postgres.test.ts']
const again = ['crash', 'sync'].map((name) => `packages/engine/test/${name}.test.ts`)

/** What every project has. */
export default defineConfig({
  // Node is started with these: `import` among them would make it give modules to `require`, which `pg` does not survive.
  ssr: { resolve: { conditions: ['@dynacamp/source', 'node'] } },
  resolve: { conditions: ['@dynacamp/source', 'node'] },
  test: {
    // Modules are loaded once per worker, not once per file: a third less time. No test keeps state in a module.
    isolate: false,
    // By itself vitest leaves a core free, which is half of a machine with two.
    maxWorkers: '100%',
    testTimeout: 30_000,
    // A browser or a server takes its time to start beside other tests.
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: [
            'packages/*/test/**/*.test.ts',
            'examples/test/**/*.test.ts',
            'scripts/test/**/*.test.ts',
          ],
          exclude: withPostgres,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [...withPostgres, ...again],
          benchmark: { include: [] },
          globalSetup: './scripts/postgres/global-setup.ts',
          setupFiles: './scripts/postgres/skip-without.ts',
        },
      },
    ],
  },
})
