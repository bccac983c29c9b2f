import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergePlans, type PlanInput, planBatch } from '../src/index.ts'
import { batchesOf, everybody } from './kit/batches-of.ts'
import { campaign, patienceMs } from './kit/campaign.ts'
import { contactsDefinition } from './kit/definition.ts'
import { inputOf, planWorld } from './kit/plan-world.ts'
import { scenarios } from './kit/scenarios/index.ts'
import { batchesOfScenario } from './kit/scenarios/plan-scenario.ts'
import { emptyWorld, putRow } from './kit/world.ts'

const definition = contactsDefinition()

const expectSamePlanApart = (input: PlanInput): void => {
  const plans = input.records.map((record) => planBatch({ ...input, records: [record] }))
  const whole = planBatch(input)
  expect(mergePlans(plans)).toEqual(whole)
  expect(mergePlans(plans.toReversed())).toEqual(whole)
}

describe('one record per batch or all in one: the same plan', () => {
  test.each(scenarios.map((row) => [row.situation, row] as const))('%s', (_, row) => {
    batchesOfScenario(row).forEach(expectSamePlanApart)
  })

  test('in all histories', { timeout: patienceMs }, () => {
    fc.assert(
      fc.property(everybody, (history) => {
        for (const input of batchesOf(history)) if (input.records.length > 0) expectSamePlanApart(input)
      }),
      campaign(100),
    )
  })
})

test('plans for different definitions are not merged', () => {
  const other = contactsDefinition({ createInDynamics: 'all' })
  const plans = [planWorld(emptyWorld(), definition), planWorld(emptyWorld(), other)]
  expect(() => mergePlans(plans)).toThrow(
    expect.objectContaining({
      code: 'other-definition',
      message: expect.stringContaining('The plans were made for different definitions.'),
    }),
  )
  expect(() => mergePlans([])).toThrow(expect.objectContaining({ code: 'empty' }))
})

test('what one plan asks for, the merged one asks for, each thing once', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com' })
  putRow(world, 'd2', { emailaddress1: 'bob@example.com' })
  const input = { ...inputOf(world, definition), candidates: {} }
  const plans = input.records.map((record) => planBatch({ ...input, records: [record] }))
  const need = { kind: 'key-holders', entity: 'contacts' }
  expect(mergePlans([...plans, ...plans]).needs).toEqual([
    { ...need, key: 'email:ana@example.com' },
    { ...need, key: 'email:bob@example.com' },
  ])
})
