import { expect, test } from 'vitest'
import { mergePlans, planBatch } from '../src/index.ts'
import { contactsDefinition } from './kit/definition.ts'
import { inputOf, planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

const definition = contactsDefinition()

const someWorld = () => {
  const world = emptyWorld()
  for (const n of [1, 2, 3, 4, 5]) {
    putRow(world, `d${n}`, { emailaddress1: `p${n}@example.com`, firstname: `P${n}` })
    if (n % 2 === 0) putContact(world, `${n}`, { email: `p${n}@example.com`, lastName: 'X' })
  }
  putRow(world, 'd6', { emailaddress1: 'p5@example.com' })
  putContact(world, '9', { email: 'only@example.com' })
  return world
}

test('one record per batch or all in one: the same plan', () => {
  const world = someWorld()
  const input = inputOf(world, definition)
  const plans = input.records.map((record) => planBatch({ ...input, records: [record] }))
  const whole = planWorld(world, definition)
  expect(mergePlans(plans)).toEqual(whole)
  expect(mergePlans(plans.toReversed())).toEqual(whole)
})

test('plans for different definitions are not merged', () => {
  const other = contactsDefinition({ createInDynamics: 'all' })
  const plans = [planWorld(emptyWorld(), definition), planWorld(emptyWorld(), other)]
  expect(() => mergePlans(plans)).toThrow(expect.objectContaining({ code: 'other-definition' }))
  expect(() => mergePlans([])).toThrow(expect.objectContaining({ code: 'empty' }))
})
