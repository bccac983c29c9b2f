import { expect, test } from 'vitest'
import { idOf, peopled } from '../support/peopled.ts'

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

test('nor does it keep what failed by it from being tried again', async () => {
  const world = peopled(1)
  const { clock } = world
  await world.sync.run()
  const failed = {
    side: 'dynamics',
    entity: 'contacts',
    id: idOf(1),
    code: 'refused',
    message: 'No.',
    attempts: 1,
  } as const
  await world.state.transaction('default', ({ setAsides }) =>
    setAsides.save([
      {
        ...failed,
        since: '2027-01-05T08:00:00.000Z',
        seen: null,
        nextTryAtMs: clock.now() + 365 * 24 * hourMs,
      },
    ]),
  )
  world.dynamics.update('contact', idOf(1), { lastname: 'Changed' })
  await world.sync.run()
  expect(world.activeCampaign.contacts()).toMatchObject([{ lastName: 'Changed' }])
  const { entities } = await world.sync.health()
  expect(Object.values(entities).map(({ failing }) => failing)).toEqual([{}])
})
