import { expect, test } from 'vitest'
import { checkSnippets, examplesOf, samplesOf } from '../../../scripts/check-examples.ts'

test('every example of a doc comment compiles', () => {
  const examples = examplesOf('mapping-dsl')
  expect(examples.length).toBeGreaterThan(15)
  expect(checkSnippets('mapping-dsl', examples)).toEqual([])
}, 120_000)

test('every sample of the guide and the README compiles', () => {
  const samples = ['docs/mapping.md', 'packages/mapping-dsl/README.md'].flatMap(samplesOf)
  expect(samples.length).toBeGreaterThan(10)
  expect(checkSnippets('mapping-dsl', samples)).toEqual([])
}, 120_000)
