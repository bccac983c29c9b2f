import { compileDefinition, type Fields, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { mergePlans, type Plan, planBatch, type RecordInput, referenceKey } from '../src/index.ts'
import { contactsDefinition } from './kit/definition.ts'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putRow } from './kit/world.ts'

const definition = contactsDefinition()

/** Three rows to be created, each action depending on what `after` says of it: rows, or something that is not in the plan. */
const planWithDependencies = (after: Readonly<Record<string, readonly string[]>>): Plan => {
  const world = emptyWorld()
  for (const id of ['d1', 'd2', 'd3']) putRow(world, id, { emailaddress1: `${id}@example.com` })
  const plan = planWorld(world, definition)
  const idOf = (row: string) => plan.actions.find(({ dynamicsId }) => dynamicsId === row)?.id ?? row
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

test('what an action in a circle waits for besides, outside of the plan, is nobody to name', () => {
  const plan = planWithDependencies({ d1: ['elsewhere', 'd2', 'd3'], d2: ['d1'], d3: ['d1', 'elsewhere'] })
  expect(plan.actions).toEqual([])
  expect(plan.holds.map(({ reason }) => reason.message)).toEqual([
    'It waits for d2@example.com, d3@example.com, and is waited for in a circle.',
    'It waits for d1@example.com, and is waited for in a circle.',
    'It waits for d1@example.com, and is waited for in a circle.',
  ])
  for (const { resolve } of plan.holds) {
    expect(resolve).toEqual(['Take one of the references away, sync, and set it again.'])
  }
})

test('an account that nobody has looked up is asked for, and its field alone waits', () => {
  const employed = compileDefinition(
    {
      version: 1,
      accounts: { direction: 'bidirectional', fields: standardMappings.accounts },
      contacts: {
        direction: 'bidirectional',
        fields: [
          map('emailaddress1', 'email'),
          map('firstname', 'firstName'),
          map('parentcustomerid', 'account'),
        ],
      },
      optOut: { direction: 'off' },
    },
    standardSchema,
  )
  const base = {
    dynamics: { emailaddress1: 'ana@example.com', firstname: 'Ana', _parentcustomerid_value: null },
    activeCampaign: { email: 'ana@example.com', firstName: 'Ana', account: '' },
  }
  const link = {
    id: 'contacts/d1',
    entity: 'contacts',
    dynamicsId: 'd1',
    activeCampaignId: '1',
    base,
  } as const
  const planWhere = (row: Fields, contact: Fields) =>
    planBatch({
      definition: employed,
      entity: 'contacts',
      records: [
        {
          link,
          dynamics: { id: 'd1', etag: 'W/"1"', fields: { ...base.dynamics, ...row, firstname: 'Anna' } },
          activeCampaign: { id: '1', fields: { ...base.activeCampaign, ...contact } },
        },
      ],
      candidates: {},
      settings: { tenant: 'contoso' },
    })
  const need = { kind: 'reference', entity: 'accounts' }
  const inRow = planWhere({ _parentcustomerid_value: 'g7' }, {})
  expect(inRow.needs).toEqual([{ ...need, side: 'dynamics', id: 'g7' }])
  const inContact = planWhere({}, { account: '7' })
  expect(inContact.needs).toEqual([{ ...need, side: 'activeCampaign', id: '7' }])
  const inBoth = planWhere({ _parentcustomerid_value: '7' }, { account: '7' })
  expect(inBoth.needs).toEqual([
    { ...need, side: 'activeCampaign', id: '7' },
    { ...need, side: 'dynamics', id: '7' },
  ])
  for (const { actions, holds } of [inRow, inContact, inBoth]) {
    expect(actions).toMatchObject([{ kind: 'update-active-campaign-contact', changes: [{ after: 'Anna' }] }])
    expect(holds).toMatchObject([
      {
        field: 'parentcustomerid:account',
        reason: {
          code: 'not-known-yet',
          message: 'Nobody has looked yet what the record it refers to is on the other side.',
        },
        resolve: ['Look it up and plan again.'],
      },
    ])
  }
})

test('who is new is made, and its account waits until somebody has looked that up', () => {
  const employed = compileDefinition(
    {
      version: 1,
      accounts: { direction: 'bidirectional', fields: standardMappings.accounts },
      contacts: {
        direction: 'bidirectional',
        createInDynamics: 'all',
        fields: [map('emailaddress1', 'email'), map('parentcustomerid', 'account')],
      },
      optOut: { direction: 'off' },
    },
    standardSchema,
  )
  const nobody = { dynamics: [], activeCampaign: [] }
  const planOf = (record: RecordInput) =>
    planBatch({
      definition: employed,
      entity: 'contacts',
      records: [record],
      candidates: { 'email:ana@example.com': nobody },
      settings: { tenant: 'contoso' },
    })
  const fields = { emailaddress1: 'ana@example.com', _parentcustomerid_value: 'g7' }
  const newRow = planOf({ dynamics: { id: 'd1', etag: 'W/"1"', fields } })
  expect(newRow.actions.map(({ kind }) => kind)).toEqual(['create-active-campaign-contact'])
  expect(newRow.needs).toEqual([{ kind: 'reference', entity: 'accounts', side: 'dynamics', id: 'g7' }])
  const newContact = planOf({
    activeCampaign: { id: '1', tags: [], lists: [], fields: { email: 'ana@example.com', account: '7' } },
  })
  expect(newContact.actions.map(({ kind }) => kind)).toEqual(['create-dynamics-record'])
  expect(newContact.needs).toEqual([
    { kind: 'reference', entity: 'accounts', side: 'activeCampaign', id: '7' },
  ])
  for (const { actions, holds } of [newRow, newContact]) {
    expect(actions.flatMap(({ changes }) => changes.map(({ after }) => after))).toEqual(['ana@example.com'])
    expect(holds).toMatchObject([{ field: 'parentcustomerid:account', reason: { code: 'not-known-yet' } }])
  }
})
