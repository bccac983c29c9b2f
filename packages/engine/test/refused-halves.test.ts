/** A call that carries many and is refused as a whole is sent again in halves. */
import { defineSync, extendSchema, field, map, standardMappings } from '@dynacamp/mapping-dsl'
import type { Fault } from '@dynacamp/simulators'
import { describe, expect, test } from 'vitest'
import { emails, idOf, peopled } from './support/peopled.ts'
import { schema, syncOnce, type TestWorld } from './support/world.ts'

type Service = Pick<TestWorld['dynamics'], 'faults' | 'calls'>

/** What becomes of the next requests of an operation, one after the other; null: nothing goes wrong. */
const next = (service: Service, operation: string, [first, ...later]: readonly (Fault | null)[]): void => {
  if (first === undefined) return
  const run = () => next(service, operation, later)
  service.faults.next({ kind: 'meanwhile', run }, { operation })
  if (first !== null) service.faults.next(first, { operation })
}

const refused = { kind: 'status', status: 400 } as const
const lost = { kind: 'cut', when: 'after' } as const

const callsOf = ({ calls }: Service, operation: string): number => calls.byOperation[operation] ?? 0

const open = ({ state }: TestWorld) =>
  state.transaction('default', ({ journal }) => journal.unfinished({ after: null, limit: 1000 }))

/** People who are in sync, with a change of each in ActiveCampaign. */
const changed = async (count: number): Promise<TestWorld> => {
  const world = peopled(count)
  await syncOnce(world.sync)
  for (const { id } of world.activeCampaign.contacts())
    world.activeCampaign.updateContact(id, { lastName: 'Changed' })
  return world
}

describe('where the first half meets what every call would meet, the second one is not sent', () => {
  test('of an import', async () => {
    const world = peopled(40)
    const plan = await world.sync.plan()
    next(world.activeCampaign, 'import.start', [refused, refused, { kind: 'status', status: 402 }])
    const { outcomes } = await world.sync.apply(plan)
    expect(callsOf(world.activeCampaign, 'import.start')).toBe(3)
    expect(outcomes.filter(({ remedy }) => remedy === 'stop')).toHaveLength(10)
    expect(outcomes.filter(({ code }) => code === 'run-stopped')).toHaveLength(30)
    expect(await open(world)).toEqual([])
    await world.sync.run()
    expect(emails(world)).toHaveLength(40)
  })

  test('of a batch', async () => {
    const world = await changed(40)
    const plan = await world.sync.plan()
    next(world.dynamics, '$batch', [refused, { kind: 'status', status: 501 }])
    const { outcomes } = await world.sync.apply(plan)
    expect(callsOf(world.dynamics, '$batch')).toBe(2)
    expect(outcomes.filter(({ remedy }) => remedy === 'stop')).toHaveLength(20)
    expect(outcomes.filter(({ code }) => code === 'run-stopped')).toHaveLength(20)
  })
})

describe('where the deadline comes in the first half, the second one is left', () => {
  test('of an import: each run comes to something, and the next one has the rest', async () => {
    const world = peopled(30)
    world.activeCampaign.faults.each(refused, { operation: 'import.start' })
    world.activeCampaign.faults.each({ kind: 'latency', ms: 10_000 }, { operation: 'import.start' })
    const report = await world.sync.run({ deadlineMs: 25_000 })
    expect(report).toMatchObject({ ending: 'deadline', entities: { contacts: { failed: 1, stale: 0 } } })
    // 30, 15, 8, 4, 2 and 1: no run comes to anything with fewer.
    expect(callsOf(world.activeCampaign, 'import.start')).toBe(6)
    expect(await open(world)).toEqual([])
    await world.sync.run({ deadlineMs: 25_000 })
    expect(await Array.fromAsync(world.sync.setAsides.list())).toHaveLength(2)
    world.activeCampaign.faults.clear()
    await world.clock.sleep(300_000)
    expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
    expect(emails(world)).toHaveLength(30)
  })

  test('of a batch', async () => {
    const world = await changed(40)
    world.dynamics.faults.each(refused, { operation: '$batch' })
    world.dynamics.faults.each({ kind: 'latency', ms: 10_000 }, { operation: '$batch' })
    const report = await world.sync.run({ deadlineMs: 25_000 })
    expect(report).toMatchObject({ ending: 'deadline', entities: { contacts: { done: 5, failed: 0 } } })
    expect(callsOf(world.dynamics, '$batch')).toBe(3)
    expect(await open(world)).toEqual([])
    await world.sync.run()
    expect(world.dynamics.rows('contact').map(({ lastname }) => lastname)).toEqual(Array(40).fill('Changed'))
  })
})

test('lost imports with good ones between them are none in a row, and end no run', async () => {
  const world = peopled(80)
  const plan = await world.sync.plan()
  const quarter = [refused, refused, lost, null, refused, lost, null]
  next(world.activeCampaign, 'import.start', [refused, ...quarter, ...quarter])
  const { outcomes } = await world.sync.apply(plan)
  expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([])
  expect(emails(world)).toHaveLength(80)
})

test('lost imports in a row end it', async () => {
  const world = peopled(80)
  const plan = await world.sync.plan()
  next(world.activeCampaign, 'import.start', [refused, refused, refused, lost, lost, refused, lost])
  const { outcomes } = await world.sync.apply(plan)
  expect(outcomes.filter(({ code }) => code === 'run-stopped')).toHaveLength(50)
})

test('of an import that takes several requests, nothing is sent again of which a part is queued', async () => {
  const withNotes = extendSchema(schema, { activeCampaign: { contacts: { NOTES: field.textarea() } } })
  const fields = [...standardMappings.contacts, map('description', 'NOTES')]
  const definition = defineSync(withNotes, { contacts: { direction: 'outbound', fields } })
  const world = peopled(120, { definition, schema: withNotes })
  world.activeCampaign.defineField({ title: 'Notes', type: 'textarea', perstag: 'NOTES' })
  for (let index = 1; index <= 120; index += 1)
    world.dynamics.update('contact', idOf(index), { description: 'ž'.repeat(1900) })
  const plan = await world.sync.plan()
  next(world.activeCampaign, 'import.start', [null, { kind: 'status', status: 402 }])
  const { outcomes } = await world.sync.apply(plan)
  expect(callsOf(world.activeCampaign, 'import.start')).toBe(2)
  const made = emails(world).length
  expect(outcomes.filter(({ status }) => status === 'done')).toHaveLength(made)
  expect(outcomes.filter(({ status }) => status === 'unknown')).toHaveLength(120 - made)
  await world.sync.run()
  expect(callsOf(world.activeCampaign, 'import.start')).toBe(3)
  expect(emails(world)).toHaveLength(120)
})
