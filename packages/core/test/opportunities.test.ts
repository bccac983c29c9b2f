/** The rows of the table of opportunities in docs/behaviour.md, one test each. */
import { describe, expect, test } from 'vitest'
import { compareText } from '../src/compare.ts'
import { explain, invertPlan, planBatch, renderPlan } from '../src/index.ts'
import { opportunityDefinition } from './kit/opportunity-definition.ts'
import { emptyOpportunities, opportunityInput } from './kit/opportunity-world.ts'
import { opportunityScenarios } from './kit/scenarios/opportunities/opportunity-scenarios.ts'
import { planOpportunityScenario } from './kit/scenarios/opportunities/plan-opportunity-scenario.ts'
import { outcomesOf } from './kit/scenarios/plan-scenario.ts'

test.each(opportunityScenarios.map((row) => [row.situation, row] as const))('%s', (_situation, row) => {
  expect(outcomesOf(planOpportunityScenario(row))).toEqual(row.expected.toSorted(compareText))
})

test('nobody is told the column under which the contact is merged', () => {
  const told = opportunityScenarios.flatMap((row) => {
    const plan = planOpportunityScenario(row)
    const sentences = explain(plan, { entity: 'opportunities', dynamicsId: 'o1' })
    return [
      ...sentences,
      ...(['text', 'markdown', 'html'] as const).map((format) => renderPlan(plan, format)),
    ]
  })
  const shown = told.join('\n').replaceAll('\\', '')
  expect(shown).not.toContain('_parentcontactid_value')
  expect(shown).toContain('The contact flows from Dynamics 365 only; its value is put back.')
  expect(shown).toContain('Make the contact and primary-contact equal on both sides.')
})

test('a record whose person came to another contact was on the one before, not on nobody', () => {
  const row = opportunityScenarios.find(
    ({ situation }) => situation === 'The same, and somebody showed the record on a third contact',
  )
  if (row === undefined) throw new Error('there is no such scenario')
  const plan = planOpportunityScenario(row)
  expect(plan.conflicts).toMatchObject([{ base: { dynamics: '7c1', activeCampaign: '7c1' } }])
  const [first] = explain(plan, { entity: 'opportunities', dynamicsId: 'o1' })
  expect(first).toMatch(/^contact:primary-contact: it was "7c1"; /)
})

describe('the plan of an opportunity', () => {
  const [row] = opportunityScenarios
  if (row === undefined) throw new Error('there is no scenario')
  const plan = planOpportunityScenario(row)

  test.each(['text', 'markdown', 'html'] as const)('is shown as %s, with the object it makes', (format) => {
    const shown = renderPlan(plan, format).replaceAll('\\', '')
    expect(shown).toContain('make the custom object d365-opportunity in ActiveCampaign')
    expect(shown).toContain('create the record in ActiveCampaign')
    expect(shown).toMatch(/dropdown.*Hot, Warm, Cold/)
  })

  test('counts the object as no record, and its call as a call', () => {
    expect(plan.counts).toMatchObject({ records: 1, planned: 1 })
    expect(plan.cost.calls).toEqual({ dynamics: 0, activeCampaign: 2 })
  })

  test('is explained', () => {
    expect(explain(plan, { entity: 'opportunities', dynamicsId: 'o1' })).toContain(
      'name: (blank) becomes "Bearings". The record is new here.',
    )
  })

  test('is explained with what is held of the whole object', () => {
    const clash = opportunityScenarios.find(({ expected }) => String(expected) === 'hold object-clash')
    if (clash === undefined) throw new Error('there is no such scenario')
    const held = planOpportunityScenario(clash)
    const [hold] = held.holds
    const record = { dynamics: { id: 'o1', etag: 'W/"1"', fields: {} } }
    const madeFrom = { definition: clash.definition ?? opportunityDefinition(), record }
    for (const from of [madeFrom, undefined]) {
      const sentences = explain(held, { entity: 'opportunities', dynamicsId: 'o1' }, from)
      expect(sentences.join()).toContain(hold?.reason.message)
    }
    expect(explain(held, { entity: 'contacts', dynamicsId: 'c1' }, madeFrom)).toEqual([
      'The plan does not cover contacts.',
    ])
  })

  test('is empty of what is gone and was never linked', () => {
    const world = emptyOpportunities()
    const gone = { id: 'o9', deleted: true } as const
    const records = [{ dynamics: gone }, { dynamics: gone, activeCampaign: gone }]
    const empty = planBatch({ ...opportunityInput(world, opportunityDefinition()), records })
    expect(empty.counts).toMatchObject({ records: 0 })
    expect(outcomesOf(empty)).toEqual(['create-custom-object'])
  })

  test('is taken back as far as it can be: what is permanent is said', () => {
    const undo = invertPlan(plan)
    expect(undo.actions).toEqual([])
    expect(undo.skips.map(({ reason }) => reason.message)).toEqual([
      'It was created, and an undo deletes nothing: delete it by hand where it is not wanted.',
      'A custom object and its fields are permanent.',
    ])
  })
})
