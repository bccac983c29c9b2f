/** A contact that cannot be read is held, and everybody else goes on; put right, it goes on too. */

import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { emails, idOf, peopled } from '../support/peopled.ts'
import { createWorld, schema, type TestWorld } from '../support/world.ts'

type Row = Record<string, unknown>

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null

const rowsIn = (body: unknown, key: string): readonly Row[] => {
  const found = isRow(body) ? body[key] : undefined
  return (Array.isArray(found) ? found : [found]).filter(isRow)
}

/** What an answer of ActiveCampaign has of these contacts is odd from now on; returns the end of it. */
const tellOddly = (world: TestWorld, change: (kind: 'contact' | 'fieldValue', row: Row) => void) =>
  world.activeCampaign.faults.each(
    {
      kind: 'rewrite',
      change: (answer) => {
        const body: unknown = JSON.parse(String(answer.body))
        for (const row of [...rowsIn(body, 'contacts'), ...rowsIn(body, 'contact')]) change('contact', row)
        for (const row of [...rowsIn(body, 'fieldValues'), ...rowsIn(body, 'fieldValue')])
          change('fieldValue', row)
        return { ...answer, body: JSON.stringify(body) }
      },
    },
    { method: 'GET', url: /\/api\/3\/(?:contacts|fieldValues)/ },
  )

const oddContact = (world: TestWorld, id: string, field: string, value: unknown) =>
  tellOddly(world, (kind, row) => {
    if (kind === 'contact' && String(row.id) === id) row[field] = value
  })

const oddValue = (world: TestWorld, id: string, value: unknown) =>
  tellOddly(world, (kind, row) => {
    if (kind === 'fieldValue' && String(row.contact) === id) row.value = value
  })

const contactOf = ({ activeCampaign }: TestWorld, email: string) => {
  const found = activeCampaign.contacts().find((contact) => contact.email === email)
  if (found === undefined) throw new TypeError(`no contact ${email}`)
  return found
}

const rename = (world: TestWorld, index: number, lastname: string) =>
  world.dynamics.update('contact', idOf(index), { lastname })

const lastNames = ({ activeCampaign }: TestWorld) => activeCampaign.contacts().map(({ lastName }) => lastName)

const holdsOf = async (world: TestWorld, options = {}) =>
  (await world.sync.plan(options)).holds.map(({ reason, activeCampaignId, dynamicsId, resolve }) => ({
    code: reason.code,
    message: reason.message,
    activeCampaignId,
    dynamicsId,
    resolve,
  }))

const heldCdate = (id: string) =>
  expect.objectContaining({
    code: 'unreadable',
    message: `ActiveCampaign tells cdate of record ${id} in a way that cannot be read.`,
    resolve: [expect.stringContaining('Correct cdate in ActiveCampaign')],
  })

test.each([false, true])('a linked one is held and told, and the others go on (full: %s)', async (full) => {
  const world = peopled(3)
  await world.sync.run()
  const { id } = contactOf(world, 'person2@example.com')
  const mend = oddContact(world, id, 'cdate', 'the day before yesterday')
  for (const index of [1, 2, 3]) rename(world, index, `Changed ${index}`)
  world.activeCampaign.updateContact(id, { firstName: 'Patricia' })
  const report = await world.sync.run({ full })
  expect(report).toMatchObject({
    ending: 'completed',
    entities: { contacts: { done: 2, held: 1, failed: 0 } },
  })
  expect(lastNames(world)).toEqual(['Changed 1', 'Number 2', 'Changed 3'])
  expect(await holdsOf(world)).toEqual([heldCdate(id)])
  expect(await holdsOf(world, { full: true })).toEqual([heldCdate(id)])
  expect((await world.sync.why({ side: 'dynamics', entity: 'contacts', id: idOf(2) })).join(' ')).toContain(
    'cdate',
  )
  // A day later contacts that are gone are looked for, and the row is deleted.
  await world.clock.sleep(25 * 3_600_000)
  expect(await world.sync.run()).toMatchObject({
    ending: 'completed',
    entities: { contacts: { done: 0, held: 1 } },
  })
  expect(emails(world)).toHaveLength(3)
  expect(world.dynamics.rows('contact')).toHaveLength(3)
  // Nothing but the way it is told changes, and no time of change moves.
  mend()
  expect(await world.sync.run()).toMatchObject({
    ending: 'completed',
    entities: { contacts: { done: 2, held: 0 } },
  })
  expect(lastNames(world)).toEqual(['Changed 1', 'Changed 2', 'Changed 3'])
  expect(world.dynamics.rows('contact').find(({ contactid }) => contactid === idOf(2))).toMatchObject({
    firstname: 'Patricia',
  })
  expect(await holdsOf(world)).toEqual([])
})

