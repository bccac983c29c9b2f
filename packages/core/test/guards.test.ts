import { compileDefinition, type Fields, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type GuardTallySoFar,
  mergePlans,
  type Plan,
  planBatch,
  referenceKey,
  tallyGuards,
} from '../src/index.ts'
import { applyPlan } from './kit/apply-plan.ts'
import { campaign } from './kit/campaign.ts'
import { contactsDefinition } from './kit/definition.ts'
import { inputOf, planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

const people = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

const syncedWorld = () => {
  const world = emptyWorld()
  for (const n of people) putRow(world, `d${n}`, { emailaddress1: `p${n}@example.com`, firstname: 'Pat' })
  applyPlan(world, planWorld(world, contactsDefinition()))
  return world
}

const rename = (world: ReturnType<typeof syncedWorld>, count: number): void => {
  for (const n of people.slice(0, count)) {
    putRow(world, `d${n}`, { emailaddress1: `p${n}@example.com`, firstname: 'Alex' })
  }
}

test('more changes than the declared share trip the guard, with the numbers', () => {
  const definition = contactsDefinition({ guards: { maxChangedShare: 0.2 } })
  const world = syncedWorld()
  rename(world, 2)
  expect(planWorld(world, definition).guards).toMatchObject([{ guard: 'changed-share', tripped: false }])
  rename(world, 3)
  expect(planWorld(world, definition).guards).toMatchObject([
    { tripped: true, message: '3 of the 10 records of this plan would change (30 %); the limit is 20 %.' },
  ])
})

test('the share is of all linked records where the host says how many there are', () => {
  const definition = contactsDefinition({ guards: { maxChangedShare: 0.2 } })
  const world = syncedWorld()
  rename(world, 10)
  const messageAt = (linkedRecords: number) => planWorld(world, definition, { linkedRecords }).guards[0]
  expect(messageAt(1000)).toMatchObject({
    tripped: false,
    message: '10 of 1000 linked records would change (1 %); the limit is 20 %.',
  })
  expect(messageAt(4)).toMatchObject({
    tripped: true,
    message: '10 records, more than the 4 that are linked, would change (100 %); the limit is 20 %.',
  })
})

test('creating is no change: a first sync trips nothing', () => {
  const world = emptyWorld()
  for (const n of people) putRow(world, `d${n}`, { emailaddress1: `p${n}@example.com` })
  const definition = contactsDefinition({ guards: { maxChangedShare: 0, maxDeletes: 0, maxUnsubscribes: 0 } })
  expect(planWorld(world, definition).guards.filter(({ tripped }) => tripped)).toEqual([])
})

test('deletes and unsubscribes have limits of their own', () => {
  const definition = contactsDefinition({
    guards: { maxDeletes: 1, maxUnsubscribes: 1 },
    deleted: { inDynamics: 'delete', inActiveCampaign: 'keep' },
  })
  const world = syncedWorld()
  world.rows.delete('d1')
  world.rows.delete('d2')
  for (const contact of [...world.contacts.values()]) {
    putContact(world, contact.id, contact.fields, { lists: [{ id: '1', name: 'News', status: 'active' }] })
  }
  for (const n of [3, 4]) {
    putRow(world, `d${n}`, { emailaddress1: `p${n}@example.com`, firstname: 'Pat', donotbulkemail: true })
  }
  expect(
    planWorld(world, definition).guards.map(({ guard, actual, tripped }) => [guard, actual, tripped]),
  ).toEqual([
    ['deletes', 2, true],
    ['unsubscribes', 2, true],
  ])
})

test('a row that is deactivated counts as deleted, and a person who is opted out in D365 as unsubscribed', () => {
  const definition = contactsDefinition({
    guards: { maxDeletes: 0, maxUnsubscribes: 0 },
    deleted: { inDynamics: 'keep', inActiveCampaign: 'deactivate' },
  })
  const world = syncedWorld()
  const [gone, left] = [...world.contacts.values()]
  world.contacts.delete(gone?.id ?? '')
  putContact(world, left?.id ?? '', left?.fields ?? {}, {
    lists: [{ id: '1', name: 'News', status: 'unsubscribed' }],
  })
  expect(planWorld(world, definition).guards).toMatchObject([
    { actual: 1, message: '1 record would be deleted or deactivated; the limit is 0.' },
    { actual: 1, message: '1 person would be unsubscribed or opted out; the limit is 0.' },
  ])
})

test('a share just above its limit is not rounded to it', () => {
  const definition = contactsDefinition({ guards: { maxChangedShare: 0.09999 } })
  const world = syncedWorld()
  rename(world, 10)
  expect(planWorld(world, definition, { linkedRecords: 100 }).guards).toMatchObject([
    { tripped: true, message: '10 of 100 linked records would change (10 %); the limit is 9.999 %.' },
  ])
})

test('guards are measured over the whole run, not per batch', () => {
  const definition = contactsDefinition({ guards: { maxChangedShare: 0.2 } })
  const world = syncedWorld()
  rename(world, 2)
  const input = inputOf(world, definition)
  const plans = input.records.map((record) => planBatch({ ...input, records: [record] }))
  expect(plans.some(({ guards }) => guards[0]?.tripped === true)).toBe(true)
  expect(mergePlans(plans).guards).toMatchObject([{ tripped: false, actual: 0.2 }])
})

test('a share is shown as exactly as it takes to see whether it is above its limit', () => {
  const world = syncedWorld()
  const messageAt = (changed: number, linkedRecords: number, maxChangedShare: number) => {
    rename(world, changed)
    return planWorld(world, contactsDefinition({ guards: { maxChangedShare } }), { linkedRecords }).guards[0]
      ?.message
  }
  expect(messageAt(1, 1001, 0.001)).toBe('1 of 1001 linked records would change (0.1 %); the limit is 0.1 %.')
  expect(messageAt(3, 9, 0.2)).toBe('3 of 9 linked records would change (33.3 %); the limit is 20 %.')
  expect(messageAt(10, 10, 0.2)).toBe('10 of 10 linked records would change (100 %); the limit is 20 %.')
  expect(
    planWorld(emptyWorld(), contactsDefinition({ guards: { maxChangedShare: 0 } })).guards,
  ).toMatchObject([{ actual: 0, tripped: false }])
})

test('of changes to rows, only opting out is one, also beside others', () => {
  const definition = contactsDefinition({ guards: { maxUnsubscribes: 0 } })
  const world = syncedWorld()
  const [renamed, left] = [...world.contacts.values()]
  const change = (id = '', more: Parameters<typeof putContact>[3] = {}) =>
    putContact(world, id, { ...world.contacts.get(id)?.fields, firstName: 'Alex' }, more)
  change(renamed?.id)
  expect(planWorld(world, definition).guards).toMatchObject([
    { actual: 0, message: '0 people would be unsubscribed or opted out; the limit is 0.' },
  ])
  change(left?.id, { lists: [{ id: '1', name: 'News', status: 'unsubscribed' }] })
  expect(planWorld(world, definition).guards).toMatchObject([{ actual: 1 }])
})

test('a contact that moves to another account is changed, one that is made with its account is not', () => {
  const planned = (row: Fields, link: boolean) =>
    planBatch({
      definition: compileDefinition(
        {
          version: 1,
          accounts: { direction: 'bidirectional', fields: standardMappings.accounts },
          contacts: {
            direction: 'bidirectional',
            fields: [map('emailaddress1', 'email'), map('parentcustomerid', 'account')],
          },
          optOut: { direction: 'off' },
          guards: { maxChangedShare: 0, maxDeletes: 0 },
        },
        standardSchema,
      ),
      entity: 'contacts',
      records: [
        {
          dynamics: { id: 'd1', etag: 'W/"1"', fields: { emailaddress1: 'ana@example.com', ...row } },
          ...(link && {
            link: {
              ...{ id: 'contacts/d1', entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1' },
              base: {
                dynamics: { emailaddress1: 'ana@example.com', _parentcustomerid_value: null },
                activeCampaign: { email: 'ana@example.com', account: '' },
              },
            },
            activeCampaign: { id: '1', fields: { email: 'ana@example.com', account: '' } },
          }),
        },
      ],
      candidates: { 'email:ana@example.com': { dynamics: [], activeCampaign: [] } },
      references: {
        [referenceKey('dynamics', 'accounts', 'g1')]: {
          ...{ entity: 'accounts', title: 'Contoso', plannedBy: null },
          ...{ dynamicsId: 'g1', activeCampaignId: '7' },
        },
      },
      settings: { tenant: 'contoso' },
    })
  const inContoso = { _parentcustomerid_value: 'g1' }
  const made = planned(inContoso, false)
  expect(made.actions.map(({ kind }) => kind)).toEqual([
    'create-active-campaign-contact',
    'set-active-campaign-account',
  ])
  expect(made.guards).toMatchObject([{ actual: 0 }, { actual: 0 }])
  expect(planned(inContoso, true).guards).toMatchObject([
    { actual: 1 },
    { actual: 0, message: '0 records would be deleted or deactivated; the limit is 0.' },
  ])
})

test('what is planned from both of its ends, in two batches, is tallied once', () => {
  const definition = contactsDefinition({
    guards: { maxChangedShare: 0.5, maxDeletes: 0 },
    deleted: { inDynamics: 'delete', inActiveCampaign: 'keep' },
  })
  const world = syncedWorld()
  world.rows.delete('d1')
  const tally = tallyGuards(definition, { tenant: 'test', linkedRecords: people.length })
  for (const _ of ['one end', 'other end']) tally.add(planWorld(world, definition))
  expect(tally.results()).toMatchObject([
    { guard: 'changed-share', actual: 0.1 },
    { guard: 'deletes', actual: 1 },
  ])
})

const some = fc.uniqueArray(fc.constantFrom(...people))
const story = fc.record({
  renamed: some,
  gone: some,
  left: some,
  order: fc.array(fc.record({ n: fc.nat(), isHandedOn: fc.boolean() }), { maxLength: 30 }),
})
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

test('law: batches that are tallied, in any order, however often and by however many tallies one after the other, come to what their merged plan measures', () => {
  const definition = contactsDefinition({
    guards: { maxChangedShare: 0.25, maxDeletes: 1, maxUnsubscribes: 0 },
    deleted: { inDynamics: 'delete', inActiveCampaign: 'unlink' },
    leaving: 'unsubscribe',
    scope: { statecode: 'Active' },
  })
  const comesToTheSame = ({ renamed, gone, left, order }: Story): void => {
    const world = syncedWorld()
    for (const n of people) {
      const row = { emailaddress1: `p${n}@example.com`, firstname: renamed.includes(n) ? 'Alex' : 'Pat' }
      if (gone.includes(n)) world.rows.delete(`d${n}`)
      else putRow(world, `d${n}`, { ...row, statecode: left.includes(n) ? 1 : 0 })
    }
    for (const { id, fields } of [...world.contacts.values()])
      putContact(world, id, fields, { lists: [{ id: '1', name: 'News', status: 'active' }] })
    const settings = { tenant: 'test', linkedRecords: people.length }
    const { records, candidates } = inputOf(world, definition)
    const plans = records.map((record) =>
      planBatch({ definition, entity: 'contacts', records: [record], candidates, settings }),
    )
    let tally = tallyGuards(definition, settings)
    const planned: Plan[] = []
    for (const { n, isHandedOn } of order) {
      // As a store keeps it.
      const soFar: GuardTallySoFar = JSON.parse(JSON.stringify(tally.soFar()))
      if (isHandedOn) tally = tallyGuards(definition, settings, soFar)
      const plan = plans[n % plans.length]
      if (plan === undefined) continue
      tally.add(plan)
      planned.push(plan)
      expect(tally.results()).toEqual(mergePlans(planned).guards)
    }
  }
  fc.assert(fc.property(story, comesToTheSame), campaign(100))
})
