/** What several entities are read from is refused: those that need it stop, safely, and everything else goes on. */

import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { expect, test } from 'vitest'
import { type ProgressEvent, RunFailedError } from '../../src/index.ts'
import { contoso } from '../support/company-world.ts'
import { emails, idOf, peopled } from '../support/peopled.ts'
import { people, refusals, refuseInActiveCampaign, refuseReading, troublesOf } from '../support/refuse.ts'
import {
  bothSides,
  change,
  contactOf,
  neverRefused,
  settle,
  subscribe,
  wholeWorld,
} from '../support/whole-world.ts'

const named = (troubles: Awaited<ReturnType<typeof troublesOf>>) =>
  troubles.map(({ entity, side }) => `${entity} of ${side}`)

const withoutEmployer = <Person extends { readonly employer: unknown }>({ employer: _, ...person }: Person) =>
  person

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

test.each([{}, { maxUnsubscribes: 5 }])(
  'lists that are asked for only where somebody opts out: nobody is synced once they are refused (guards: %o)',
  async (guards) => {
    const world = wholeWorld({ optOut: { direction: 'outbound' }, guards })
    await world.sync.run()
    subscribe(world)
    await world.sync.run()
    const allow = refuseInActiveCampaign(world, /\/contactLists\b/)
    change(world, 1)
    expect(named(await troublesOf(world.sync.run()))).toEqual(people)
    const { lastName, lists } = contactOf(world, 2)
    expect({ lastName, lists }).toEqual({ lastName: 'Person 2', lists: { 1: '1' } })
    expect(contactOf(world, 1).lastName).toBe('Person 1')
    expect(world.activeCampaign.rows('accounts').map(({ name }) => name)).toContain('Contoso 1')
    expect(named((await world.sync.health()).unread)).toEqual(people)
    const row = { side: 'dynamics', entity: 'contacts', id: idOf(1) } as const
    expect(await world.sync.runRecord(row)).toMatchObject({ status: 'queued' })
    allow()
    await world.sync.run()
    expect(contactOf(world, 2).lists).toEqual({ 1: '2' })
    expect(contactOf(world, 1).lastName).toBe('Changed 1')
    expect(await world.sync.health()).toMatchObject({ unread: [] })
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  },
)

test('a record whose lists are refused when it is hinted at is left alone with all people', async () => {
  const world = wholeWorld({ optOut: { direction: 'outbound' } })
  await world.sync.run()
  subscribe(world)
  await world.sync.run()
  refuseInActiveCampaign(world, /\/contactLists\b/)
  world.dynamics.update('contact', idOf(2), { donotbulkemail: true })
  const row = { side: 'dynamics', entity: 'contacts', id: idOf(2) } as const
  expect(await world.sync.runRecord(row)).toMatchObject({ status: 'synced', synced: [] })
  const { runs, unread } = await world.sync.health()
  expect(named(unread)).toEqual(people)
  expect(runs[0]).toMatchObject({ trigger: 'record', status: 'failed', error: { code: 'entities-unread' } })
  expect(contactOf(world, 2).lists).toEqual({ 1: '1' })
})

test('a hint of what is left alone waits for the run that can read it, and takes no blank for a value', async () => {
  const world = wholeWorld()
  await world.sync.run()
  await world.sync.run()
  const allowFields = refuseInActiveCampaign(world, /\/fields\b/)
  await troublesOf(world.sync.run())
  const contact = { side: 'activeCampaign', entity: 'contacts', id: contactOf(world, 3).id } as const
  world.activeCampaign.updateContact(contact.id, { firstName: 'Changed' })
  expect(await world.sync.runRecord(contact)).toMatchObject({ status: 'queued' })
  world.dynamics.update('account', contoso, { name: 'Contoso Ltd' })
  const company = { side: 'dynamics', entity: 'accounts', id: contoso } as const
  expect(await world.sync.runRecord(company)).toMatchObject({ status: 'synced' })
  expect(world.activeCampaign.rows('accounts').map(({ name }) => name)).toContain('Contoso Ltd')
  await world.state.transaction('default', ({ hints }) =>
    hints.add({ ...contact, at: '2026-01-05T08:00:00.000Z' }),
  )
  await troublesOf(world.sync.run())
  allowFields()
  await world.sync.run()
  const { firstname, address1_city: city } = world.dynamics.row('contact', idOf(3)) ?? {}
  expect([firstname, city, contactOf(world, 3).fields.CITY]).toEqual(['Changed', 'Graz', 'Graz'])
  const allowCurrencies = refuseReading(world, 'transactioncurrencies', 'prvReadTransactionCurrency')
  world.dynamics.update('account', contoso, { name: 'Contoso plc' })
  world.dynamics.update('contact', idOf(3), { lastname: 'New' })
  expect(await world.sync.runRecord(company)).toMatchObject({ status: 'queued' })
  expect(await world.sync.runRecord({ ...company, entity: 'contacts', id: idOf(3) })).toMatchObject({
    status: 'synced',
  })
  expect(contactOf(world, 3).lastName).toBe('New')
  expect(world.activeCampaign.rows('accounts').map(({ name }) => name)).toContain('Contoso Ltd')
  allowCurrencies()
  await world.sync.run()
  expect(world.activeCampaign.rows('accounts').map(({ name }) => name)).toContain('Contoso plc')
  expect((await world.sync.plan({ full: true })).actions).toEqual([])
})

