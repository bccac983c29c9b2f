/** What a plan says of a merged row: who speaks for the person now, and what becomes of its contact. */
import { expect, test } from 'vitest'
import { invertPlan, planBatch } from '../src/index.ts'
import { contactsDefinition } from './kit/definition.ts'
import { inputOf } from './kit/plan-world.ts'
import { scenarios } from './kit/scenarios/index.ts'
import { planScenario } from './kit/scenarios/plan-scenario.ts'
import type { Scenario } from './kit/scenarios/scenario.ts'
import { emptyWorld } from './kit/world.ts'

const scenarioOf = (topic: string, situation: string): Scenario => {
  const found = scenarios.find((row) => row.topic === topic && row.situation === situation)
  if (found === undefined) throw new Error(`There is no scenario ${situation}`)
  return found
}

const saidOf = (topic: string, situation: string): readonly string[] => {
  const { actions, skips, holds } = planScenario(scenarioOf(topic, situation))
  return [
    ...skips.filter(({ reason }) => reason.code === 'handed-over').map(({ reason }) => reason.message),
    ...holds.filter(({ reason }) => reason.code === 'several-contacts').map(({ reason }) => reason.message),
    ...actions.filter(({ kind }) => kind === 'unlink-records').map(({ because }) => because),
  ]
}

test.each([
  [
    'A linked row was merged into another row with the same e-mail',
    ['Another row speaks for this person now, and contact 1 is for that row to take over.'],
  ],
  [
    'The surviving row has another e-mail and another name',
    ['Another row speaks for this person now, and contact 1 is for that row to take over.'],
  ],
  [
    'The surviving row has no link, and another contact has its e-mail',
    [
      'Another row speaks for this person now, and contact 2 has its emailaddress1; contact 1 is left as it is.',
    ],
  ],
  [
    'The surviving row has no e-mail, and another contact has its employee number',
    ['Another row speaks for this person now, and contact 1 is for that row to take over.'],
  ],
  [
    'The surviving row has a contact of its own',
    ['The row that speaks for this person now has contact 2 in ActiveCampaign, and not contact 1.'],
  ],
  [
    'Then the contacts are merged in ActiveCampaign, and that of the surviving row stays',
    ['Another row speaks for this person now, and contact 1 is gone.'],
  ],
  [
    'Or a third one has the e-mail of the surviving row',
    [
      'Another row speaks for this person now, and contact 3 has its emailaddress1; contact 1 is left as it is.',
    ],
  ],
])('%s', (situation, said) => {
  expect(saidOf('Merges', situation)).toEqual(said)
})

test('an account stands for nobody, and is called by its id', () => {
  expect(saidOf('Accounts', 'A linked row was merged into another one')).toEqual([
    'Another row stands for this account now, and account 1 is for that row to take over.',
  ])
  expect(saidOf('Accounts', 'The surviving row has an account of its own')).toEqual([
    'The row that stands for this account now has account 2 in ActiveCampaign, and not account 1.',
  ])
})

test('a merged row waits until somebody has looked who has the e-mail of the surviving one', () => {
  const world = emptyWorld()
  scenarioOf('Merges', 'The surviving row has no link, and another contact has its e-mail').arrange(world)
  const input = inputOf(world, contactsDefinition())
  const records = input.records.filter(({ link }) => link !== undefined)
  const { skips, holds, needs } = planBatch({ ...input, records, candidates: {} })
  expect(skips).toEqual([])
  expect(holds).toMatchObject([{ dynamicsId: 'd1', reason: { code: 'not-known-yet' } }])
  expect(needs).toEqual([{ kind: 'key-holders', entity: 'contacts', key: 'email:bob@example.com' }])
})

test('an undo says which contact a row keeps', () => {
  const plan = planScenario(
    scenarioOf('Merges', 'A linked row was merged into another row with the same e-mail'),
  )
  expect(invertPlan(plan).skips.map(({ reason }) => reason.message)).toEqual([
    'The row stays linked to contact 1.',
  ])
})
