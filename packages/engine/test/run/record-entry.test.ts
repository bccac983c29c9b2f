import { expect, test } from 'vitest'
import { RunFailedError, renderHealth } from '../../src/index.ts'
import { idOf, peopled } from '../support/peopled.ts'
import { tooLate } from '../support/too-late.ts'
import type { TestWorld } from '../support/world.ts'

const row = (index: number) => ({ side: 'dynamics', entity: 'contacts', id: idOf(index) }) as const

/** A synced world in which the next changes of e-mails are refused. */
const refusing = async (status: number, options: Parameters<typeof peopled>[1] = {}): Promise<TestWorld> => {
  const world = peopled(3, options)
  await world.sync.run()
  for (const index of [1, 2, 3])
    world.dynamics.update('contact', idOf(index), { emailaddress1: `new${index}@example.com` })
  world.activeCampaign.faults.each({ kind: 'status', status }, { method: 'PUT' })
  return world
}

const writes = ({ activeCampaign }: TestWorld): number =>
  activeCampaign.calls.byOperation['contacts.update'] ?? 0

test('a single record that a service refused is entered as failed, and health shows it until one goes well', async () => {
  for (const [status, code] of [
    [402, 'payment-required'],
    [403, 'actions-refused'],
  ] as const) {
    const world = await refusing(status)
    expect(await world.sync.runRecord(row(1))).toMatchObject({
      status: 'synced',
      synced: [{ outcomes: [{ status: 'failed' }] }],
    })
    const health = await world.sync.health()
    expect(health.runs).toMatchObject([
      { trigger: 'record', status: 'failed', error: { code } },
      { trigger: 'run', status: 'completed' },
    ])
    expect(renderHealth(health)).toMatch(new RegExp(`record: failed.*${code}`))
    world.activeCampaign.faults.clear()
    await world.sync.runRecord(row(1))
    expect((await world.sync.health()).runs).toMatchObject([{ trigger: 'run' }])
  }
})

test('a hint that meets what every call would meet ends the run that takes it, and leaves the others waiting', async () => {
  const world = peopled(3)
  await world.sync.run()
  await world.sync.run()
  let hinted: Promise<void> | undefined
  const onProgress = (): void => {
    hinted ??= world.state.transaction('default', async ({ hints }) => {
      for (const index of [1, 2, 3]) {
        world.dynamics.update('contact', idOf(index), { emailaddress1: `new${index}@example.com` })
        await hints.add({ ...row(index), at: '2026-01-05T08:00:00.000Z' })
      }
    })
  }
  world.activeCampaign.faults.each({ kind: 'status', status: 402 }, { method: 'PUT' })
  const before = writes(world)
  const failing = world.sync.run({ onProgress: ({ step }) => (step === 'plan' ? onProgress() : undefined) })
  await expect(failing).rejects.toThrow(RunFailedError)
  await hinted
  const health = await world.sync.health()
  expect(health.runs[0]).toMatchObject({
    trigger: 'run',
    status: 'failed',
    error: { code: 'payment-required' },
  })
  expect([health.hints, writes(world) - before]).toEqual([2, 1])
})

test.each([
  [402, { method: 'PUT' }, 'payment-required'],
  [403, { method: 'PUT' }, 'actions-refused'],
  [402, { method: 'GET', url: /contacts\/\d+/ }, 'payment-required'],
] as const)(
  'hints that come too late for a run, and meet %i at %o, are entered as failed',
  async (status, at, code) => {
    const world = peopled(3)
    await world.sync.run()
    const { state, reports } = tooLate(world, () => {
      world.activeCampaign.faults.each({ kind: 'status', status }, at)
      return world.sync.runRecord(row(2))
    })
    world.dynamics.update('contact', idOf(1), { emailaddress1: 'new1@example.com' })
    world.dynamics.update('contact', idOf(2), { emailaddress1: 'new2@example.com' })
    await world.newSync({ state }).runRecord(row(1))
    expect(reports).toMatchObject([{ status: 'queued' }])
    expect((await world.sync.health()).runs[0]).toMatchObject({
      trigger: 'record',
      status: 'failed',
      error: { code },
    })
  },
)
