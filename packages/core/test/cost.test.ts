import { compileDefinition, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { type ImportSettings, linkIdFor, mergePlans } from '../src/index.ts'
import { contactsDefinition } from './kit/definition.ts'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

const definition = contactsDefinition()

const costOfCreating = (count: number) => {
  const world = emptyWorld()
  for (let n = 0; n < count; n += 1) putRow(world, `d${n}`, { emailaddress1: `p${n}@example.com` })
  return planWorld(world, definition).cost
}

test('few contacts go one by one, at five a second', () => {
  expect(costOfCreating(9)).toMatchObject({
    calls: { activeCampaign: 9 },
    bulk: { contacts: 0, calls: 0 },
    leastCalls: { activeCampaign: 9 },
    seconds: { activeCampaign: 2 },
  })
})

test('many contacts go in bulk: at most 0.01 calls each', () => {
  expect(costOfCreating(1000)).toMatchObject({
    calls: { activeCampaign: 1000 },
    bulk: { contacts: 1000, calls: 4 },
    leastCalls: { activeCampaign: 4 },
    seconds: { activeCampaign: 3 },
  })
})

const costOfChanging = (count: number) => {
  const world = emptyWorld()
  for (let n = 0; n < count; n += 1) {
    const email = `p${n}@example.com`
    const base = {
      dynamics: { emailaddress1: email, lastname: 'A' },
      activeCampaign: { email, lastName: 'A' },
    }
    putRow(world, `d${n}`, { emailaddress1: email, lastname: 'B' })
    putContact(world, `${n}`, base.activeCampaign)
    const id = linkIdFor('contacts', `d${n}`)
    world.links.set(id, { id, entity: 'contacts', dynamicsId: `d${n}`, activeCampaignId: `${n}`, base })
  }
  return planWorld(world, definition).cost
}

test('an update alone looks before it writes; many are looked at together, a hundred a call', () => {
  expect(costOfChanging(9)).toMatchObject({ leastCalls: { activeCampaign: 18 } })
  expect(costOfChanging(10)).toMatchObject({
    bulk: { contacts: 10, calls: 1 },
    leastCalls: { activeCampaign: 2 },
  })
  expect(costOfChanging(500)).toMatchObject({
    bulk: { contacts: 500, calls: 2 },
    leastCalls: { activeCampaign: 8 },
  })
})

test('few rows go one by one, many in batches', () => {
  const costOfRows = (count: number) => {
    const world = emptyWorld()
    for (let n = 0; n < count; n += 1)
      putContact(world, `${n}`, { email: `p${n}@example.com` }, { lists: [] })
    return planWorld(world, contactsDefinition({ createInDynamics: 'all' })).cost
  }
  const one = costOfRows(1).calls.dynamics
  expect(costOfRows(9)).toMatchObject({ batches: { rows: 0, calls: 0 }, leastCalls: { dynamics: 9 * one } })
  expect(costOfRows(60)).toMatchObject({
    calls: { dynamics: 60 * one },
    batches: { rows: 60, calls: 2 },
    leastCalls: { dynamics: 2 },
    seconds: { dynamics: 1 },
  })
})

test('an import of one contact takes three seconds, one of more less than one; what goes one by one comes on top', () => {
  const costOf = (count: number, others: number) => {
    const world = emptyWorld()
    const heldBackActions = new Set<string>()
    for (let n = 0; n < count + others; n += 1) {
      putRow(world, `d${n}`, { emailaddress1: `p${n}@example.com` })
      if (n < count) heldBackActions.add(`create-active-campaign-contact:contacts:d${n}`)
    }
    return planWorld(world, definition, { imports: { heldBackActions } }).cost
  }
  expect(costOf(1, 0)).toMatchObject({ bulk: { contacts: 1, calls: 1 }, seconds: { activeCampaign: 3 } })
  expect(costOf(2, 0)).toMatchObject({ bulk: { contacts: 2, calls: 1 }, seconds: { activeCampaign: 1 } })
  expect(costOf(1, 9)).toMatchObject({
    leastCalls: { activeCampaign: 10 },
    seconds: { activeCampaign: 5 },
  })
})

test('the account of a new contact takes no call where its import names it', () => {
  const companies = compileDefinition(
    {
      version: 1,
      accounts: { direction: 'bidirectional', fields: standardMappings.accounts },
      contacts: {
        direction: 'bidirectional',
        fields: [map('emailaddress1', 'email'), map('parentcustomerid', 'account')],
      },
    },
    standardSchema,
  )
  const accounts = emptyWorld('accounts')
  const world = emptyWorld('contacts', accounts)
  putRow(accounts, 'g1', { name: 'Contoso' })
  for (const n of [1, 2]) {
    putRow(world, `d${n}`, { emailaddress1: `p${n}@example.com`, _parentcustomerid_value: 'g1' })
  }
  const plan = planWorld(world, companies)
  const leastCalls = (imports: ImportSettings) =>
    mergePlans([plan], { imports }).cost.leastCalls.activeCampaign
  // The account, the import; and, where the import does not name it, a call for each contact.
  expect(leastCalls({ heldBack: ['contacts'], accounts: true })).toBe(2)
  expect(leastCalls({ heldBack: ['contacts'] })).toBe(4)
})
