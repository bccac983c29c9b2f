import { expect, test } from 'vitest'
import type { StateStore } from '../../src/index.ts'
import { createWorld } from '../support/world.ts'

const people = { side: 'activeCampaign', entity: 'contacts' } as const
const gone = 2_300

/** The store of a process that ends when it forgets records for the n-th time; tells how many it forgot in each transaction. */
const telling = (store: StateStore, sizes: number[], nth = Number.POSITIVE_INFINITY): StateStore => ({
  ...store,
  transaction: (tenant, work, options) => {
    let size = 0
    return store
      .transaction(
        tenant,
        (state) => {
          const remove: typeof state.records.remove = (kind, ids) => {
            if (sizes.length + 1 === nth && ids.length > 0) throw new Error('the process ends here')
            size += ids.length
            return state.records.remove(kind, ids)
          }
          return work({ ...state, records: { ...state.records, remove } })
        },
        options,
      )
      .finally(() => {
        if (size > 0) sizes.push(size)
      })
  },
})

test('contacts that are gone are forgotten a thousand at a time, also where a process ends in between', async () => {
  const world = createWorld()
  for (let index = 0; index < gone + 2; index += 1)
    world.activeCampaign.insertContact({ email: `person${index}@example.com` })
  await world.sync.run()
  const known = () => world.state.transaction('default', ({ records }) => records.count(people))
  expect(await known()).toBe(gone + 2)
  for (const { id } of world.activeCampaign.contacts().slice(0, gone)) world.activeCampaign.removeContact(id)
  const before: number[] = []
  await expect(
    world.newSync({ state: telling(world.state, before, 2) }).run({ full: true }),
  ).rejects.toThrow()
  expect(before).toEqual([1_000])
  const after: number[] = []
  await world.newSync({ state: telling(world.state, after) }).run()
  expect(after).toEqual([1_000, 300])
  expect(await known()).toBe(2)
})

test('so are rows, and what is read afterwards is what has changed', async () => {
  const world = createWorld()
  const row = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
  for (let index = 0; index < gone + 2; index += 1)
    world.dynamics.insert('contact', { contactid: row(index) })
  await world.sync.run()
  for (let index = 0; index < gone; index += 1) world.dynamics.remove('contact', row(index))
  const before: number[] = []
  await expect(
    world.newSync({ state: telling(world.state, before, 2) }).run({ full: true }),
  ).rejects.toThrow()
  expect(before).toEqual([1_000])
  const after: number[] = []
  await world.newSync({ state: telling(world.state, after) }).run()
  expect(after).toEqual([1_000, 300])
  const rows = { side: 'dynamics', entity: 'contacts' } as const
  expect(await world.state.transaction('default', ({ records }) => records.count(rows))).toBe(2)
  world.dynamics.update('contact', row(gone), { emailaddress1: 'new@example.com' })
  await world.sync.run()
  expect(world.activeCampaign.contacts().map(({ email }) => email)).toEqual(['new@example.com'])
})
