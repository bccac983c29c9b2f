import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkSnippets, examplesOf, samplesOf, undocumentedExports } from '../../../scripts/check-examples.ts'
import { contact, createDynamicsClient, tokenCallback } from '../src/index.ts'

test('every example of a doc comment compiles', () => {
  const examples = examplesOf('dynamics-client')
  expect(examples.length).toBeGreaterThan(40)
  expect(checkSnippets('dynamics-client', examples)).toEqual([])
})

test('everything exported is documented, values and methods with an example', () => {
  expect(undocumentedExports('dynamics-client')).toEqual([])
})

test('every sample of the guide and the README compiles', () => {
  const samples = ['docs/clients/dynamics.md', 'packages/dynamics-client/README.md'].flatMap(samplesOf)
  expect(samples.length).toBeGreaterThan(6)
  expect(checkSnippets('dynamics-client', samples)).toEqual([])
})

test('an example that does not compile is reported where it stands', () => {
  const code = "const id: number = 'a'\nunheardOf()"
  expect(checkSnippets('dynamics-client', [{ where: 'here.ts:7', code }])).toEqual([
    "here.ts:7 (line 1 of it): Type 'string' is not assignable to type 'number'.",
    "here.ts:7 (line 2 of it): Cannot find name 'unheardOf'.",
  ])
})

test('the guide names every method', () => {
  const guide = readFileSync(new URL('../../../docs/clients/dynamics.md', import.meta.url), 'utf8')
  const client = createDynamicsClient({
    environmentUrl: 'https://example.crm4.dynamics.com',
    credentials: tokenCallback(async () => 'token'),
  })
  const { table: _, prepare, metadata, users, ...own } = { ...client, ...client.table(contact) }
  const named = [
    ...Object.keys(own),
    ...Object.keys(metadata).map((name) => `metadata.${name}`),
    ...Object.keys(users).map((name) => `users.${name}`),
  ]
  const columns = guide.slice(guide.indexOf('## Methods'))
  expect(named.filter((name) => !new RegExp(`\`(table\\(t\\)\\.)?${name}\``).test(columns))).toEqual([])
  expect(Object.keys(prepare).filter((name) => !named.includes(name))).toEqual([])
})
