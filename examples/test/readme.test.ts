import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const generated = resolve(import.meta.dirname, 'generated')
const sample = join(generated, 'readme.ts')
let folder = ''

beforeAll(async () => {
  const readme = await readFile(resolve(import.meta.dirname, '../../README.md'), 'utf8')
  const [, code] = /```ts\n(.*?)```/s.exec(readme) ?? []
  if (code === undefined) throw new Error('README.md has no sample')
  await mkdir(generated, { recursive: true })
  await writeFile(sample, code)
  folder = await mkdtemp(join(tmpdir(), 'dynacamp-readme-'))
})

afterAll(async () => {
  await rm(generated, { recursive: true })
  await rm(folder, { recursive: true })
})

const projectOf = (file: string): string =>
  JSON.stringify({
    extends: '../../../tsconfig.json',
    compilerOptions: { incremental: false },
    include: [file],
  })

test('the sample of the README compiles', async () => {
  const project = join(generated, 'tsconfig.json')
  await writeFile(project, projectOf('readme.ts'))
  await expect(run('tsc', ['--project', project])).resolves.toMatchObject({ stdout: '' })
}, 60_000)

test('the mapping that the README says does not compile does not, and says why', async () => {
  const commented = await readFile(sample, 'utf8')
  const mistaken = join(generated, 'mistaken.ts')
  await writeFile(mistaken, commented.replace(/\/\/ (map\(.*?\)) .*$/m, '$1'))
  const project = join(generated, 'tsconfig.json')
  await writeFile(project, projectOf('mistaken.ts'))
  await expect(run('tsc', ['--project', project])).rejects.toMatchObject({
    stdout: expect.stringContaining("contacts have no Dynamics 365 column 'jobtitel'"),
  })
}, 60_000)

test('the sample of the README syncs', async () => {
  const { stdout } = await run(
    'node',
    [
      '--conditions=@dynacamp/source',
      '--import',
      resolve(import.meta.dirname, 'support/serve-simulators.ts'),
      sample,
    ],
    { cwd: folder },
  )
  expect(stdout).toContain('create the contact in ActiveCampaign')
  expect(stdout).toContain('[{"email":"ada@example.com","fields":{"POSITION":"Analyst"}}]')
}, 60_000)
