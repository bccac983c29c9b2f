import { expect, test } from 'vitest'
import type { ProgressEvent, SetAside } from '../../src/index.ts'
import { emails, idOf, peopled } from '../support/peopled.ts'

test('the initial sync ends with a deadline, too, however many records are left as they are', async () => {
  const world = peopled(1)
  for (let index = 0; index < 1200; index += 1)
    world.activeCampaign.insertContact({ email: `other${index}@example.com` })
  let planning = false
  const onProgress = ({ step }: ProgressEvent): void => {
    planning = step === 'plan'
  }
  const onBoundary = async (): Promise<void> => {
    if (planning) await world.clock.sleep(10_000)
  }
  const endings: string[] = []
  for (let more = true; more; ) {
    const report = await world.sync.run({ deadlineMs: 25_000, onBoundary, onProgress })
    more = report.more
    endings.push(report.ending)
    if (endings.length > 25) throw new Error('it never ends')
  }
  expect(endings).toContain('deadline')
  expect(endings.at(-1)).toBe('completed')
  expect(await world.sync.health()).toMatchObject({ initialSyncDone: true })
})

test('what a batch that the deadline cuts has not come to stays set aside', async () => {
  const people = Array.from({ length: 30 }, (_, index) => index + 1)
  const world = peopled(0)
  await world.sync.run()
  for (const index of people)
    world.dynamics.insert('contact', { contactid: idOf(index), emailaddress1: `old${index}@example.com` })
  await world.sync.run()
  for (const index of people)
    world.dynamics.update('contact', idOf(index), { emailaddress1: `new${index}@example.com` })
  const { faults } = world.activeCampaign
  const setAsides = (): Promise<readonly SetAside[]> => Array.fromAsync(world.sync.setAsides.list())
  faults.each({ kind: 'status', status: 422 }, { method: 'PUT' })
  await world.sync.run()
  const failed = await setAsides()
  expect(failed).toHaveLength(30)
  faults.clear()
  await world.clock.sleep(90_000)
  faults.each({ kind: 'latency', ms: 40_000 }, { method: 'PUT' })
  const cut = await world.sync.run({ deadlineMs: 100_000 })
  expect(cut).toMatchObject({ ending: 'deadline', more: true })
  const left = await setAsides()
  expect(left.length).toBeGreaterThan(0)
  expect(left.length).toBeLessThan(30)
  expect(cut.entities).toMatchObject({ contacts: { done: 30 - left.length } })
  expect(failed).toEqual(expect.arrayContaining([...left]))
  await world.sync.run()
  expect(await setAsides()).toEqual([])
})

test('a run whose deadline comes while an import is under way has more to do', async () => {
  const world = peopled(20)
  const endings: string[] = []
  for (let more = true; more; ) {
    const report = await world.sync.run({ deadlineMs: 3_000 })
    more = report.more
    endings.push(report.ending)
    if (endings.length > 60) throw new Error('it never ends')
  }
  expect(endings).toContain('deadline')
  expect(emails(world)).toHaveLength(20)
})