test.each([
  ['cdate', 'yesterday'],
  ['firstName', { first: 'Pat' }],
  ['phone', [1]],
])('one that nobody has seen before is no reason to make or to overwrite it (%s)', async (field, value) => {
  // As many as go by bulk import, which overwrites whoever has the e-mail.
  const world = peopled(12)
  const { id } = world.activeCampaign.insertContact({
    email: 'person2@example.com',
    lastName: 'Kept',
    tags: ['[D365: Contact]'],
  })
  const other = world.activeCampaign.insertContact({ email: 'new@example.com', tags: ['[D365: Contact]'] })
  const mends = [oddContact(world, id, field, value), oddContact(world, other.id, field, value)]
  expect(await world.sync.run()).toMatchObject({
    ending: 'completed',
    entities: { contacts: { held: 3, failed: 0 } },
  })
  expect(emails(world)).toHaveLength(13)
  expect(contactOf(world, 'person2@example.com')).toMatchObject({ id, lastName: 'Kept' })
  expect(world.dynamics.rows('contact')).toHaveLength(12)
  expect(new Set((await holdsOf(world)).map(({ code }) => code))).toEqual(new Set(['unreadable']))
  for (const mend of mends) mend()
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  expect(emails(world)).toHaveLength(13)
  expect(world.dynamics.rows('contact')).toHaveLength(13)
})

test.each([
  ['contact by contact', 1],
  ['field by field', 40],
])('one with a value that cannot be read is held: that is no blank (%s)', async (_, count) => {
  const world = createWorld()
  for (let index = 1; index <= count; index += 1)
    world.activeCampaign.insertContact({
      email: `person${index}@example.com`,
      fields: { CITY: 'Oslo' },
      tags: ['[D365: Contact]'],
    })
  await world.sync.run()
  const cities = () => world.dynamics.rows('contact').map(({ address1_city }) => address1_city)
  expect(cities()).toEqual(Array(count).fill('Oslo'))
  const { id } = contactOf(world, 'person1@example.com')
  const mend = oddValue(world, id, { city: 'Oslo' })
  world.activeCampaign.updateContact(id, { fields: { CITY: 'Rome' } })
  for (const options of [{}, { full: true }, {}])
    expect(await world.sync.run(options)).toMatchObject({
      ending: 'completed',
      entities: { contacts: { done: 0, held: 1 } },
    })
  expect(cities()).toEqual(Array(count).fill('Oslo'))
  expect((await holdsOf(world))[0]).toMatchObject({
    activeCampaignId: id,
    message: expect.stringContaining(' CITY '),
  })
  mend()
  expect(await world.sync.run()).toMatchObject({ entities: { contacts: { done: 1, held: 0 } } })
  expect(cities().filter((city) => city === 'Rome')).toHaveLength(1)
})

test('a value of a field that nobody maps is nobody’s concern', async () => {
  const world = createWorld()
  world.activeCampaign.defineField({ title: 'Other', type: 'text', perstag: 'OTHER' })
  const { id } = world.activeCampaign.insertContact({ email: 'a@example.com', fields: { OTHER: 'x' } })
  oddValue(world, id, {})
  expect(await holdsOf(world)).toEqual([])
})

test('a hint of one holds it at once, and the next hint lets it go', async () => {
  const world = peopled(1)
  await world.sync.run()
  const { id } = contactOf(world, 'person1@example.com')
  const record = { side: 'activeCampaign', entity: 'contacts', id } as const
  for (const oddly of [() => oddContact(world, id, 'lastName', {}), () => oddValue(world, id, {})]) {
    world.activeCampaign.updateContact(id, { fields: { CITY: 'Rome' } })
    const mend = oddly()
    const report = await world.sync.runRecord(record)
    expect(report.synced.map(({ plan }) => plan.holds.map(({ reason }) => reason.code))).toEqual([
      ['unreadable'],
    ])
    expect(report.synced.flatMap(({ outcomes }) => outcomes)).toEqual([])
    mend()
    expect((await world.sync.runRecord(record)).synced.flatMap(({ plan }) => plan.holds)).toEqual([])
  }
  expect(await holdsOf(world)).toEqual([])
})

