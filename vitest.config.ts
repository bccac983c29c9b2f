import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: { resolve: { conditions: ['@dynacamp/source', 'node', 'import', 'default'] } },
  resolve: { conditions: ['@dynacamp/source', 'node', 'import', 'default'] },
  test: {
    // Modules are loaded once per worker, not once per file: a third less time. No test keeps state in a module.
    isolate: false,
    include: ['packages/*/test/**/*.test.ts', 'examples/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
    testTimeout: 30_000,
  },
})
