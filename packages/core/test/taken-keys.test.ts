/** A linked record that gets a new key: nobody else may have it, and what nobody has looked up is asked for first. */
import { compileDefinition, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { linkIdFor, type Plan, planBatch } from '../src/index.ts'
import { contactsDefinition } from './kit/definition.ts'
import { inputOf } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow, type World } from './kit/world.ts'

const definition = contactsDefinition({
  fields: [map('emailaddress1', 'email')],
  optOut: { direction: 'off' },
})
const addressOf = (name: string): string => `${name}@example.com`

interface Addresses {
  readonly was?: string
  readonly row?: string
  readonly contact?: string
}

/** Linked people, each with the address that the row has now, and the contact; in sync they had one of their own, or what `was`. */
const people = (now: Readonly<Record<string, Addresses>>): World => {
  const world = emptyWorld()
  for (const [name, { was = name, row = was, contact = was }] of Object.entries(now)) {
    putRow(world, `row-${name}`, { emailaddress1: addressOf(row) })
    putContact(world, `contact-${name}`, { email: addressOf(contact) })
    const id = linkIdFor('contacts', `row-${name}`)
    world.links.set(id, {
      ...{ id, entity: 'contacts', dynamicsId: `row-${name}`, activeCampaignId: `contact-${name}` },
      base: { dynamics: { emailaddress1: addressOf(was) }, activeCampaign: { email: addressOf(was) } },
    })
  }
  return world
}

/** The plan while nobody has looked who has the address of one of them. */
const planUnknowing = (world: World, name: string): Plan => {
  const input = inputOf(world, definition)
  const { [`email:${addressOf(name)}`]: _, ...candidates } = input.candidates
  return planBatch({ ...input, candidates })
}

test.each([
  ['the new address of a row', { ana: { row: 'new' } }, 'new', ['ana']],
  ['the new address of a contact', { ana: { contact: 'new' } }, 'new', ['ana']],
  [
    'the one that the other row moves on to',
    { ana: { row: 'bob' }, bob: { row: 'cem' } },
    'cem',
    ['ana', 'bob'],
  ],
  [
    'the one that the other contact moves on to',
    { ana: { contact: 'bob' }, bob: { contact: 'cem' } },
    'cem',
    ['ana', 'bob'],
  ],
])('who has %s is asked for, and the e-mail waits', (_, now, unknown, waiting) => {
  const { actions, holds, needs } = planUnknowing(people(now), unknown)
  expect(actions).toEqual([])
  expect(needs).toEqual([{ kind: 'key-holders', entity: 'contacts', key: `email:${addressOf(unknown)}` }])
  expect(holds.map(({ dynamicsId }) => dynamicsId)).toEqual(waiting.map((name) => `row-${name}`))
  for (const { field, reason, resolve } of holds) {
    expect(field).toBe('emailaddress1:email')
    expect(reason).toEqual({ code: 'not-known-yet', message: 'Nobody has looked yet who has this email.' })
    expect(resolve).toEqual(['Look it up and plan again.'])
  }
})

test('of several who have an address, one who keeps it settles the matter, and one who may keep it leaves it open', () => {
  const moving = { ana: { contact: 'bob' }, bob: { contact: 'cem' }, cem: { contact: 'new' } }
  const world = people({ ...moving, eve: { was: 'cem', contact: 'dan' } })
  const open = planUnknowing(world, 'dan')
  expect(open.actions.map(({ dynamicsId }) => dynamicsId)).toEqual(['row-cem'])
  expect(open.holds.map(({ dynamicsId, reason }) => [dynamicsId, reason.code])).toEqual([
    ['row-ana', 'not-known-yet'],
    ['row-bob', 'not-known-yet'],
    ['row-eve', 'not-known-yet'],
  ])
  putRow(world, 'row-zoe', { emailaddress1: addressOf('cem') })
  const settled = planUnknowing(world, 'dan')
  expect(settled.holds.map(({ dynamicsId, reason }) => [dynamicsId, reason.code])).toEqual([
    ['row-ana', 'key-taken'],
    ['row-bob', 'key-taken'],
    ['row-eve', 'not-known-yet'],
    ['row-zoe', 'shared-key'],
  ])
})

test('who is asked about is nobody where a name is only written in another case', () => {
  const companies = compileDefinition(
    {
      version: 1,
      accounts: { direction: 'bidirectional', fields: standardMappings.accounts },
      contacts: { direction: 'bidirectional', fields: standardMappings.contacts },
    },
    standardSchema,
  )
  const plan = (row: string, account: string) =>
    planBatch({
      definition: companies,
      entity: 'accounts',
      records: [
        {
          link: {
            ...{ id: 'accounts/g1', entity: 'accounts', dynamicsId: 'g1', activeCampaignId: '1' },
            base: {
              dynamics: { name: 'Contoso', websiteurl: null },
              activeCampaign: { name: 'Contoso', accountUrl: '' },
            },
          },
          dynamics: { id: 'g1', etag: 'W/"1"', fields: { name: row, websiteurl: null } },
          activeCampaign: { id: '1', fields: { name: account, accountUrl: '' } },
        },
      ],
      candidates: {},
      settings: { tenant: 'contoso' },
    })
  expect(plan('Contoso', 'Contoso')).toMatchObject({ needs: [], counts: { unchanged: 1 } })
  expect(plan('CONTOSO', 'Contoso')).toMatchObject({
    needs: [],
    holds: [],
    actions: [{ kind: 'update-active-campaign-account', changes: [{ after: 'CONTOSO' }] }],
  })
  expect(plan('Contoso', 'CONTOSO')).toMatchObject({
    needs: [],
    holds: [],
    actions: [{ kind: 'update-dynamics-record', changes: [{ after: 'CONTOSO' }] }],
  })
})

test('each record is looked at once, however many ways lead to it', () => {
  const steps = Array.from({ length: 40 }, (_, step) => step)
  const twoOf = (step: number) =>
    ['ana', 'bob'].map((name): [string, Addresses] => [
      `${name}-${step}`,
      { was: `at-${step}`, contact: `at-${step + 1}` },
    ])
  const { actions, holds } = planBatch(inputOf(people(Object.fromEntries(steps.flatMap(twoOf))), definition))
  expect(holds).toEqual([])
  expect(actions).toHaveLength(80)
})
