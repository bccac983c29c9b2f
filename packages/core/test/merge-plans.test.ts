import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergePlans, type PlanInput, planBatch } from '../src/index.ts'
import { batchesOf, everybody } from './kit/batches-of.ts'
import { campaign, patienceMs } from './kit/campaign.ts'
import { contactsDefinition } from './kit/definition.ts'
import { planWorld } from './kit/plan-world.ts'
import { batchesOfScenario, scenarios } from './kit/scenarios.ts'
import { emptyWorld } from './kit/world.ts'

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
  expect(() => mergePlans(plans)).toThrow(expect.objectContaining({ code: 'other-definition' }))
  expect(() => mergePlans([])).toThrow(expect.objectContaining({ code: 'empty' }))
})