test('who is deleted while nobody can be synced, as a hint says, is found by the run that can sync them', async () => {
  const world = wholeWorld({ optOut: { direction: 'outbound' } })
  await world.sync.run()
  subscribe(world)
  await world.sync.run()
  const allow = refuseInActiveCampaign(world, /\/contactLists\b/)
  world.dynamics.update('contact', idOf(2), { donotbulkemail: true })
  expect(named(await troublesOf(world.sync.run()))).toEqual(people)
  const { id } = contactOf(world, 5)
  world.activeCampaign.removeContact(id)
  const hint = { side: 'activeCampaign', entity: 'contacts', id: String(id) } as const
  expect(await world.sync.runRecord(hint)).toMatchObject({ status: 'queued' })
  allow()
  await world.sync.run()
  expect(world.dynamics.row('contact', idOf(5))).toMatchObject({ statecode: 1 })
})

test('what a bulk import has made is not taken for missing while contacts cannot be read', async () => {
  for (const url of [/\/contacts\?/, /\/fieldValues\b/]) {
    const world = peopled(12)
    expect(await world.sync.run({ deadlineMs: 1 })).toMatchObject({ ending: 'deadline' })
    expect(emails(world)).toEqual([])
    const allow = refuseInActiveCampaign(world, url)
    await world.clock.sleep(15 * 60_000)
    expect(emails(world)).toHaveLength(12)
    for (let times = 0; times < 2; times += 1)
      expect(named(await troublesOf(world.sync.run()))).toEqual(people.slice(0, 1))
    allow()
    const { entities } = await world.sync.run()
    expect(entities).toMatchObject({ contacts: { done: 12, unknown: 0, failed: 0 } })
    expect(emails(world)).toHaveLength(12)
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  }
})

test('what is refused behind the reading, where the run learns of its imports, is told, too', async () => {
  const world = peopled(12)
  let allow: (() => void) | undefined
  const onProgress = ({ step }: ProgressEvent): void => {
    if (step === 'import') allow ??= refuseInActiveCampaign(world, /\/contacts\?/)
  }
  expect(named(await troublesOf(world.sync.run({ onProgress })))).toEqual(people.slice(0, 1))
  expect(named((await world.sync.health()).unread)).toEqual(people.slice(0, 1))
  allow?.()
  expect(await world.sync.run()).toMatchObject({ ending: 'completed', entities: { contacts: { done: 12 } } })
  expect(emails(world)).toHaveLength(12)
})

test('a hint of a row whose currency nobody can tell leaves the row as it was known', async () => {
  const world = wholeWorld()
  await world.sync.run()
  await world.sync.run()
  const company = { side: 'dynamics', entity: 'accounts', id: contoso } as const
  const allow = refuseReading(world, 'transactioncurrencies', 'prvReadTransactionCurrency')
  let hinted: Promise<void> | undefined
  const onProgress = ({ step }: ProgressEvent): void => {
    if (step !== 'plan') return
    hinted ??= world.state.transaction('default', ({ hints }) =>
      hints.add({ ...company, at: '2026-01-05T08:00:00.000Z' }),
    )
  }
  world.dynamics.update('contact', idOf(1), { lastname: 'Changed' })
  await troublesOf(world.sync.run({ onProgress }))
  await hinted
  expect(await world.sync.health()).toMatchObject({ hints: 0 })
  allow()
  await world.sync.run()
  const { actions, holds } = await world.sync.plan()
  expect([actions, holds]).toEqual([[], []])
})

test('a contact that is read in part stays known as such when it moves to another account', async () => {
  const world = wholeWorld()
  await world.sync.run()
  await world.sync.run()
  // A reading of changes looks back, and where much has changed it reads field by field.
  await world.clock.sleep(3_600_000)
  await world.sync.run()
  const allow = refuseInActiveCampaign(world, /\/fieldValues\b/)
  const { id } = contactOf(world, 3)
  world.activeCampaign.updateContact(id, { fields: { CITY: 'Linz' } })
  await world.clock.sleep(3_600_000)
  world.activeCampaign.updateContact(contactOf(world, 2).id, { firstName: 'Late' })
  const [account] = world.activeCampaign.rows('accounts')
  world.activeCampaign.insert('accountContacts', { contact: id, account: String(account?.id) })
  await troublesOf(world.sync.run())
  allow()
  await world.sync.run()
  expect(world.dynamics.row('contact', idOf(3))).toMatchObject({
    address1_city: 'Linz',
    _parentcustomerid_value: contoso,
  })
})

test('who signs up again while contacts cannot be read is seen by the run after: the full one that was refused, or one that was hinted', async () => {
  for (const hinted of [false, true]) {
    const world = wholeWorld()
    await world.sync.run()
    await world.sync.run()
    // Longer than a reading of changes looks back.
    await world.clock.sleep(3_600_000)
    await world.sync.run()
    expect(world.dynamics.row('contact', idOf(6))).toMatchObject({ donotbulkemail: true })
    const allow = refuseInActiveCampaign(world, /\/contacts\?/)
    const [membership] = world.activeCampaign.rows('contactLists')
    world.activeCampaign.update('contactLists', String(membership?.id), { status: '1' })
    await troublesOf(world.sync.run({ full: !hinted }))
    const contact = { side: 'activeCampaign', entity: 'contacts', id: contactOf(world, 6).id } as const
    if (hinted) expect(await world.sync.runRecord(contact)).toMatchObject({ status: 'queued' })
    await troublesOf(world.sync.run())
    expect(contactOf(world, 6).lists).toEqual({ 1: '1' })
    allow()
    await world.sync.run()
    expect(contactOf(world, 6).lists).toEqual({ 1: '2' })
  }
})
