import { expect, test } from 'vitest'
import { checkSnippets, samplesOf } from '../../../scripts/check-examples.ts'

test('every sample of the README compiles', () => {
  const samples = samplesOf('packages/core/README.md')
  expect(samples.length).toBeGreaterThan(0)
  expect(checkSnippets('core', samples)).toEqual([])
}, 60_000)
