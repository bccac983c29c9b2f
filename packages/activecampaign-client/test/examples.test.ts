import { expect, test } from 'vitest'
import { checkSnippets, examplesOf } from '../../../scripts/check-examples.ts'

test('every example of a doc comment compiles', () => {
  const examples = examplesOf('activecampaign-client')
  expect(examples.length).toBeGreaterThan(100)
  expect(checkSnippets('activecampaign-client', examples)).toEqual([])
}, 120_000)
