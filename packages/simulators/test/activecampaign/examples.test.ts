import { expect, test } from 'vitest'
import { checkSnippets, examplesOf, samplesOf } from '../../../../scripts/check-examples.ts'

test('every example of the ActiveCampaign simulator and its page compiles', () => {
  const examples = examplesOf('simulators').filter(({ where }) => where.includes('/activecampaign/'))
  const samples = samplesOf('docs/simulators-activecampaign.md')
  expect(examples.length).toBeGreaterThan(5)
  expect(samples.length).toBeGreaterThan(3)
  expect(checkSnippets('simulators', [...examples, ...samples])).toEqual([])
})
