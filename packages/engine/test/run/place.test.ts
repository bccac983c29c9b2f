import { expect, test } from 'vitest'
import type { ProgressEvent } from '../../src/index.ts'
import { peopled } from '../support/peopled.ts'

const hourMs = 3_600_000

test('runs with short deadlines get behind any number of records that are left alone', async () => {
  const world = peopled(1)
  // Contacts that nobody asked to have in D365 are looked at in every run: three batches of them.
  for (let index = 0; index < 1200; index += 1) {
    world.activeCampaign.insertContact({ email: `other${index}@example.com` })
  }
  await world.sync.run()
  await world.clock.sleep(hourMs)
  await world.sync.run()
  // The last one in the order of the state, which is that of text.
  const [last = ''] = world.activeCampaign
    .contacts()
    .map(({ id }) => id)
    .toSorted()
    .toReversed()
  const { tags, contactTags } = world.clients.activeCampaign
  const { id: tag } = await tags.create({ tag: '[D365: Contact]' })
  await contactTags.add({ contact: last, tag })
  let isPlanning = false
  const onProgress = ({ step }: ProgressEvent) => {
    isPlanning = step === 'plan'
  }
  const onBoundary = async () => {
    if (isPlanning) await world.clock.sleep(10_000)
  }
  const endings: string[] = []
  for (let more = true; more && endings.length < 12; ) {
    const report = await world.sync.run({ deadlineMs: 15_000, onBoundary, onProgress })
    endings.push(report.ending)
    more = report.more
  }
  expect(endings).toContain('deadline')
  expect(endings.at(-1)).toBe('completed')
  expect(world.dynamics.rows('contact')).toHaveLength(2)
})
