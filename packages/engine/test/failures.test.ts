import { describe, expect, test } from 'vitest'
import type { Remedy } from '../src/index.ts'
import { createWorld, syncOnce, type TestWorld } from './support/world.ts'

const idOf = (n: number): string => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`

/** Rows that have contacts, and one change on each side's records for the next plan. */
const linked = async (count: number, changed: 'dynamics' | 'activeCampaign'): Promise<TestWorld> => {
  const world = createWorld()
  for (let n = 0; n < count; n += 1) {
    world.dynamics.insert('contact', {
      contactid: idOf(n),
      emailaddress1: `p${n}@example.com`,
      lastname: 'A',
    })
    world.activeCampaign.insertContact({ email: `p${n}@example.com`, lastName: 'A' })
  }
  await syncOnce(world.sync)
  for (let n = 0; n < count; n += 1) {
    if (changed === 'dynamics') world.dynamics.update('contact', idOf(n), { lastname: 'B' })
    else world.activeCampaign.updateContact(n + 1, { lastName: 'B' })
  }
  return world
}

const json = (body: unknown) => JSON.stringify(body)
const dataverse = (code: string, message: string) => json({ error: { code, message } })

describe('a refused write to D365', () => {
  const cases: readonly (readonly [string, number, string, Remedy, string])[] = [
    ['a plug-in', 400, dataverse('0x80040265', 'No.'), 'hold', '0x80040265'],
    ['a plug-in that says 500', 500, dataverse('0x80040265', 'No.'), 'hold', '0x80040265'],
    ['a required column', 400, dataverse('0x80040200', 'Required field missing.'), 'hold', '0x80040200'],
    ['a row of somebody else', 403, dataverse('0x80048306', 'no WriteAccess'), 'hold', '0x80048306'],
    ['a secured column', 403, dataverse('0x8004f507', 'column security'), 'hold', '0x8004f507'],
    [
      'a missing privilege',
      403,
      dataverse('0x80040220', 'Principal user is missing prvWriteContact privilege'),
      'block',
      '0x80040220',
    ],
    ['no roles', 403, dataverse('0x80042f09', 'not assigned any roles'), 'stop', '0x80042f09'],
    ['no sign-in', 401, '', 'stop', 'dynamics-error'],
    ['a disabled environment', 403, dataverse('0x8004a104', 'is disabled'), 'stop', '0x8004a104'],
    ['a table that is not there', 404, json({ Message: 'No HTTP resource' }), 'block', 'dynamics-error'],
    ['throttling', 429, dataverse('0x80072322', 'Number of requests exceeded'), 'retry', '0x80072322'],
    ['an unexpected error', 400, dataverse('0x80040216', 'Unexpected.'), 'hold', '0x80040216'],
    ['a lock', 500, dataverse('0x80044339', 'lock'), 'retry', '0x80044339'],
  ]
  test.each(cases)('by %s (%i)', async (_, status, body, remedy, code) => {
    const world = await linked(1, 'activeCampaign')
    const plan = await world.sync.plan()
    world.dynamics.faults.each(
      { kind: 'rewrite', change: (answer) => ({ ...answer, status, body }) },
      { method: 'PATCH' },
    )
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes).toMatchObject([{ status: 'failed', remedy, code }])
  })
})

describe('a refused write to ActiveCampaign', () => {
  const said = (title: string, code: string) => json({ errors: [{ title, code }] })
  const cases: readonly (readonly [string, number, string, Remedy, string])[] = [
    ['a refused value', 422, said('Not valid', 'field_invalid'), 'hold', 'field_invalid'],
    ['a bad request', 400, json({ message: 'no' }), 'hold', 'bad-request'],
    ['a missing permission', 403, json({ message: 'Forbidden' }), 'block', 'forbidden'],
    ['an expired account', 402, json({ message: 'Payment required' }), 'stop', 'payment-required'],
    ['throttling', 429, '', 'retry', 'rate-limited'],
    ['an error of the server', 500, '', 'retry', 'server-error'],
    ['a gateway', 503, '', 'retry', 'server-error'],
  ]
  test.each(cases)('by %s (%i)', async (_, status, body, remedy, code) => {
    const world = await linked(1, 'dynamics')
    const plan = await world.sync.plan()
    world.activeCampaign.faults.each(
      { kind: 'rewrite', change: (answer) => ({ ...answer, status, body }) },
      { method: 'PUT' },
    )
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes).toMatchObject([{ status: 'failed', remedy, code }])
  })
})

describe('a service that cannot be reached', () => {
  test('stops the run after three calls, and not at the first', async () => {
    const world = await linked(9, 'activeCampaign')
    const plan = await world.sync.plan()
    world.dynamics.faults.each({ kind: 'cut', when: 'before' }, { method: 'PATCH' })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes).toHaveLength(9)
    const tried = outcomes.slice(0, 8)
    expect(tried.map(({ status }) => status)).toEqual(Array(8).fill('unknown'))
    expect(tried.filter(({ remedy }) => remedy === 'retry')).toHaveLength(2)
    expect(tried.filter(({ remedy }) => remedy === 'stop')).toHaveLength(6)
    // Those under way at that moment are heard out; nobody else is tried.
    expect(outcomes.slice(8).map(({ code }) => code)).toEqual(['run-stopped'])
    world.dynamics.faults.clear()
    await syncOnce(world.sync)
    expect(world.dynamics.rows('contact').map(({ lastname }) => lastname)).toEqual(Array(9).fill('B'))
  })

  test('for one record only leaves the others alone', async () => {
    const world = await linked(9, 'activeCampaign')
    const plan = await world.sync.plan()
    world.dynamics.faults.each({ kind: 'cut', when: 'before' }, { method: 'PATCH', url: new RegExp(idOf(7)) })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.filter(({ status }) => status !== 'done')).toMatchObject([
      { status: 'unknown', remedy: 'retry' },
    ])
  })
})

test('a missing permission blocks its kind of action: what is left of it is not tried, and the next plan has it again', async () => {
  const world = await linked(20, 'dynamics')
  // A change of e-mail goes by no import.
  for (let n = 0; n < 20; n += 1)
    world.dynamics.update('contact', idOf(n), { emailaddress1: `q${n}@example.com` })
  const plan = await world.sync.plan()
  world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { method: 'PUT' })
  const before = world.activeCampaign.calls.byOperation['contacts.update'] ?? 0
  const { outcomes } = await world.sync.apply(plan)
  expect(outcomes.filter(({ remedy }) => remedy === 'block').length).toBeGreaterThan(0)
  expect(outcomes.filter(({ code }) => code === 'kind-refused').length).toBeGreaterThanOrEqual(12)
  expect((world.activeCampaign.calls.byOperation['contacts.update'] ?? 0) - before).toBeLessThanOrEqual(16)
  world.activeCampaign.faults.clear()
  await syncOnce(world.sync)
  expect(world.activeCampaign.contacts().map(({ lastName }) => lastName)).toEqual(Array(20).fill('B'))
})

test('a row that another one keeps out by a key of the environment is set aside with that error', async () => {
  const world = createWorld()
  world.dynamics.defineKey('contact', 'new_phone', ['telephone1'])
  world.dynamics.insert('contact', { telephone1: '123', lastname: 'There' })
  world.activeCampaign.insertContact({ email: 'new@example.com', phone: '123', tags: ['[D365: Contact]'] })
  const { report } = await syncOnce(world.sync)
  expect(report.outcomes).toMatchObject([{ status: 'failed', code: '0x80060892', remedy: 'hold' }])
})
