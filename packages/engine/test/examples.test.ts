import { expect, test } from 'vitest'
import { checkSnippets, examplesOf, samplesOf } from '../../../scripts/check-examples.ts'

test('every example of a doc comment and of the README compiles', () => {
  const snippets = [
    ...examplesOf('engine'),
    ...samplesOf('packages/engine/README.md'),
    ...samplesOf('docs/applying.md'),
    ...samplesOf('docs/connecting.md'),
    ...samplesOf('docs/webhooks.md'),
    ...samplesOf('docs/running.md'),
  ]
  expect(snippets.length).toBeGreaterThan(3)
  expect(checkSnippets('engine', snippets)).toEqual([])
})