test('runs with short deadlines get behind a page of nothing else', async () => {
  const world = peopled(6, { pageLimit: 2 })
  await world.sync.run()
  const ids = [3, 4].map((index) => contactOf(world, `person${index}@example.com`).id)
  for (const id of ids) oddContact(world, id, 'udate', 'soon')
  rename(world, 6, 'Changed')
  let { more } = await world.sync.run({ full: true, deadlineMs: 0 })
  let runs = 1
  for (; more && runs < 60; runs += 1) ({ more } = await world.sync.run({ deadlineMs: 0 }))
  expect(runs).toBeLessThan(60)
  expect(lastNames(world)).toContain('Changed')
})

test.each([
  ['nobody knows which', 1, (row: Row) => Reflect.deleteProperty(row, 'id')],
  ['there are too many to be odd', 11, (row: Row) => Object.assign(row, { cdate: 'yesterday' })],
])('where %s, nothing is planned', async (_, count, oddly) => {
  const world = createWorld()
  for (let index = 1; index <= count; index += 1)
    world.activeCampaign.insertContact({ email: `a${index}@example.com` })
  const mend = tellOddly(world, (kind, row) => {
    if (kind === 'contact') oddly(row)
  })
  await expect(world.sync.plan()).rejects.toMatchObject({ code: 'unreadable-answer', rows: count })
  mend()
  await expect(world.sync.plan()).resolves.toMatchObject({ holds: [] })
})

test('however many come together by and by, each is read again', async () => {
  const world = peopled(25)
  await world.sync.run()
  const odd = new Set<string>()
  const mend = tellOddly(world, (kind, row) => {
    if (kind === 'contact' && odd.has(String(row.id))) row.cdate = 'yesterday'
  })
  for (const [index, { id }] of world.activeCampaign.contacts().entries()) {
    odd.add(id)
    world.activeCampaign.updateContact(id, { phone: `+47 22 00 ${index}` })
    await world.clock.sleep(3_600_000)
    expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  }
  expect(await holdsOf(world)).toHaveLength(25)
  mend()
  await world.sync.run()
  expect(await holdsOf(world)).toEqual([])
})

test('one whose e-mail cannot be read any more is still known by the one it had', async () => {
  const world = createWorld()
  const { id } = world.activeCampaign.insertContact({ email: 'pat@example.com', lastName: 'Kept' })
  await world.sync.run()
  oddContact(world, id, 'email', { address: 'pat@example.com' })
  world.activeCampaign.updateContact(id, { phone: '+47 22 00 00 00' })
  world.dynamics.insert('contact', { emailaddress1: 'pat@example.com', lastname: 'New' })
  expect(await world.sync.run()).toMatchObject({ entities: { contacts: { done: 0, held: 2, failed: 0 } } })
  expect((await holdsOf(world)).map(({ code }) => code)).toEqual(['unreadable', 'unreadable'])
})

test('the tags of one that can be read again are read, although nothing says that it changed', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      createInDynamics: 'tagged',
      fields: [...standardMappings.contacts],
    },
  })
  const world = createWorld({ definition })
  world.activeCampaign.insertContact({
    email: 'first@example.com',
    lastName: 'First',
    tags: ['[D365: Contact]'],
  })
  const { id } = world.activeCampaign.insertContact({
    ...{ email: 'ada@example.com', lastName: 'Ada', tags: ['[D365: Contact]'] },
  })
  const mend = oddContact(world, id, 'cdate', 'yesterday')
  await world.sync.run()
  await world.clock.sleep(3_600_000)
  world.activeCampaign.insertContact({ email: 'late@example.com', lastName: 'Late' })
  await world.sync.run()
  await world.clock.sleep(3_600_000)
  mend()
  await world.sync.run()
  expect(world.dynamics.rows('contact').map(({ emailaddress1 }) => emailaddress1)).toEqual(
    expect.arrayContaining(['first@example.com', 'ada@example.com']),
  )
})
