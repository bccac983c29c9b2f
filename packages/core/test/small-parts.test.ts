/** What everything else stands on: order, blanks and bytes. */
import { expect, test } from 'vitest'
import { canonicalJson } from '../src/canonical-json.ts'
import { compareText } from '../src/compare.ts'
import { hashFields } from '../src/index.ts'
import { isBlank } from '../src/is-blank.ts'

test('texts are ordered by code units, and equal ones are equal', () => {
  expect(compareText('a', 'b')).toBe(-1)
  expect(compareText('b', 'a')).toBe(1)
  expect(compareText('a', 'a')).toBe(0)
  expect(['ä', 'a', 'Z', '10', '9'].toSorted(compareText)).toEqual(['10', '9', 'Z', 'a', 'ä'])
})

test.each([
  [undefined, true],
  [null, true],
  ['', true],
  [' \t\n', true],
  [[], true],
  ['a', false],
  [['a'], false],
  [0, false],
  [false, false],
])('of %j it is said that it is blank: %s', (value, blank) => {
  expect(isBlank(value)).toBe(blank)
})

test('keys are put in order at every depth, and none is lost, whatever its name', () => {
  const value = JSON.parse('{"b":[{"d":1,"c":2}],"__proto__":{"f":1,"e":null},"a":"x"}')
  expect(canonicalJson(value)).toBe('{"__proto__":{"e":null,"f":1},"a":"x","b":[{"c":2,"d":1}]}')
})

test('a hash of fields asks for no order of names, and leaves the caller’s alone', () => {
  const names = Object.freeze(['b', 'a'])
  expect(hashFields({ a: 1 }, names)).toBe(hashFields({ b: null, a: 1 }, ['a', 'b']))
  expect(hashFields({ a: 1 }, names)).not.toBe(hashFields({ b: 1 }, names))
})
