/** What several entities are read from is refused: those that need it stop, safely, and everything else goes on. */

import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { expect, test } from 'vitest'
import { RunFailedError } from '../../src/index.ts'
import { refuseInActiveCampaign, refuseReading, troublesOf } from '../support/refuse.ts'
import { bothSides, change, contactOf, subscribe, wholeWorld } from '../support/whole-world.ts'
import type { TestWorld } from '../support/world.ts'

const dayMs = 25 * 3_600_000

const inActiveCampaign = (url: RegExp) => (world: TestWorld) => refuseInActiveCampaign(world, url)
const people = ['contacts of activeCampaign', 'leads of activeCampaign']

/** How a reading is refused, and whom that leaves alone. */
const refusals = {
  'the currencies of D365': [
    (world: TestWorld) => refuseReading(world, 'transactioncurrencies', 'prvReadTransactionCurrency'),
    ['accounts of dynamics', 'opportunities of dynamics'],
  ],
  'contacts of ActiveCampaign': [inActiveCampaign(/\/contacts\?/), people],
  'lists of ActiveCampaign': [inActiveCampaign(/\/lists\b/), people],
  'memberships of ActiveCampaign': [inActiveCampaign(/\/contactLists\b/), people],
  'custom fields of ActiveCampaign': [inActiveCampaign(/\/fields\b/), people],
  'values of custom fields of ActiveCampaign': [inActiveCampaign(/\/fieldValues\b/), people],
} as const

const named = (troubles: Awaited<ReturnType<typeof troublesOf>>) =>
  troubles.map(({ entity, side }) => `${entity} of ${side}`)

const withoutEmployer = <Person extends { readonly employer: unknown }>({ employer: _, ...person }: Person) =>
  person

/** Runs to the end, looks for the deleted a day later, and expects that nothing is left. */
const settle = async (world: TestWorld) => {
  await world.sync.run()
  await world.clock.sleep(dayMs)
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  expect(await world.sync.health()).toMatchObject({ unread: [], initialSyncDone: true })
  expect((await world.sync.plan({ full: true })).actions).toEqual([])
  return bothSides(world)
}

const neverRefused = async () => {
  const world = wholeWorld()
  await world.sync.run()
  subscribe(world)
  for (const round of [1, 2]) {
    await world.sync.run()
    change(world, round)
  }
  return settle(world)
}

test.each(Object.entries(refusals))(
  '%s: what needs them is left alone, the rest goes on, and afterwards all is as if never refused',
  async (_, [refuse, whom]) => {
    const expected = await neverRefused()
    for (const full of [false, true]) {
      const world = wholeWorld()
      await world.sync.run()
      subscribe(world)
      await world.sync.run()
      const before = await bothSides(world)
      const allow = refuse(world)
      change(world, 1)
      const changed = await bothSides(world)
      expect(named(await troublesOf(world.sync.run({ full })))).toEqual(whom)
      const after = await bothSides(world)
      if (whom === people) {
        // The account of a person may have another name by now.
        expect(after.people.map(withoutEmployer)).toEqual(changed.people.map(withoutEmployer))
        expect(after.contacts).toEqual(changed.contacts)
        expect(after.records).toEqual(before.records)
        expect(after.accounts.map(({ name }) => name)).toEqual(['Contoso 1', 'Fabrikam', 'Northwind'])
      } else {
        expect(after.accounts).toEqual(before.accounts)
        expect(contactOf(world, 1).lastName).toBe('Changed 1')
        // Their company is not there yet.
        expect(after.people.map(({ email }) => email)).not.toContain('person7@example.com')
      }
      expect(named((await world.sync.health()).unread)).toEqual(whom)
      change(world, 2)
      await troublesOf(world.sync.run({ full: !full }))
      allow()
      expect(await settle(world)).toEqual(expected)
    }
  },
)

test.each(Object.entries(refusals))(
  '%s, from the first run on: what needs them has its initial sync once they can be read',
  async (_, [refuse, whom]) => {
    const expected = await neverRefused()
    const world = wholeWorld()
    const before = await bothSides(world)
    const allow = refuse(world)
    for (let times = 0; times < 2; times += 1) expect(named(await troublesOf(world.sync.run()))).toEqual(whom)
    expect(await world.sync.health()).toMatchObject({ initialSyncDone: false })
    const { people: found, accounts } = await bothSides(world)
    if (whom === people) {
      expect(found).toEqual(before.people)
      expect(accounts).toHaveLength(2)
    } else {
      expect(accounts).toEqual([])
      // Who has a company waits for it.
      expect(found.map(({ email }) => email)).toEqual([2, 3, 4, 5, 6, 9].map((n) => `person${n}@example.com`))
    }
    allow()
    await world.sync.run()
    subscribe(world)
    for (const round of [1, 2]) {
      await world.sync.run()
      change(world, round)
    }
    expect(await settle(world)).toEqual(expected)
  },
)

test('a wrong key is told as such: ActiveCampaign answers it like a missing permission', async () => {
  const world = wholeWorld()
  await world.sync.run()
  const { baseUrl, fetch } = world.activeCampaign
  const activeCampaign = createActiveCampaignClient({
    url: baseUrl,
    key: 'of-before',
    fetch,
    clock: world.clock,
  })
  const error = await world
    .newSync({ activeCampaign })
    .run()
    .catch((thrown: unknown) => thrown)
  if (!(error instanceof RunFailedError)) throw new TypeError(`no failed run: ${String(error)}`)
  expect(error.report).toMatchObject({ ending: 'failed', error: { code: 'forbidden' } })
  expect(await world.sync.health()).toMatchObject({ unread: [] })
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
})
