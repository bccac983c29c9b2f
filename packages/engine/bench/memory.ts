/**
 * The memory of a sync that brings 10,000 and 200,000 contacts from D365 to ActiveCampaign and links them, with its state in a
 * file: it shall be flat and stay below 300 MB. Both services run in a process of their own and are reached over HTTP; each count
 * is measured in a fresh process, from a bundle as a host would build it, since Node's own reading of TypeScript takes 200 MB.
 * The heap is limited for both counts alike: left to itself Node lets garbage lie as long as the machine has room for it. The services
 * share the time of the sync, which stands still while an answer is on its way: a busy machine changes nothing.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** Megabytes of old objects, and of each of the places for new ones. */
const limits = ['--max-old-space-size=96', '--max-semi-space-size=4']

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const run = (script: string, count: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(script, [String(count)], { execArgv: limits })
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${count} records: exit ${code}`)),
    )
  })

const counts = argv.length > 2 ? argv.slice(2).map(Number) : [10_000, 200_000]
const folder = mkdtempSync(join(tmpdir(), 'dynacamp-bundle-'))
try {
  await build({
    entryPoints: [here('memory-process.ts'), here('serve-services.ts')],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@dynacamp/source'],
    external: ['pg'],
    outExtension: { '.js': '.mjs' },
    // Some of what is bundled is CommonJS.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  })
  console.log(`Memory of a sync process with node ${limits.join(' ')}, services in another process:`)
  for (const count of counts) await run(join(folder, 'memory-process.mjs'), count)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
