import { defineConfig } from 'tsup'

/** One build for every package: an ES module and its types. */
export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'node22',
  // `node:sqlite` has no other name.
  removeNodeProtocol: false,
  dts: {
    compilerOptions: { incremental: false, rewriteRelativeImportExtensions: true, customConditions: [] },
  },
  sourcemap: true,
  clean: true,
})
