import { renderPlan } from '@dynacamp/core'
import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { renderHealth } from '../../src/index.ts'
import { idOf, peopled, peopledLater } from '../support/peopled.ts'
import { createWorld, schema } from '../support/world.ts'

test('health counts what is in sync, excluded, held and failing, with the reasons', async () => {
  const world = peopled(6)
  world.dynamics.update('contact', idOf(6), { emailaddress1: 'PERSON5@example.com' })
  world.activeCampaign.insertContact({ email: 'nobody.asked@example.com' })
  await world.sync.run()
  const fourth = world.activeCampaign.contacts().find(({ email }) => email === 'person4@example.com')
  world.activeCampaign.updateContact(fourth?.id ?? '', { lastName: 'Refused' })
  world.dynamics.faults.each({ kind: 'status', status: 400 }, { method: 'PATCH' })
  await world.sync.run()
  await world.clock.sleep(60_000)
  const health = await world.sync.health()
  expect(health.entities.contacts).toMatchObject({
    records: { dynamics: 6, activeCampaign: 5 },
    linked: 4,
    inSync: 3,
    excluded: { 'not-asked-for': 1 },
    held: { 'shared-key': 2 },
    failing: { '0x80040216': 1 },
  })
  expect(health).toMatchObject({
    switchedOn: true,
    initialSyncDone: true,
    nextRunAt: '2026-01-05T12:00:00.000Z',
  })
  expect(health.lagMs).toBeGreaterThanOrEqual(60_000)
  expect(health.lately).toHaveLength(5)
  const text = renderHealth(health)
  expect(text).toContain('contacts: 3 of 4 pairs in sync')
  expect(text).toContain('2 shared-key')
  expect(text).toContain('1 not-asked-for')
  expect(text).toMatch(/The oldest change has waited at most 1 minute/)
})

test('health remembers the last run that completed, however many failed since', async () => {
  const world = peopled(3)
  const { startedAt } = await world.sync.run()
  world.activeCampaign.faults.each({ kind: 'status', status: 401 })
  for (let count = 0; count < 11; count += 1) {
    await world.clock.sleep(3_600_000)
    await expect(world.sync.run()).rejects.toThrow()
  }
  const health = await world.sync.health()
  expect(health.runs.map(({ status }) => status)).toEqual(Array(10).fill('failed'))
  expect(health.syncedUpTo).toBe(startedAt)
  expect(health.lagMs).toBeGreaterThanOrEqual(11 * 3_600_000)
})

test('health counts the lag from when the reading began, in as many runs as it took', async () => {
  const world = peopled(60, { pageLimit: 10 })
  world.dynamics.faults.each({ kind: 'latency', ms: 10_000 }, { url: /contacts/ })
  const first = await world.sync.run({ deadlineMs: 15_000 })
  expect(first.ending).toBe('deadline')
  expect(await world.sync.run({ deadlineMs: 15_000 })).toMatchObject({ ending: 'deadline' })
  expect((await world.sync.health()).syncedUpTo).toBeNull()
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  expect((await world.sync.health()).syncedUpTo).toBe(first.startedAt)
})

test('a run whose process was killed counts as running until somebody else has the lease', async () => {
  const world = peopled(1)
  const startedAt = '2026-01-05T07:00:00.000Z'
  await world.state.transaction('default', ({ runs }) =>
    runs.start({ id: 'killed', startedAt, trigger: 'run' }),
  )
  const statuses = async () => (await world.sync.health()).runs.map(({ status }) => status)
  expect(await statuses()).toEqual(['running'])
  await world.sync.run()
  expect(await statuses()).toEqual(['completed', 'interrupted'])
})

test('an applied plan and a single record are runs, too: with a name, a lag and a way back', async () => {
  const world = peopled(2)
  const plan = await world.sync.plan()
  await world.clock.sleep(60_000)
  const applied = await world.sync.apply(plan)
  const health = await world.sync.health()
  expect(health.runs).toMatchObject([
    { id: applied.runId, trigger: 'apply', status: 'completed', counts: { 'contacts.done': 2 } },
  ])
  // Changes since the plan are not in it.
  expect(health.lagMs).toBeGreaterThanOrEqual(60_000)
  expect(await Array.fromAsync(world.sync.journal.ofRun({ runId: applied.runId }))).toHaveLength(2)
  world.dynamics.update('contact', idOf(1), { lastname: 'Quick' })
  const { runId } = await world.sync.runRecord({ side: 'dynamics', entity: 'contacts', id: idOf(1) })
  expect((await world.sync.health()).lately[0]).toMatchObject({ runId, status: 'done' })
  const undo = await world.sync.undo({ runId: runId ?? '' })
  expect(undo.actions).toHaveLength(1)
  const runs = await world.state.transaction('default', ({ runs: all }) => all.last(5))
  expect(runs.map(({ trigger }) => trigger)).toEqual(['record', 'apply'])
  world.activeCampaign.faults.each({ kind: 'status', status: 401 })
  await expect(world.sync.apply(undo)).rejects.toThrow()
  expect((await world.sync.health()).runs[0]).toMatchObject({
    trigger: 'apply',
    status: 'failed',
    error: { code: expect.any(String) },
  })
})

