import { expect, test } from 'vitest'
import { linkIdFor } from '../src/index.ts'
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
