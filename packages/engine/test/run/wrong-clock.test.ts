import { expect, test } from 'vitest'
import { peopled } from '../support/peopled.ts'

const hourMs = 3_600_000

test('a clock that was once a year ahead does not keep deletions from being looked for', async () => {
  const world = peopled(2)
  const { clock } = world
  const ahead = { ...clock, now: () => clock.now() + 365 * 24 * hourMs, sleep: clock.sleep.bind(clock) }
  await world.newSync({ clock: ahead }).run()
  const [contact] = world.activeCampaign.contacts()
  world.activeCampaign.removeContact(contact?.id ?? '')
  await clock.sleep(26 * hourMs)
  await world.sync.run()
  const { skips } = await world.sync.plan()
  expect(skips).toMatchObject([{ activeCampaignId: contact?.id, reason: { code: 'deleted' } }])
})
