/** What the histories of the opportunity laws must come by: a generator that never reaches a rule proves nothing about it. */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { planBatch } from '../src/index.ts'
import { happen, opportunityHistory } from './kit/opportunity-history.ts'
import { applyOpportunities, opportunityInput } from './kit/opportunity-world.ts'

const reached = new Set<string>()

beforeAll(() => {
  for (const history of fc.sample(opportunityHistory, { numRuns: 600, seed: 1 })) {
    const { first, later, firstLink } = history
    const world = history.world()
    for (const definition of [first, first, later, later]) {
      const plan = planBatch(opportunityInput(world, definition, { firstLink }))
      for (const { kind } of plan.actions) reached.add(kind)
      for (const { reason, field } of plan.holds) {
        reached.add(`hold ${field === null ? 'record' : 'field'} ${reason.code}`)
      }
      for (const { reason } of plan.skips) reached.add(`skip ${reason.code}`)
      applyOpportunities(world, plan)
      if (definition === first) for (const event of history.rounds.flat()) happen(world, event)
    }
  }
})

test.each([
  'create-custom-object',
  'extend-custom-object',
  'create-active-campaign-record',
  'update-active-campaign-record',
  'link-records',
  'unlink-records',
  'hold field object-clash',
  'hold record object-clash',
  'hold record object-unavailable',
  'hold record required-blank',
  'hold field bad-value',
  'hold field first-link-differs',
  'skip contact-not-in-sync',
  'skip deleted',
  'skip direction',
  'skip left-scope',
  'skip out-of-scope',
])('histories reach: %s', (what) => {
  expect([...reached]).toContain(what)
})
