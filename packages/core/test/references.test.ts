import { expect, test } from 'vitest'
import { mergePlans, type Plan, referenceKey } from '../src/index.ts'
import { contactsDefinition } from './kit/definition.ts'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putRow } from './kit/world.ts'

const definition = contactsDefinition()

/** Three rows to be created, each action depending on what `after` says of it. */
const planWithDependencies = (after: Readonly<Record<string, readonly string[]>>): Plan => {
  const world = emptyWorld()
  for (const id of ['d1', 'd2', 'd3']) putRow(world, id, { emailaddress1: `${id}@example.com` })
  const plan = planWorld(world, definition)
  const idOf = (row: string) => plan.actions.find(({ dynamicsId }) => dynamicsId === row)?.id ?? ''
  const actions = plan.actions.map((action) => ({
    ...action,
    dependsOn: (after[action.dynamicsId ?? ''] ?? []).map(idOf),
  }))
  return mergePlans([{ ...plan, actions }])
}

const rowsOf = (entries: readonly { readonly dynamicsId: string | null }[]) =>
  entries.map(({ dynamicsId }) => dynamicsId)

test('actions that wait for each other in a row are all planned', () => {
  const plan = planWithDependencies({ d1: ['d2'], d2: ['d3'] })
  expect(rowsOf(plan.actions)).toEqual(['d1', 'd2', 'd3'])
  expect(plan.holds).toEqual([])
})

test('actions that wait for each other in a circle are held, and so is what waits behind them', () => {
  const plan = planWithDependencies({ d1: ['d2'], d2: ['d1'], d3: ['d2'] })
  expect(plan.actions).toEqual([])
  expect(plan.holds).toMatchObject([
    {
      dynamicsId: 'd1',
      reason: { code: 'reference-cycle', message: expect.stringContaining('d2@example.com') },
    },
    { dynamicsId: 'd2', reason: { code: 'reference-cycle' } },
    { dynamicsId: 'd3', reason: { code: 'reference-cycle' } },
  ])
})

test('whom a record with a sensitive change waits for is not named', () => {
  const world = emptyWorld()
  for (const id of ['d1', 'd2']) putRow(world, id, { emailaddress1: `${id}@example.com`, governmentid: '7' })
  const plan = planWorld(world, definition)
  const [first, second] = plan.actions
  if (first === undefined || second === undefined) throw new Error('two rows, two actions')
  const actions = [
    { ...first, dependsOn: [second.id] },
    { ...second, dependsOn: [first.id] },
  ]
  expect(mergePlans([{ ...plan, actions }]).holds.map(({ reason }) => reason.message)).toEqual([
    'It waits for another record, and is waited for in a circle.',
    'It waits for another record, and is waited for in a circle.',
  ])
})

test('an action that waits for itself is held, and the others go on', () => {
  const plan = planWithDependencies({ d2: ['d2'] })
  expect(rowsOf(plan.actions)).toEqual(['d1', 'd3'])
  expect(plan.holds).toMatchObject([
    { dynamicsId: 'd2', reason: { message: expect.stringContaining('itself') } },
  ])
  expect(plan.counts).toMatchObject({ planned: 2, held: 1 })
})

test('the same id in another service or entity is another record', () => {
  const keys = [
    referenceKey('dynamics', 'accounts', '7'),
    referenceKey('activeCampaign', 'accounts', '7'),
    referenceKey('dynamics', 'contacts', '7'),
  ]
  expect(new Set(keys).size).toBe(3)
})
