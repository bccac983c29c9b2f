import { expect, test } from 'vitest'
import { type RunReport, schedule } from '../../src/index.ts'
import { createTurns } from '../../src/schedule/turns.ts'
import { emails, idOf, peopled } from '../support/peopled.ts'
import type { TestWorld } from '../support/world.ts'

const hourMs = 3_600_000

/** Keeps a world in sync for some hours of its clock, and tells when runs began. */
const forHours = async (world: TestWorld, hours: number, sync = world.sync): Promise<readonly string[]> => {
  const stop = new AbortController()
  const began: string[] = []
  const onReport = ({ startedAt }: RunReport) => began.push(startedAt.slice(11, 16))
  const running = schedule([sync], { signal: stop.signal, clock: world.clock, onReport })
  await world.clock.sleep(hours * hourMs)
  stop.abort()
  await running
  return began
}

test('runs at once, then in every slot of the definition, and what changed is carried over', async () => {
  const world = peopled(2)
  const began = forHours(world, 12)
  await world.clock.sleep(hourMs)
  world.dynamics.update('contact', idOf(1), { lastname: 'Scheduled' })
  // The clock begins at 8:00; every four hours by default.
  expect(await began).toEqual(['08:00', '12:00', '16:00'])
  expect(world.activeCampaign.contacts().map(({ lastName }) => lastName)).toContain('Scheduled')
})

test('catches up once on what was missed while no process was there', async () => {
  const world = peopled(1)
  expect(await forHours(world, 1)).toEqual(['08:00'])
  await world.clock.sleep(30 * hourMs)
  expect(await forHours(world, 3, world.newSync())).toEqual(['15:00', '16:00'])
})

test('an abort stops a run between two pieces of work, and the schedule ends', async () => {
  const world = peopled(60)
  world.activeCampaign.faults.each({ kind: 'latency', ms: 20 * 60_000 }, { method: 'POST' })
  const stop = new AbortController()
  const endings: string[] = []
  const running = schedule([world.sync], {
    signal: stop.signal,
    clock: world.clock,
    onReport: ({ ending }) => endings.push(ending),
  })
  await world.clock.sleep(60_000)
  stop.abort()
  await running
  expect(endings).toEqual(['aborted'])
  world.activeCampaign.faults.clear()
  // It goes on at once, in the same slot.
  expect(await world.newSync().runDue()).toMatchObject({ report: { ending: 'completed' } })
  expect(new Set(emails(world)).size).toBe(60)
})

test('a failed run is told, and tried again after a minute', async () => {
  const world = peopled(1)
  world.dynamics.faults.each({ kind: 'status', status: 403 })
  const stop = new AbortController()
  const errors: unknown[] = []
  const reports: RunReport[] = []
  const running = schedule([world.sync], {
    signal: stop.signal,
    clock: world.clock,
    onError: (error) => {
      errors.push(error)
      world.dynamics.faults.clear()
    },
    onReport: (report) => reports.push(report),
  })
  await world.clock.sleep(10 * 60_000)
  stop.abort()
  await running
  expect(errors).toHaveLength(1)
  expect(reports).toMatchObject([{ ending: 'completed' }])
})

test('runDue says when to ask again, and does not run twice in a slot, whoever asks', async () => {
  const world = peopled(1)
  const [first, second] = await Promise.all([world.sync.runDue(), world.newSync().runDue()])
  const endings = [first, second].map(({ report }) => report?.ending ?? 'none')
  expect(endings.filter((ending) => ending === 'completed')).toHaveLength(1)
  const next = await world.sync.runDue()
  expect(next).toEqual({ report: null, nextAtMs: Date.UTC(2026, 0, 5, 12) })
})

test('one that runs long lets the others go first between its batches', async () => {
  const order: string[] = []
  const turns = createTurns(1)
  const work = async (name: string, pieces: number): Promise<void> => {
    await turns.take()
    for (let piece = 0; piece < pieces; piece += 1) {
      order.push(name)
      await turns.pass()
    }
    turns.give()
  }
  await Promise.all([work('long', 4), work('short', 1), work('other', 1)])
  expect(order).toEqual(['long', 'short', 'other', 'long', 'long', 'long'])
})

test('a large edit of one tenant does not make another wait for its end', async () => {
  const large = peopled(600)
  const small = peopled(1, { tenant: 'small' })
  const ended: string[] = []
  const stop = new AbortController()
  large.activeCampaign.faults.each({ kind: 'latency', ms: 20_000 }, { url: /bulk_import$/, method: 'POST' })
  const running = schedule([large.sync, small.sync], {
    signal: stop.signal,
    clock: large.clock,
    together: 1,
    onReport: (_, sync) => ended.push(sync === large.sync ? 'large' : 'small'),
  })
  await large.clock.sleep(hourMs)
  stop.abort()
  await running
  expect(ended).toEqual(['small', 'large'])
})
