import { expect, test } from 'vitest'
import { idOf, peopled } from '../support/peopled.ts'

const dayMs = 24 * 3_600_000

test('pruning forgets actions, runs and hints from before a time, whether they ended or not, and no others', async () => {
  const world = peopled(3)
  const { sync, clock, state } = world
  await sync.run()
  const old = { side: 'dynamics', entity: 'contacts', id: idOf(1) } as const
  const entry = {
    ...{ runId: null, planId: 'p', actionId: 'a', entity: 'contacts', dynamicsId: idOf(1) },
    ...{ activeCampaignId: null, at: new Date(clock.now()).toISOString(), action: {} },
  }
  await state.transaction('default', async ({ journal, hints }) => {
    await journal.intend([entry])
    await hints.add({ ...old, at: entry.at })
  })
  await clock.sleep(10 * dayMs)
  const between = new Date(clock.now() - 2 * dayMs)
  await state.transaction('default', ({ hints }) =>
    hints.add({ ...old, id: idOf(2), at: new Date(clock.now()).toISOString() }),
  )
  world.dynamics.update('contact', idOf(3), { lastname: 'Changed' })
  expect(await sync.prune({ before: between })).toEqual({ actions: 4, hints: 1 })
  await sync.run()
  expect(await sync.prune({ before: between })).toEqual({ actions: 0, hints: 0 })
  const left: string[] = []
  for (const id of [1, 2, 3].map(idOf)) {
    for await (const { action } of sync.journal.ofRecord({ ...old, id })) left.push(`${action.kind} ${id}`)
  }
  expect(left).toEqual([`update-active-campaign-contact ${idOf(3)}`])
  expect((await sync.health()).runs).toHaveLength(1)
})

test('pruning refuses what may still go on', async () => {
  const { sync, clock } = peopled(1)
  await expect(sync.prune({ before: new Date(clock.now() - dayMs + 1) })).rejects.toThrow(RangeError)
  await expect(sync.prune({ before: new Date(Number.NaN) })).rejects.toThrow(RangeError)
  await expect(sync.prune({ before: new Date(clock.now() - dayMs) })).resolves.toBeDefined()
})
