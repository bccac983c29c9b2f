import { defineSync, map } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import type { RecordKind, StateStore } from '../../src/index.ts'
import { peopled } from '../support/peopled.ts'
import { schema, type TestWorld } from '../support/world.ts'

const definitionWith = (blank: 'onlyIfEmpty' | 'ignoreBlank' | 'clear') =>
  defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      fields: [map('emailaddress1', 'email'), map('lastname', 'lastName', { blank })],
    },
  })

/** A store that tells which records it is asked to mark. */
const telling = (store: StateStore, tell: (kind: RecordKind) => void): StateStore => ({
  ...store,
  transaction: (tenant, work, options) =>
    store.transaction(
      tenant,
      (state) =>
        work({
          ...state,
          records: {
            ...state.records,
            touch: (kind, page) => {
              tell(kind)
              return state.records.touch(kind, page)
            },
          },
        }),
      options,
    ),
})

/** The store of a process that ends when it marks a page for the n-th time. */
const endingAt = (store: StateStore, nth: number): StateStore => {
  let times = 0
  return telling(store, () => {
    times += 1
    if (times === nth) throw new Error('the process ends here')
  })
}

/** People whose last names differ, which the definition leaves as it is: all is quiet. */
const differing = async (): Promise<TestWorld> => {
  const world = peopled(3, { definition: definitionWith('onlyIfEmpty') })
  await world.sync.run()
  for (const { id } of world.activeCampaign.contacts())
    world.activeCampaign.updateContact(id, { lastName: 'Other' })
  await world.sync.run()
  expect(namesOf(world)).not.toContain('Other')
  expect((await world.sync.plan()).actions).toEqual([])
  return world
}

const namesOf = ({ dynamics }: TestWorld) => [
  ...new Set(dynamics.rows('contact').map(({ lastname }) => lastname)),
]

const definition = definitionWith('ignoreBlank')

test('whenever a process ends while records are marked for a new definition, the next one looks at everything', async () => {
  let nth = 1
  for (let ended = true; ended; nth += 1) {
    const world = await differing()
    ended = await world
      .newSync({ definition, state: endingAt(world.state, nth) })
      .run()
      .then(
        () => false,
        () => true,
      )
    await world.newSync({ definition }).run()
    expect([nth, ...namesOf(world)]).toEqual([nth, 'Other'])
  }
  // It ended at the rows, at the contacts, and then not any more.
  expect(nth - 1).toBe(3)
})

test('a deadline stops between two pages, and the next run goes on behind them without reading anew', async () => {
  const world = await differing()
  const marked: string[] = []
  const state = telling(world.state, ({ side }) => marked.push(side))
  const sync = world.newSync({ definition, state })
  const onBoundary = async (): Promise<void> => {
    if (marked.length > 0) await world.clock.sleep(600_000)
  }
  const cut = await sync.run({ deadlineMs: 600_000, onBoundary })
  expect(cut).toMatchObject({ ending: 'deadline', more: true })
  expect(marked).toEqual(['dynamics'])
  const before = { ...world.activeCampaign.calls.byOperation }
  expect(await sync.run()).toMatchObject({ ending: 'completed', more: false })
  expect(marked).toEqual(['dynamics', 'activeCampaign'])
  expect(namesOf(world)).toEqual(['Other'])
  const listed = 'contacts.list'
  expect((world.activeCampaign.calls.byOperation[listed] ?? 0) - (before[listed] ?? 0)).toBe(1)
})

test('a definition that changes once more in the middle begins with all records anew', async () => {
  const world = await differing()
  await expect(world.newSync({ definition, state: endingAt(world.state, 2) }).run()).rejects.toThrow()
  const marked: string[] = []
  const state = telling(world.state, ({ side }) => marked.push(side))
  await world.newSync({ definition: definitionWith('clear'), state }).run()
  // What was left comes first, then the others once more.
  expect(marked).toEqual(['activeCampaign', 'dynamics'])
  expect(namesOf(world)).toEqual(['Other'])
})

test('a plan by itself looks at everything for a new definition, also where one before was ended in the middle', async () => {
  const world = await differing()
  const ending = world.newSync({ definition, state: endingAt(world.state, 2) })
  await expect(ending.plan()).rejects.toThrow()
  const { actions } = await world.newSync({ definition }).plan()
  expect(actions).toMatchObject(Array(3).fill({ kind: 'update-dynamics-record' }))
})

test('a run in which nothing changed marks nothing', async () => {
  const world = await differing()
  const marked: string[] = []
  await world.newSync({ state: telling(world.state, ({ side }) => marked.push(side)) }).run()
  await world.newSync({ state: telling(world.state, ({ side }) => marked.push(side)) }).run({ full: true })
  expect(marked).toEqual([])
})
