import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../src/canonical-json.ts'
import { campaign } from './kit/campaign.ts'

/** Few keys are put in order in another way than many. */
const keys = fc.uniqueArray(fc.string(), { maxLength: 70 })

const objectOf = (names: readonly string[]): Record<string, unknown> => {
  const object: Record<string, unknown> = Object.create(null)
  for (const name of names) object[name] = { length: name.length, name }
  return object
}

test('the order in which an object got its keys does not reach its text, and the text loses nothing', () => {
  const shuffled = keys.chain((names) =>
    fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length })),
  )
  fc.assert(
    fc.property(shuffled, ([names, others]) => {
      const text = canonicalJson(objectOf(names))
      expect(text).toBe(canonicalJson(objectOf(others)))
      expect(Object.entries(JSON.parse(text)).toSorted()).toEqual(Object.entries(objectOf(names)).toSorted())
    }),
    campaign(200),
  )
})

test('keys are in the order of their code units', () => {
  fc.assert(
    fc.property(keys, (names) => {
      // Whole numbers come first in any object, whatever was done.
      const others = names.filter((name) => !/^\d+$/.test(name))
      const text = canonicalJson(Object.fromEntries(others.map((name) => [name, 0])))
      expect(text).toBe(`{${others.toSorted().map((name) => `${JSON.stringify(name)}:0`)}}`)
    }),
    campaign(200),
  )
})
