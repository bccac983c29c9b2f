import { renderPlan } from '@dynacamp/core'
import { expect, test } from 'vitest'
import { renderHealth } from '../../src/index.ts'
import { idOf, peopled, peopledLater } from '../support/peopled.ts'

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
