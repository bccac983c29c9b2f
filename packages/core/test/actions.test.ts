/** Each kind of action is known by its own guard and by no other, and what makes it can be told by hand. */
import { expect, test } from 'vitest'
import { compareText } from '../src/compare.ts'
import * as core from '../src/index.ts'
import { scenarios } from './kit/scenarios/index.ts'
import { opportunityScenarios } from './kit/scenarios/opportunities/opportunity-scenarios.ts'
import { planOpportunityScenario } from './kit/scenarios/opportunities/plan-opportunity-scenario.ts'
import { planScenario } from './kit/scenarios/plan-scenario.ts'

const actions = [
  ...scenarios.flatMap((row) => planScenario(row).actions),
  ...opportunityScenarios.flatMap((row) => planOpportunityScenario(row).actions),
]
const kinds = [...new Set(actions.map(({ kind }) => kind))].sort(compareText)

/** `DeleteDynamicsRecord` of `delete-dynamics-record`. */
const nameOf = (kind: string): string =>
  kind.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase())

const guards = Object.entries(core).flatMap(([name, value]) =>
  typeof value === 'object' && value !== null && 'is' in value ? [{ name, is: value.is }] : [],
)

test('the scenarios come by every kind', () => {
  expect(kinds.map(nameOf)).toEqual(guards.map(({ name }) => name).sort(compareText))
})

const pair = {
  ...{
    entity: 'contacts' as const,
    dynamicsId: 'd1',
    activeCampaignId: '1',
    title: 'Ana',
    because: 'A test.',
  },
  ...{ changes: [], settles: { dynamics: {}, activeCampaign: {} }, preconditions: {} },
}

test.each([
  core.AddActiveCampaignTags.create({ ...pair, tags: ['a', 'b'] }),
  core.CreateActiveCampaignContact.create({ ...pair, activeCampaignId: null }),
  core.CreateActiveCampaignRecord.create({ ...pair, contact: pair }),
  core.CreateDynamicsRecord.create(pair),
  core.ResubscribeActiveCampaignContact.create({ ...pair, lists: ['1'] }),
  core.UnlinkRecords.create(pair),
  core.UpdateActiveCampaignAccount.create(pair),
  core.UpdateActiveCampaignContact.create(pair),
])('$kind waits for nothing, unless it is told to', ({ dependsOn }) => {
  expect(dependsOn).toEqual([])
})

test('a new contact takes a call, and one more for each tag', () => {
  const created = { ...pair, activeCampaignId: null }
  expect(core.CreateActiveCampaignContact.create(created).cost.activeCampaign).toBe(1)
  expect(core.CreateActiveCampaignContact.create({ ...created, tags: ['a', 'b'] }).cost).toEqual({
    dynamics: 0,
    activeCampaign: 3,
  })
})

test.each(guards.map(({ name, is }) => [name, is] as const))('%s knows its own', (name, is) => {
  expect(kinds.filter((kind) => is({ kind })).map(nameOf)).toEqual([name])
})
