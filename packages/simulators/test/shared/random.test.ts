import { expect, test } from 'vitest'
import { createRandom } from '../../src/shared/random.ts'

test('the same seed gives the same sequence, another seed another one', () => {
  const draw = (seed: number): number[] => {
    const random = createRandom(seed)
    return Array.from({ length: 20 }, () => random.integer(0, 1_000_000))
  }
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

test('guids are of version 4 and do not repeat', () => {
  const random = createRandom(1)
  const guids = Array.from({ length: 10_000 }, () => random.guid())
  expect(new Set(guids).size).toBe(10_000)
  for (const guid of guids)
    expect(guid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

test('drawing from a fork moves nothing in its origin', () => {
  const plain = createRandom(3)
  const forked = createRandom(3)
  forked.fork('rows').next()
  expect(forked.next()).toBe(plain.next())
})
