import { expect, test } from 'vitest'
import { opportunityWorld } from '../support/opportunity-world.ts'
import { refuseInActiveCampaign, troublesOf } from '../support/refuse.ts'

test('records of the custom object that a full reading was refused are read as soon as they can be', async () => {
  const world = opportunityWorld(2)
  await world.sync.run()
  await world.sync.run()
  const allow = refuseInActiveCampaign(world, /customObjects\/records/)
  await troublesOf(world.sync.run({ full: true }))
  allow()
  let asked = 0
  const count = () => {
    asked += 1
  }
  world.activeCampaign.faults.each(
    { kind: 'meanwhile', run: count },
    { method: 'GET', url: /customObjects\/records/ },
  )
  await world.sync.run()
  expect(asked).toBe(1)
  await world.sync.run()
  expect(asked).toBe(1)
})
