import { join, resolve } from 'node:path'
import { build } from 'tsup'

const root = resolve(import.meta.dirname, '..')

/**
 * A program of this repository in one file: started many times, it need not be compiled each time.
 *
 * @param entry - From the root, `examples/two-way-sync.ts`.
 * @returns the path of the file.
 */
export const bundle = async (entry: string, folder: string): Promise<string> => {
  await build({
    entry: { program: join(root, entry) },
    outDir: join(folder, entry),
    config: false,
    silent: true,
    format: ['esm'],
    platform: 'node',
    noExternal: [/.*/],
    splitting: false,
    // `sqlite` exists under its whole name only.
    removeNodeProtocol: false,
    // Some of what is bundled still asks for `require`.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    esbuildOptions: (options) => {
      options.conditions = ['@dynacamp/source']
    },
  })
  return join(folder, entry, 'program.js')
}
