import { expect, test } from 'vitest'
import { checkSnippets, examplesOf, samplesOf } from '../../../scripts/check-examples.ts'

test('every example of the package and every sample of its guides compiles', () => {
  const examples = examplesOf('simulators').filter(({ where }) => !where.includes('/activecampaign/'))
  const samples = ['docs/simulators.md', 'docs/simulators-data.md'].flatMap(samplesOf)
  expect(examples.length).toBeGreaterThan(8)
  expect(samples.length).toBeGreaterThan(2)
  expect(checkSnippets('simulators', [...examples, ...samples])).toEqual([])
}, 60_000)
