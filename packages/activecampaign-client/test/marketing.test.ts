import { describe, expect, test } from 'vitest'
import { failureOf } from './scripted-service.ts'
import { accountWithContacts, emailOf, simulatedAccount } from './simulated-account.ts'

const setUp = () => {
  const { client, simulator, clock } = accountWithContacts(1)
  const contact = String(simulator.contacts()[0]?.id)
  const message = String(simulator.insert('messages', { subject: 'June news', html: '<p>Hello</p>' }).id)
  const campaign = String(
    simulator.insert('campaigns', { name: 'June', type: 'single', message_id: message }).id,
  )
  return { client, simulator, clock, contact, message, campaign }
}

describe('campaigns', () => {
  test('are listed with figures, read, drafted, copied and deleted', async () => {
    const { client, campaign, message } = setUp()
    expect(await client.campaigns.list().toArray()).toMatchObject([{ name: 'June', opens: 0, sdate: null }])
    expect(await client.campaigns.get(campaign)).toMatchObject({ id: campaign, message_id: message })
    const draft = await client.campaigns.create({ name: 'July', type: 'single' })
    expect(draft).toMatchObject({ name: 'July', canSplitContent: false })
    await client.campaigns.edit(draft.id, { name: 'August' })
    expect((await client.campaigns.get(draft.id)).name).toBe('August')
    const copy = await client.campaigns.copy(campaign)
    expect(await client.campaigns.list().toArray()).toHaveLength(3)
    expect(await client.campaigns.delete(copy)).toEqual({ existed: true })
  })

  test('fail to be deleted or copied with status 200, which is an error here', async () => {
    const { client, simulator } = setUp()
    simulator.faults.next({
      kind: 'rewrite',
      change: (answer) => ({ ...answer, status: 200, body: '{"succeeded":0,"message":"No such campaign"}' }),
    })
    expect(await failureOf(client.campaigns.delete('9'))).toMatchObject({ code: 'failed', status: 200 })
  })

  test('are sent to one contact', async () => {
    const { client, simulator, campaign, message } = setUp()
    await client.campaigns.send({ campaignId: campaign, messageId: message, email: emailOf(0) })
    expect(simulator.mails).toHaveLength(1)
    expect(simulator.calls.total).toBe(1)
  })

  test('cannot be sent to nobody, although v1 answers 200', async () => {
    const { client, campaign, message } = setUp()
    const mail = { campaignId: campaign, messageId: message, email: 'nobody@example.com' }
    expect(await failureOf(client.campaigns.send(mail))).toMatchObject({ code: 'not-found', status: 200 })
  })

  test('are never sent twice by a broken connection', async () => {
    const { client, simulator, campaign, message } = setUp()
    simulator.faults.next({ kind: 'cut', when: 'after' })
    const mail = { campaignId: campaign, messageId: message, email: emailOf(0) }
    expect(await failureOf(client.campaigns.send(mail))).toMatchObject({ code: 'unknown-outcome' })
    expect(simulator.mails).toHaveLength(1)
  })

  test('consist of messages, links and lists', async () => {
    const { client, simulator, campaign, message } = setUp()
    await client.campaigns.send({ campaignId: campaign, messageId: message, email: emailOf(0) })
    simulator.insert('campaignMessages', { campaignid: campaign, messageid: message })
    expect((await client.campaigns.links(campaign).toArray()).map(({ link }) => link)).toContain('open')
    expect((await client.campaigns.messages(campaign).toArray()).at(-1)?.messageid).toBe(message)
    expect(await client.campaigns.lists(campaign).toArray()).toEqual([])
  })
})

test('messages are written, read, changed and deleted', async () => {
  const { client } = simulatedAccount()
  const { id } = await client.messages.create({
    subject: 'June',
    html: '<p>Hello</p>',
    fromemail: 'news@example.com',
  })
  await client.messages.update(id, { subject: 'July' })
  expect(await client.messages.get(id)).toMatchObject({ subject: 'July', html: '<p>Hello</p>' })
  expect(await client.messages.list().toArray()).toHaveLength(1)
  expect(await client.messages.delete(id)).toEqual({ existed: true })
})

