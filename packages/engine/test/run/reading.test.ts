import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import type { ProgressEvent } from '../../src/index.ts'
import { emails, idOf, peopled } from '../support/peopled.ts'
import { createWorld, schema } from '../support/world.ts'

const dayMs = 24 * 3_600_000

test('contacts that were deleted in ActiveCampaign are looked for once a day', async () => {
  const world = peopled(2)
  // The first run has made the contacts, the second one has read them.
  await world.sync.run()
  await world.sync.run()
  const [contact] = world.activeCampaign.contacts()
  world.activeCampaign.removeContact(contact?.id ?? '')
  await world.clock.sleep(dayMs / 2)
  await world.sync.run()
  expect((await world.sync.health()).entities).toMatchObject({ contacts: { records: { activeCampaign: 2 } } })
  await world.clock.sleep(dayMs / 2)
  await world.sync.run()
  expect((await world.sync.health()).entities).toMatchObject({
    contacts: { records: { activeCampaign: 1 }, excluded: { deleted: 1 } },
  })
  // Between two looks, the reads of a run do not grow with the records.
  const { calls } = await world.sync.run()
  expect(calls.activeCampaign).toBeLessThan(10)
})

test('a reading that meets the deadline goes on in the next run; once it is done, runs go on from what was read', async () => {
  const world = peopled(60, { pageLimit: 10 })
  for (let index = 0; index < 60; index += 1) {
    world.activeCampaign.insertContact({ email: `other${index}@example.com` })
  }
  const slow = { kind: 'latency', ms: 10_000 } as const
  world.dynamics.faults.each(slow, { url: /contacts/ })
  world.activeCampaign.faults.each(slow, { url: /contacts\?/ })
  const endings: string[] = []
  const furthest: number[] = []
  for (let more = true; more; ) {
    let done = 0
    const onProgress = (event: ProgressEvent) => {
      if (event.step === 'read-active-campaign') done = event.done
    }
    const report = await world.sync.run({ deadlineMs: 15_000, onProgress })
    more = report.more
    endings.push(report.ending)
    if (done > 0) furthest.push(done)
    if (endings.length > 60) throw new Error('it never ends')
  }
  // Six pages of each side, one or two a run, and each further than the last.
  expect(furthest.slice(0, 6)).toEqual([10, 20, 30, 40, 50, 60])
  expect(endings.length).toBeGreaterThan(6)
  expect(endings.at(-1)).toBe('completed')
  expect(new Set(emails(world)).size).toBe(120)
  expect(emails(world)).toHaveLength(120)
})

test('a reading of ActiveCampaign says how far it is, of how many', async () => {
  const world = createWorld({ pageLimit: 10 })
  for (let index = 0; index < 35; index += 1)
    world.activeCampaign.insertContact({ email: `other${index}@example.com` })
  const told: (readonly [number, number | null])[] = []
  const onProgress = ({ step, done, total }: ProgressEvent) => {
    if (step === 'read-active-campaign') told.push([done, total])
  }
  await world.sync.run({ onProgress })
  expect(told.slice(0, 4)).toEqual([
    [10, 35],
    [20, 35],
    [30, 35],
    [35, 35],
  ])
})

test('everything that was asked for is read once, in as many runs as it takes', async () => {
  const world = peopled(600, { pageLimit: 20 })
  await world.sync.run()
  for (let index = 1; index <= 600; index += 1) {
    world.dynamics.update('contact', idOf(index), { emailaddress1: `new${index}@example.com` })
  }
  const calls: number[] = []
  for (let more = true; more; ) {
    const report = await world.sync.run({ full: true, deadlineMs: 60_000 })
    more = report.more
    calls.push(report.calls.dynamics)
    if (calls.length > 20) throw new Error('it never ends')
  }
  expect(calls.length).toBeGreaterThan(1)
  // 30 pages of rows, once.
  expect(calls.reduce((sum, count) => sum + count, 0)).toBeLessThan(60)
  expect((await world.sync.run({ full: true })).calls.dynamics).toBeGreaterThanOrEqual(30)
})

test('another schedule and other guards make no run read everything again; another mapping does', async () => {
  const contacts = { direction: 'outbound', fields: [...standardMappings.contacts] } as const
  const world = peopled(30, { definition: defineSync(schema, { contacts }), pageLimit: 5 })
  await world.sync.run()
  await world.clock.sleep(dayMs / 2)
  await world.sync.run()
  const quiet = (await world.sync.run()).calls
  const guarded = defineSync(schema, { contacts, schedule: { everyHours: 1 }, guards: { maxDeletes: 3 } })
  expect((await world.newSync({ definition: guarded }).run()).calls).toEqual(quiet)
  const fields = [...standardMappings.contacts, map('jobtitle', 'POSITION')]
  const remapped = defineSync(schema, { contacts: { ...contacts, fields } })
  const { calls } = await world.newSync({ definition: remapped }).run()
  expect(calls.dynamics).toBeGreaterThan(quiet.dynamics)
})

test('two workers whose clocks differ by an hour miss no change of a contact', async () => {
  const world = peopled(1)
  const behind = { ...world.clock, now: () => world.clock.now() - dayMs / 24 }
  const other = world.newSync({ clock: behind })
  await world.sync.run()
  await world.clock.sleep(dayMs / 2)
  const [contact] = world.activeCampaign.contacts()
  const rename = (lastName: string) => world.activeCampaign.updateContact(contact?.id ?? '', { lastName })
  rename('Before')
  await world.sync.run()
  await other.run()
  await world.sync.run()
  await world.clock.sleep(dayMs / 96)
  rename('Seen')
  await world.sync.run()
  expect(world.dynamics.rows('contact').map(({ lastname }) => lastname)).toEqual(['Seen'])
})
