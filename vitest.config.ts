import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: { resolve: { conditions: ['@dynacamp/source', 'node', 'import', 'default'] } },
  resolve: { conditions: ['@dynacamp/source', 'node', 'import', 'default'] },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
    testTimeout: 30_000,
  },
})