describe('automations', () => {
  test('are entered, left and counted', async () => {
    const { client, simulator, contact } = setUp()
    const automation = String(simulator.insert('automations', { name: 'Welcome' }).id)
    expect(await client.automations.get(automation)).toMatchObject({
      name: 'Welcome',
      multientry: true,
      status: 1,
    })
    const passage = await client.contactAutomations.add({ contact, automation })
    expect(passage).toMatchObject({ contact, automation, completed: false, completeValue: 50 })
    expect(await client.contactAutomations.listForContact(contact).toArray()).toMatchObject([
      { id: passage.id },
    ])
    expect(await client.contactAutomations.entryCounts(contact).toArray()).toMatchObject([
      { id: automation, contactEntryCount: 1 },
    ])
    expect(await client.contactAutomations.get(passage.id)).toMatchObject({ contact, automation })
    expect(await client.contactAutomations.remove(passage.id)).toEqual({ existed: true })
    expect(await client.contactAutomations.list().toArray()).toEqual([])
  })

  test('that are not active let nobody in; that is said once', async () => {
    const { client, simulator, contact } = setUp()
    const automation = String(simulator.insert('automations', { name: 'Welcome', status: '2' }).id)
    const failure = await failureOf(client.contactAutomations.add({ contact, automation }))
    expect(failure).toMatchObject({ code: 'forbidden', messages: ['Could not create SubscriberSeries'] })
    expect(simulator.calls.total).toBe(1)
  })
})

describe('the timeline of a contact', () => {
  test('is brought up to date first, newest first, with what it refers to', async () => {
    const { client, simulator, clock, contact, campaign, message } = setUp()
    await client.campaigns.send({ campaignId: campaign, messageId: message, email: emailOf(0) })
    await clock.advance(60_000)
    simulator.engage({ contact, kind: 'open', campaign })
    await clock.advance(60_000)
    simulator.trackEvent(contact, 'signed-up', 'Plan A')
    const include = ['reference.log.campaign']
    for await (const page of client.activities.list(contact, { include }).byPage()) {
      expect(page.rows.map((row) => row.reference_type)).toEqual(['TrackingLog', 'LinkData', 'Log'])
      expect(page.included.campaigns).toMatchObject([{ id: campaign, name: 'June' }])
    }
    expect.assertions(2)
  })

  test('has its sources one by one', async () => {
    const { client, simulator, contact, campaign, message } = setUp()
    await client.campaigns.send({ campaignId: campaign, messageId: message, email: emailOf(0) })
    simulator.engage({ contact, kind: 'hard-bounce', campaign })
    simulator.engage({ contact, kind: 'open', campaign })
    simulator.trackEvent(contact, 'signed-up', 'Plan A')
    expect(await client.activities.trackingLogs(contact).toArray()).toMatchObject([
      { type: 'signed-up', contact },
    ])
    expect(await client.activities.bounceLogs(contact).toArray()).toMatchObject([{ contact, campaign }])
    expect(await client.activities.contactLogs(contact).toArray()).toMatchObject([{ contact, campaign }])
    expect(await client.activities.goals(contact).toArray()).toEqual([])
    expect(await client.activities.scores(contact).toArray()).toEqual([])
    expect((await client.activities.contactData(contact)).contact).toBe(contact)
    expect(await client.activities.linkData().toArray()).toMatchObject([{ contact, campaign }])
  })
})

test('notes are about contacts and accounts', async () => {
  const { client, simulator, contact } = setUp()
  const account = String(simulator.insert('accounts', { name: 'Novak' }).id)
  const note = await client.notes.create({ contact, note: 'Call on Monday' })
  await client.notes.create({ account, note: 'Pays late' })
  await client.notes.update(note.id, { contact, note: 'Call on Tuesday' })
  expect(await client.notes.get(note.id)).toMatchObject({
    reltype: 'Subscriber',
    relid: contact,
    is_draft: false,
  })
  expect(await client.notes.listForContact(contact).toArray()).toMatchObject([{ note: 'Call on Tuesday' }])
  expect(await client.notes.list().toArray()).toHaveLength(2)
  expect(await client.notes.delete(note.id)).toEqual({ existed: true })
})