test('why writes nothing: a contact that a run is still reading stays half read', async () => {
  const contacts = { direction: 'bidirectional', fields: [...standardMappings.contacts] } as const
  const optOut = { direction: 'bidirectional' } as const
  const world = createWorld({ definition: defineSync(schema, { contacts, optOut }) })
  await world.sync.run()
  const { id } = world.activeCampaign.insertContact({ email: 'ada@example.com' })
  const rest = { version: '', updatedOn: null, active: true, tags: [], keys: ['email:ada@example.com'] }
  const kind = { side: 'activeCampaign', entity: 'contacts' } as const
  const row = { side: 'dynamics', entity: 'contacts', id: idOf(1) } as const
  const rowFields = { emailaddress1: 'ada@example.com', donotbulkemail: true }
  await world.state.transaction('default', async ({ records }) => {
    await records.save([{ ...row, ...rest, fields: rowFields }], { generation: 1, pending: false })
    const half = { ...kind, id, ...rest, fields: { email: 'ada@example.com' } }
    await records.save([half], { generation: 1, pending: true })
  })
  const pending = () =>
    world.state.transaction('default', ({ records }) => records.pending(kind, { after: null, limit: 9 }))
  const before = await pending()
  expect(before).toHaveLength(1)
  const calls = world.activeCampaign.calls.total
  await world.sync.why(row)
  // It has looked at the lists, and told nobody.
  expect(world.activeCampaign.calls.total).toBeGreaterThan(calls)
  expect(await pending()).toEqual(before)
})

test('why: for any record, in sentences', async () => {
  const world = await peopledLater(4)
  world.dynamics.update('contact', idOf(4), { emailaddress1: 'PERSON3@example.com' })
  const lettered = 'abcdef00-0000-4000-8000-00000000000a'
  world.dynamics.insert('contact', { contactid: lettered, emailaddress1: 'letters@example.com' })
  const { id } = world.activeCampaign.insertContact({ email: 'nobody.asked@example.com' })
  world.activeCampaign.faults.next({ kind: 'status', status: 422 }, { method: 'POST' })
  const why = async (rowId: string) =>
    (await world.sync.why({ side: 'dynamics', entity: 'contacts', id: rowId })).join(' ')
  expect(await why(idOf(1))).toContain('No reading has shown it')
  await world.sync.run()
  expect(await why(idOf(1))).toMatch(/^Set aside: it failed once since .* Will create the contact/)
  expect(await why(idOf(2))).toMatch(/^Linked: row .* In sync: the two sides agree in every mapped field\.$/)
  expect(await why(lettered.toUpperCase())).toMatch(/^Linked: row abcdef00-/)
  expect(await why(idOf(3))).toMatch(/^Held\. .*What helps/)
  const contact = await world.sync.why({ side: 'activeCampaign', entity: 'contacts', id })
  expect(contact.join(' ')).toContain('Skipped.')
  expect(await world.sync.why({ side: 'dynamics', entity: 'leads', id })).toEqual([
    'The definition does not sync leads.',
  ])
})

test('why: two that differ are not called in sync, and the rule that keeps them so is named', async () => {
  const world = peopled(1)
  await world.sync.run()
  world.dynamics.update('contact', idOf(1), { lastname: null })
  await world.sync.run()
  expect(await world.sync.why({ side: 'dynamics', entity: 'contacts', id: idOf(1) })).toEqual([
    expect.stringMatching(/^Linked: /),
    'lastname:lastName stays as it is: Dynamics 365 has (blank), ActiveCampaign has "Number 1". ' +
      'A blank overwrites nothing (blank: ignoreBlank).',
  ])
})

test('undo of a run sets every value back, and the next run leaves it so', async () => {
  const world = peopled(2)
  await world.sync.run()
  world.dynamics.update('contact', idOf(1), { lastname: 'Mistake' })
  const { runId } = await world.sync.run()
  const names = () => world.activeCampaign.contacts().map(({ lastName }) => lastName)
  expect(names()).toContain('Mistake')
  const undo = await world.sync.undo({ runId: runId ?? '' })
  expect(renderPlan(undo, 'text')).toContain('"Mistake" → "Number 1"')
  const { outcomes } = await world.sync.apply(undo)
  expect(outcomes).toMatchObject([{ status: 'done' }])
  expect(names()).toEqual(['Number 1', 'Number 2'])
  expect((await world.sync.run()).entities).toMatchObject({ contacts: { done: 0 } })
  expect(names()).toEqual(['Number 1', 'Number 2'])
})
