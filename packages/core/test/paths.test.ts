/** Which way each action of a plan goes: by bulk import, in a batch of rows, or by a call of its own. */
import { describe, expect, test } from 'vitest'
import {
  type Action,
  accountsOfNewContacts,
  applySteps,
  CreateActiveCampaignAccount,
  CreateActiveCampaignContact,
  CreateDynamicsRecord,
  DeactivateDynamicsRecord,
  DeleteDynamicsRecord,
  type FieldChange,
  type ImportSettings,
  LinkRecords,
  SetActiveCampaignAccount,
  UpdateActiveCampaignContact,
  UpdateDynamicsRecord,
} from '../src/index.ts'

const pair = (n: number, entity: 'contacts' | 'leads' | 'accounts' = 'contacts') => ({
  ...{ entity, dynamicsId: `d${n}`, activeCampaignId: `${n}`, title: 'Ana', because: 'A test.' },
  ...{ changes: [], settles: { dynamics: {}, activeCampaign: {} }, preconditions: {} },
})

const change = (field: string, after: FieldChange['after']): FieldChange => ({
  ...{ key: field, field, before: 'A', after, sensitive: false },
  reason: { code: 'changed-in-dynamics', message: 'A test.' },
})

const create = (n: number, entity?: 'leads'): Action =>
  CreateActiveCampaignContact.create({ ...pair(n, entity), activeCampaignId: null })

const update = (...changes: readonly FieldChange[]): Action =>
  UpdateActiveCampaignContact.create({ ...pair(0), changes })

const many = (count: number, make: (n: number) => Action): readonly Action[] =>
  Array.from({ length: count }, (_, n) => make(n + 1))

/** How many go together on each path, step by step. */
const pathsOf = (actions: readonly Action[], settings?: ImportSettings) =>
  applySteps(actions, settings).map(({ imports, batches, single }) => ({
    imports: imports.map(({ length }) => length),
    batches: batches.map(({ length }) => length),
    single: single.length,
  }))

const oneByOne = (count: number) => [{ imports: [], batches: [], single: count }]
const imported = (...sizes: readonly number[]) => [{ imports: sizes, batches: [], single: 0 }]
const batched = (...sizes: readonly number[]) => [{ imports: [], batches: sizes, single: 0 }]

const emailToo = update(change('lastName', 'B'), change('email', 'b@example.com'))

describe('an import, where automations are held back,', () => {
  const heldBack: ImportSettings = { heldBack: ['contacts'] }

  test.each([
    ['a new contact', create(1)],
    ['a changed field', update(change('lastName', 'B'))],
  ])('carries %s', (_, action) => {
    expect(pathsOf([action], heldBack)).toEqual(imported(1))
  })

  test.each([
    ['a changed e-mail, by which it finds contacts', emailToo],
    ['a field that becomes null', update(change('lastName', 'B'), change('phone', null))],
    ['a field that becomes empty', update(change('lastName', 'B'), change('phone', ''))],
    ['what is no write to a contact', LinkRecords.create(pair(1))],
  ])('does not carry %s', (_, action) => {
    expect(pathsOf([action], heldBack)).toEqual(oneByOne(1))
  })
})

test('ten contacts go by import, and only what an import carries counts', () => {
  expect(pathsOf([...many(9, create), emailToo])).toEqual(oneByOne(10))
  expect(pathsOf([...many(10, create), emailToo])).toEqual([{ imports: [10], batches: [], single: 1 }])
  expect(pathsOf(many(251, create))).toEqual(imported(250, 1))
})

test('those whose automations are held back are imported however few, and never with others', () => {
  const lead = create(99, 'leads')
  const leads: ImportSettings = { heldBack: ['leads'] }
  expect(pathsOf([...many(9, create), lead], leads)).toEqual([{ imports: [1], batches: [], single: 9 }])
  const [first] = applySteps([...many(10, create), lead], leads)
  expect(first?.imports.map((group) => group.map(({ entity }) => entity))).toEqual([
    ['leads'],
    Array(10).fill('contacts'),
  ])
  const byId: ImportSettings = { heldBackActions: new Set([create(1).id, 'of another plan']) }
  expect(pathsOf(many(9, create), byId)).toEqual([{ imports: [1], batches: [], single: 8 }])
})

