import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { idOf, peopled } from '../support/peopled.ts'
import { tooLate } from '../support/too-late.ts'
import { schema, type TestWorld } from '../support/world.ts'

const row = (index: number) => ({ side: 'dynamics', entity: 'contacts', id: idOf(index) }) as const

const addHints = ({ state }: TestWorld, indexes: readonly number[]): Promise<void> =>
  state.transaction('default', async ({ hints }) => {
    for (const index of indexes) await hints.add({ ...row(index), at: '2026-01-05T08:00:00.000Z' })
  })

const waiting = async ({ sync }: TestWorld): Promise<number> => (await sync.health()).hints

test('a record that is hinted at a hundred times waits once', async () => {
  const world = peopled(3)
  await world.sync.run()
  await addHints(
    world,
    Array.from({ length: 100 }, (_, index) => (index % 3) + 1),
  )
  expect(await waiting(world)).toBe(3)
})

test('hints from before a reading are moot once it is complete: they cost no call', async () => {
  const world = peopled(3)
  await world.sync.run()
  await world.sync.run()
  const quiet = (await world.sync.run()).calls
  await addHints(
    world,
    Array.from({ length: 300 }, (_, index) => 1_000 + index),
  )
  world.dynamics.update('contact', idOf(1), { lastname: 'Read' })
  const { calls } = await world.sync.run()
  expect(await waiting(world)).toBe(0)
  expect(calls.dynamics).toBe(quiet.dynamics)
  expect(world.activeCampaign.contacts().map(({ lastName }) => lastName)).toContain('Read')
})

test('where lists are watched, and where only changes are read, those of contacts stay', async () => {
  const contacts = { direction: 'bidirectional', fields: [...standardMappings.contacts] } as const
  const hinted = async (optOut: 'bidirectional' | 'off', full: boolean): Promise<number> => {
    const definition = defineSync(schema, { contacts, optOut: { direction: optOut } })
    const world = peopled(1, { definition })
    await world.sync.run()
    const name = { side: 'activeCampaign', entity: 'contacts', id: '1' } as const
    await world.state.transaction('default', ({ hints }) =>
      hints.add({ ...name, at: '2026-01-05T08:00:00.000Z' }),
    )
    let asked = 0
    const count = () => {
      asked += 1
    }
    world.activeCampaign.faults.each(
      { kind: 'meanwhile', run: count },
      { method: 'GET', url: /contacts\/1$/ },
    )
    await world.sync.run({ full })
    expect(await waiting(world)).toBe(0)
    return asked
  }
  expect(await hinted('off', true)).toBe(0)
  expect(await hinted('off', false)).toBe(1)
  expect(await hinted('bidirectional', true)).toBe(1)
})

test('one about a contact that was deleted is followed: no reading of what changed shows it', async () => {
  const contacts = { direction: 'bidirectional', fields: [...standardMappings.contacts] } as const
  const definition = defineSync(schema, { contacts, optOut: { direction: 'outbound' } })
  const world = peopled(3, { definition })
  await world.sync.run()
  await world.sync.run()
  const id = world.activeCampaign.contacts()[0]?.id ?? ''
  const kind = { side: 'activeCampaign', entity: 'contacts' } as const
  world.activeCampaign.removeContact(id)
  await world.state.transaction('default', ({ hints }) =>
    hints.add({ ...kind, id, at: '2026-01-05T08:00:00.000Z' }),
  )
  await world.sync.run()
  expect(await waiting(world)).toBe(0)
  const left = await world.state.transaction('default', ({ records }) => records.find(kind, [id]))
  expect(left).toEqual([])
})

test('those that come while a run goes on are all taken by it, however many they are', async () => {
  const world = peopled(80)
  await world.sync.run()
  const everybody = Array.from({ length: 80 }, (_, index) => index + 1)
  let come = false
  const onBoundary = async () => {
    if (come) return
    come = true
    for (const index of everybody) world.dynamics.update('contact', idOf(index), { lastname: 'Hinted' })
    await addHints(world, everybody)
  }
  // The reading is over when the first boundary comes.
  await world.sync.run({ onBoundary })
  expect(come).toBe(true)
  expect(await waiting(world)).toBe(0)
  expect(world.activeCampaign.contacts().every(({ lastName }) => lastName === 'Hinted')).toBe(true)
})

test('one that comes between the last look and the end of the lease is taken at once', async () => {
  for (const way of ['record', 'run'] as const) {
    const world = peopled(3)
    await world.sync.run()
    for (const index of [1, 2]) world.dynamics.update('contact', idOf(index), { lastname: 'Hinted' })
    const { state, reports } = tooLate(world, () => {
      world.dynamics.update('contact', idOf(2), { firstname: 'Late' })
      return world.sync.runRecord(row(2))
    })
    const sync = world.newSync({ state })
    if (way === 'run') await sync.run()
    else await sync.runRecord(row(1))
    expect(reports).toMatchObject([{ status: 'queued' }])
    expect(await waiting(world)).toBe(0)
    const names = world.activeCampaign.contacts().map(({ firstName, lastName }) => `${firstName} ${lastName}`)
    expect(names).toContain('Pat Hinted')
    expect(names).toContain('Late Hinted')
  }
})

test('a contact that a hint finds gone, while a batch with its pair is under way, is seen to by the next run', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      fields: [...standardMappings.contacts],
      deleted: { inDynamics: 'keep', inActiveCampaign: 'deactivate' },
    },
  })
  const world = peopled(1, { definition })
  await world.sync.run()
  const [contact] = world.activeCampaign.contacts()
  const id = contact?.id ?? ''
  // Something to look at, and nothing to do.
  await world.clock.sleep(60_000)
  world.dynamics.update('contact', idOf(1), { department: 'Sales' })
  const name = { side: 'activeCampaign', entity: 'contacts', id } as const
  let hinted: Promise<void> | undefined
  await world.sync.run({
    onProgress: ({ step }) => {
      if (step !== 'plan' || hinted !== undefined) return
      world.activeCampaign.removeContact(id)
      hinted = world.state.transaction('default', ({ hints }) =>
        hints.add({ ...name, at: '2026-01-05T08:00:00.000Z' }),
      )
    },
  })
  await hinted
  await world.sync.run()
  expect(world.dynamics.rows('contact')).toMatchObject([{ statecode: 1 }])
})
