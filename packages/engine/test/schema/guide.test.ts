import { expect, test } from 'vitest'
import { checkSnippets, samplesOf } from '../../../../scripts/check-examples.ts'

test('every sample of the guide compiles, with the generated module that it shows', () => {
  const samples = samplesOf('docs/schema.md')
  const generated = samples.find(({ code }) => code.startsWith('// schema.generated.ts'))?.code ?? ''
  const importLine = "import { schema } from './schema.generated.ts'"
  expect(samples.filter(({ code }) => code.includes(importLine))).toHaveLength(2)
  const whole = samples.map(({ where, code }) => ({ where, code: code.replace(importLine, generated) }))
  expect(checkSnippets('engine', whole)).toEqual([])
}, 60_000)