const row = (n: number): Action => UpdateDynamicsRecord.create(pair(n))

test('ten rows go in a batch, unless one is deleted, and nothing else counts', () => {
  const others = [CreateDynamicsRecord.create(pair(97)), DeactivateDynamicsRecord.create(pair(98))]
  expect(pathsOf(many(9, row))).toEqual(oneByOne(9))
  expect(pathsOf([...many(9, row), LinkRecords.create(pair(99))])).toEqual(oneByOne(10))
  expect(pathsOf(many(10, row))).toEqual(batched(10))
  for (const other of others) expect(pathsOf([...many(9, row), other])).toEqual(batched(10))
  expect(pathsOf([...many(48, row), ...others])).toEqual(batched(50))
  expect(pathsOf([...many(9, row), DeleteDynamicsRecord.create(pair(99))])).toEqual(oneByOne(10))
})

describe('the account of a new contact', () => {
  const account = CreateActiveCampaignAccount.create({ ...pair(7, 'accounts'), activeCampaignId: null })
  const contact = create(1)
  const relation = SetActiveCampaignAccount.create({
    ...{ ...pair(1), activeCampaignId: null, dependsOn: [contact.id, account.id] },
    account: { dynamicsId: 'd7', activeCampaignId: null, title: null },
  })
  const kindsOf = (settings: ImportSettings) =>
    applySteps([contact, account, relation], settings).map(({ imports, single }) =>
      [...imports.flat(), ...single].map(({ kind }) => kind),
    )
  const together = [
    ['create-active-campaign-contact', 'create-active-campaign-account'],
    ['set-active-campaign-account'],
  ]

  test('is made before an import that names it', () => {
    expect(kindsOf({ heldBack: ['contacts'], accounts: true })).toEqual([
      ['create-active-campaign-account'],
      ['create-active-campaign-contact'],
      ['set-active-campaign-account'],
    ])
  })

  test('goes along only with a contact that is new, and has to be there only where the same plan makes it', () => {
    const linked = SetActiveCampaignAccount.create({
      ...{ ...pair(2), dependsOn: [account.id] },
      account: { dynamicsId: 'd7', activeCampaignId: null, title: null },
    })
    const leaving = SetActiveCampaignAccount.create({
      ...{ ...pair(3), activeCampaignId: null, dependsOn: [create(3).id], account: null },
    })
    const ofNobody = SetActiveCampaignAccount.create({
      ...{ ...pair(4), activeCampaignId: null },
      account: { dynamicsId: 'd8', activeCampaignId: '8', title: null },
    })
    const actions = [contact, account, relation, linked, leaving, ofNobody]
    expect([...accountsOfNewContacts(actions)]).toEqual([[contact.id, relation]])
  })

  test('is not waited for where it waits itself, or is there already', () => {
    const settings = { heldBack: ['contacts'], accounts: true } as const
    const before = CreateActiveCampaignAccount.create({ ...pair(8, 'accounts'), activeCampaignId: null })
    const waiting = { ...account, dependsOn: [before.id] }
    expect(pathsOf([before, waiting, relation, contact], settings)[0]).toMatchObject({ imports: [1] })
    expect(pathsOf([contact, relation], settings)).toEqual([...imported(1), ...oneByOne(1)])
    const link = LinkRecords.create(pair(9, 'accounts'))
    const toLinked = { ...relation, dependsOn: [contact.id, link.id] }
    expect(pathsOf([link, contact, toLinked], settings)[0]).toMatchObject({ imports: [1], single: 1 })
  })

  test('keeps nobody waiting where the import names no accounts, or nobody is imported', () => {
    expect(kindsOf({ heldBack: ['contacts'] })).toEqual(together)
    expect(kindsOf({ accounts: true })).toEqual(together)
  })
})
