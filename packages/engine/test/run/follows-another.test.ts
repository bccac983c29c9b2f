import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { expect, test } from 'vitest'
import { peopled } from '../support/peopled.ts'
import type { TestWorld } from '../support/world.ts'

/** A process of its own: its client knows nothing of what others sent. */
const anotherProcess = ({ activeCampaign, clock, newSync }: TestWorld, sentAtMs: number[]) => {
  const client = createActiveCampaignClient({
    url: activeCampaign.baseUrl,
    key: activeCampaign.apiKey,
    fetch: (request) => {
      sentAtMs.push(clock.now())
      return activeCampaign.fetch(request)
    },
    clock,
    random: () => 0.5,
  })
  return newSync({ activeCampaign: client })
}

test('processes that follow each other at once never send more than five calls in a second', async () => {
  const world = peopled(3)
  const sentAtMs: number[] = []
  for (let process = 0; process < 4; process += 1) {
    const sync = anotherProcess(world, sentAtMs)
    expect(await sync.run()).toMatchObject({ ending: 'completed', error: null })
    await sync.run()
  }
  expect(sentAtMs.length).toBeGreaterThan(20)
  const sixthAfterMs = sentAtMs.slice(5).map((atMs, index) => atMs - (sentAtMs[index] ?? 0))
  expect(Math.min(...sixthAfterMs)).toBeGreaterThanOrEqual(1_000)
})

test('a process that follows only itself waits for nobody', async () => {
  const world = peopled(1)
  await world.sync.run()
  const endedAtMs = world.clock.now()
  let beganAtMs = Number.POSITIVE_INFINITY
  await world.sync.run({
    onProgress: () => {
      beganAtMs = Math.min(beganAtMs, world.clock.now())
    },
  })
  expect(beganAtMs - endedAtMs).toBeLessThan(1_000)
})

test('a sync that is stopped while it waits gives its lease back', async () => {
  const world = peopled(1)
  await world.sync.run()
  const stop = new AbortController()
  const stopped = world.newSync().run({ signal: stop.signal })
  void world.clock.sleep(500).then(() => stop.abort())
  expect(await stopped).toMatchObject({ ending: 'aborted', more: true })
  // A lease that is still held lasts for half a minute.
  expect(await world.newSync().run({ deadlineMs: 10_000 })).toMatchObject({ ending: 'completed' })
})
