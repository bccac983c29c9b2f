import { expect, test } from 'vitest'
import { contactsDefinition } from './kit/definition.ts'
import { emptyWorld, planWorld, putRow } from './kit/world.ts'

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
