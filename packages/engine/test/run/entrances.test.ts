import { describe, expect, test } from 'vitest'
import { InvalidOptionError, schedule, UnknownRunError } from '../../src/index.ts'
import { peopled } from '../support/peopled.ts'
import { createWorld } from '../support/world.ts'

/** With letters, so that there is something to write in capitals. */
const id = '0000abcd-0000-4000-8000-00000000beef'
const spellings = [id, id.toUpperCase(), `{${id.toUpperCase()}}`, ` ${id} `]

const oneRow = async () => {
  const world = createWorld()
  world.dynamics.insert('contact', { contactid: id, emailaddress1: 'ada@example.com', lastname: 'Ek' })
  await world.sync.run()
  return world
}

describe('a row is found however its GUID is written', () => {
  test.each(spellings)('%s', async (spelling) => {
    const world = await oneRow()
    const name = { side: 'dynamics', entity: 'contacts', id: spelling } as const
    world.dynamics.update('contact', id, { lastname: 'Changed' })
    const { status, synced } = await world.sync.runRecord(name)
    expect([status, synced.length]).toEqual(['synced', 1])
    expect(world.activeCampaign.contacts()).toMatchObject([{ lastName: 'Changed' }])
    expect((await world.sync.why(name)).join(' ')).toContain('In sync')
    expect(await Array.fromAsync(world.sync.journal.ofRecord(name))).toHaveLength(2)
  })

  test.each(spellings)('by a resolution: %s', async (spelling) => {
    const world = createWorld()
    world.dynamics.insert('contact', { contactid: id, emailaddress1: 'ada@example.com', lastname: 'Ek' })
    world.activeCampaign.insertContact({ email: 'ada@example.com', lastName: 'Ekholm' })
    await world.sync.run()
    const resolution = { entity: 'contacts', dynamicsId: spelling, field: null, winner: 'dynamics' } as const
    await world.sync.apply(await world.sync.plan({ resolutions: [resolution] }))
    expect(world.activeCampaign.contacts()).toMatchObject([{ lastName: 'Ek' }])
  })
})

test('what the journal does not have cannot be taken back, and that is said', async () => {
  const world = await oneRow()
  await expect(world.sync.undo({ runId: 'nobody' })).rejects.toThrow(UnknownRunError)
  await expect(world.sync.undo({ planId: 'nothing' })).rejects.toMatchObject({
    code: 'unknown-run',
    of: { planId: 'nothing' },
  })
})

describe('a number that makes no sense is refused before anything is begun', () => {
  test.each([Number.NaN, -1, Number.NEGATIVE_INFINITY])('deadlineMs %s', async (deadlineMs) => {
    const world = peopled(1)
    await expect(world.sync.run({ deadlineMs })).rejects.toThrow(InvalidOptionError)
    await expect(world.sync.runDue({ deadlineMs })).rejects.toMatchObject({
      code: 'invalid-option',
      option: 'deadlineMs',
    })
    expect(world.activeCampaign.calls.total + world.dynamics.calls.total).toBe(0)
  })

  test.each([Number.NaN, -1, 0, Number.POSITIVE_INFINITY])('leaseMs %s', (leaseMs) => {
    expect(() => peopled(1, { leaseMs })).toThrow(InvalidOptionError)
  })

  test.each([Number.NaN, 0, 1.5, -1])('together %s', async (together) => {
    const signal = AbortSignal.abort()
    await expect(schedule([], { signal, together })).rejects.toThrow(InvalidOptionError)
  })

  test('no limit is a deadline that never comes', async () => {
    const report = await peopled(1).sync.run({ deadlineMs: Number.POSITIVE_INFINITY })
    expect(report.ending).toBe('completed')
  })
})
