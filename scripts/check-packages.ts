import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Packs every package as npm would publish it, asks publint and attw whether others can import it, and imports it. */
const packages = readdirSync('packages')
const tarballs = mkdtempSync(join(tmpdir(), 'dynacamp-packages-'))

const run = (command: string, args: readonly string[], cwd?: string): void => {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] })
}

try {
  for (const name of packages) {
    run('pnpm', ['pack', '--silent', '--pack-destination', tarballs], join('packages', name))
    run('publint', ['--strict', join('packages', name)])
    // What only shows when it is run, such as the import of a module that is not there.
    await import(pathToFileURL(resolve('packages', name, 'dist/index.js')).href)
  }
  for (const tarball of readdirSync(tarballs)) {
    run('attw', ['--profile', 'esm-only', '--quiet', join(tarballs, tarball)])
  }
} finally {
  rmSync(tarballs, { recursive: true })
}
console.log(`${packages.length} packages pass publint and attw, and can be imported`)
