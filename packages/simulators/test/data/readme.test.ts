import { expect, test } from 'vitest'
import { checkSnippets, examplesOf, samplesOf } from '../../../../scripts/check-examples.ts'

test('every example of the data files and of the README compiles', () => {
  const examples = examplesOf('simulators').filter(({ where }) => where.includes('/data/'))
  const samples = samplesOf('packages/simulators/README.md')
  expect(examples.length).toBeGreaterThan(4)
  expect(samples.length).toBeGreaterThan(3)
  expect(checkSnippets('simulators', [...examples, ...samples])).toEqual([])
}, 60_000)
