import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkPrograms } from '../../scripts/check-examples.ts'

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

test('the sample of the README compiles, and the mapping that it says does not compile does not, and says why', async () => {
  const code = await readFile(sample, 'utf8')
  const mistaken = code.replace(/\/\/ (map\(.*?\)) .*$/m, '$1')
  const errors = checkPrograms('examples/test', [
    { where: 'sample', code },
    { where: 'mistaken', code: mistaken },
  ])
  expect(errors).toEqual([expect.stringMatching(/^mistaken /)])
  expect(errors[0]).toContain("contacts have no Dynamics 365 column 'jobtitel'")
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
