import { expect, test } from 'vitest'
import { checkSnippets, examplesOf } from '../../../scripts/check-examples.ts'

test('every example of a doc comment compiles', () => {
  const examples = examplesOf('http')
  expect(examples.length).toBeGreaterThan(14)
  expect(checkSnippets('http', examples)).toEqual([])
})
