import { expect, test } from 'vitest'
import type { Action } from '../src/index.ts'
import { waves } from '../src/plan/waves.ts'
import { contactsDefinition } from './kit/definition.ts'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putRow } from './kit/world.ts'

type After = Readonly<Record<string, readonly string[]>>

/** Rows to be created, named `a` and so on: what each depends on, and what it goes after; each wave as one word. */
const wavesOf = (names: string, dependsOn: After, goesAfter?: After): readonly string[] => {
  const world = emptyWorld()
  for (const name of names) putRow(world, name, { emailaddress1: `${name}@example.com` })
  const made = planWorld(world, contactsDefinition()).actions
  const idOf = (name: string): string => made.find(({ dynamicsId }) => dynamicsId === name)?.id ?? name
  const idsOf = (of: readonly string[] = []): readonly string[] => of.map(idOf)
  const actions: readonly Action[] = made.map((action) => ({
    ...action,
    dependsOn: idsOf(dependsOn[action.dynamicsId ?? '']),
  }))
  const after = goesAfter && new Map(Object.entries(goesAfter).map(([name, of]) => [idOf(name), idsOf(of)]))
  return waves(actions, after).map((wave) => wave.map(({ dynamicsId }) => dynamicsId).join(''))
}

test('each action comes in the first wave after all that it depends on', () => {
  expect(wavesOf('abcd', { a: ['b'], b: ['c'], d: ['b', 'c'] })).toEqual(['c', 'b', 'ad'])
})

test('what is not in the plan is waited for by nobody', () => {
  expect(wavesOf('ab', { a: ['elsewhere'], b: ['a', 'elsewhere'] }, { a: ['elsewhere'] })).toEqual(['a', 'b'])
})

test('an action that goes after others comes after all of them, and after what it depends on', () => {
  expect(wavesOf('abcd', { b: ['c'], d: ['b'] }, { a: ['b', 'c'], d: ['c'] })).toEqual(['c', 'b', 'ad'])
  expect(wavesOf('abc', { a: ['b'] }, { a: ['c'], c: ['b'] })).toEqual(['b', 'c', 'a'])
})

test('actions that wait for each other are in no wave, and the others are', () => {
  expect(wavesOf('abc', { a: ['b'], b: ['a'] })).toEqual(['c'])
})

test('without actions there is no wave', () => {
  expect(wavesOf('', {})).toEqual([])
})
