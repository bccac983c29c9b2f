import { expect, test } from 'vitest'
import { idOf, peopled } from '../support/peopled.ts'
import { createWorld, type TestWorld } from '../support/world.ts'

const unfinished = ({ state }: TestWorld) =>
  state.transaction('default', ({ journal }) => journal.unfinished({ after: null, limit: 1000 }))

test.each(['before', 'after'] as const)(
  'an attempt that a process left open, %s the service took it, is closed by the next reading',
  async (when) => {
    const world = peopled(3)
    await world.sync.run()
    world.dynamics.update('contact', idOf(2), { lastname: 'Changed' })
    const stop = new AbortController()
    world.activeCampaign.faults.next({ kind: 'meanwhile', run: () => stop.abort() }, { method: 'PUT' })
    if (when === 'after') world.activeCampaign.faults.next({ kind: 'cut', when }, { method: 'PUT' })
    const { runId } = await world.sync.run({ signal: stop.signal })
    expect(await unfinished(world)).toHaveLength(1)
    await world.sync.plan()
    expect(await unfinished(world)).toEqual([])
    const entries = await Array.fromAsync(world.sync.journal.ofRun({ runId: runId ?? '' }))
    expect(entries.map(({ outcome }) => [outcome?.status, outcome?.code])).toEqual([
      ['unknown', 'process-ended'],
    ])
    await world.sync.run()
    expect(world.activeCampaign.contacts().map(({ lastName }) => lastName)).toContain('Changed')
    expect((await world.sync.plan()).actions).toEqual([])
  },
)

test('those of an import that is under way wait for it', async () => {
  const world = peopled(20, { behaviour: { importRunMs: 600_000 } })
  expect(await world.sync.run({ deadlineMs: 18_000 })).toMatchObject({ ending: 'deadline' })
  await world.sync.run({ deadlineMs: 1_000 })
  expect(await unfinished(world)).toHaveLength(20)
  await world.clock.sleep(600_000)
  await world.sync.run()
  expect(await unfinished(world)).toEqual([])
  const name = { side: 'dynamics', entity: 'contacts', id: idOf(1) } as const
  expect(await Array.fromAsync(world.sync.journal.ofRecord(name))).toMatchObject([
    { outcome: { status: 'done' } },
  ])
})

test('nothing is left open by a run that ended by itself', async () => {
  const world = createWorld()
  world.dynamics.insert('contact', { contactid: idOf(1), emailaddress1: 'ada@example.com' })
  await world.sync.run()
  expect(await unfinished(world)).toEqual([])
})
