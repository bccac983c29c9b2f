import { expect, test } from 'vitest'
import { testAccount } from './account.ts'

function engaged() {
  const account = testAccount()
  const { simulator } = account
  simulator.insertContact({ email: 'mira.holt@example.com' })
  simulator.insert('messages', { subject: 'Hello', html: '<a href="https://example.com/offer">Offer</a>' })
  simulator.insert('campaigns', { name: 'Spring', message_id: '1' })
  simulator.engage({ contact: 1, kind: 'open', campaign: 1 })
  simulator.engage({ contact: 1, kind: 'click', campaign: 1, link: 'https://example.com/offer' })
  simulator.trackEvent(1, 'Booked a table', 'x'.repeat(300))
  return account
}

test('the feed shows only what had happened when the contact was last read', async () => {
  const account = engaged()
  expect((await account.get('activities?contact=1')).body.activities).toEqual([])
  await account.get('contacts/1')
  const { activities, meta } = (await account.get('activities?contact=1')).body
  expect(activities.map((row: { reference_type: string }) => row.reference_type)).toEqual([
    'LinkData',
    'LinkData',
    'TrackingLog',
  ])
  expect(meta).toEqual({ total: '3' })
  account.simulator.trackEvent(1, 'Later')
  expect((await account.get('activities?contact=1')).body.meta.total).toBe('3')
})

test('the feed needs a contact, is ordered and brings what its references point to', async () => {
  const account = engaged()
  expect((await account.get('activities')).status).toBe(422)
  await account.get('contacts/1')
  const answer = await account.get(
    'activities?contact=1&orders[tstamp]=DESC&include=reference,reference.campaign,reference.link',
  )
  expect(answer.body.activities[0].reference_type).toBe('TrackingLog')
  expect(answer.body.campaigns).toMatchObject([{ id: '1', name: 'Spring' }])
  // The newest activity comes first, and so does its link.
  expect(answer.body.links).toMatchObject([{ link: 'https://example.com/offer' }, { link: 'open' }])
})

test('engagement moves updated_timestamp and leaves udate', async () => {
  const account = testAccount()
  const { simulator } = account
  simulator.insertContact({ email: 'mira.holt@example.com' })
  simulator.insert('campaigns', { name: 'Spring' })
  await account.clock.advance(60_000)
  simulator.engage({ contact: 1, kind: 'open', campaign: 1 })
  const { contact } = (await account.get('contacts/1')).body
  expect(contact.udate).toBe('2026-05-28T05:03:51-05:00')
  expect(contact.updated_timestamp).toBe('2026-05-28 05:04:51')
  expect(contact.last_open_date).not.toBeNull()
})

test.each([
  ['updated_timestamp', 1],
  ['udate', 0],
] as const)('updated_after looks at %s when told so', async (updatedAfterColumn, found) => {
  const account = testAccount({ behaviour: { updatedAfterColumn } })
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  account.simulator.insert('campaigns', { name: 'Spring' })
  await account.clock.advance(60_000)
  account.simulator.engage({ contact: 1, kind: 'open', campaign: 1 })
  const { contacts } = (await account.get('contacts?filters[updated_after]=2026-05-28T10:04:00Z')).body
  expect(contacts).toHaveLength(found)
})

test('bounces are logged and counted; events keep 250 characters', async () => {
  const account = engaged()
  account.simulator.engage({ contact: 1, kind: 'hard-bounce', campaign: 1 })
  const { bounceLogs } = (await account.get('contacts/1/bounceLogs')).body
  expect(bounceLogs).toMatchObject([{ campaign: '1', contact: '1', email: 'mira.holt@example.com' }])
  expect((await account.get('contacts/1')).body.contact).toMatchObject({
    bounced_hard: '1',
    bounced_date: '2026-05-28',
  })
  const { trackingLogs } = (await account.get('contacts/1/trackingLogs')).body
  expect(trackingLogs[0]).toMatchObject({ type: 'Booked a table', value: 'x'.repeat(250) })
  expect((await account.get('trackingLogs/1/contact')).body.contact.id).toBe('1')
})

test('v1 reports tell who opened, clicked and did not', async () => {
  const account = engaged()
  const report = async (action: string) =>
    (await account.get(`/admin/api.php?api_action=${action}&campaignid=1`)).body
  expect((await report('campaign_report_open_list'))['0']).toMatchObject({ email: 'mira.holt@example.com' })
  expect((await report('campaign_report_link_list'))['0']).toMatchObject({
    link: 'https://example.com/offer',
  })
  expect((await report('campaign_report_forward_list')).result_code).toBe(0)
})

const parts = [
  'accountContacts',
  'automationEntryCounts',
  'bounceLogs',
  'contactAutomations',
  'contactDeals',
  'contactGoals',
  'contactLists',
  'contactLogs',
  'contactTags',
  'deals',
  'fieldValues',
  'geoIps',
  'notes',
  'scoreValues',
  'trackingLogs',
]

test.each(parts)('contacts/{id}/%s answers a list without meta, and 404 for nobody', async (part) => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  const { body } = await account.get(`contacts/1/${part}`)
  expect(body[part]).toEqual([])
  expect('meta' in body).toBe(false)
  expect(await account.get(`contacts/9/${part}`)).toMatchObject({
    status: 404,
    body: { message: 'No Result found for Subscriber with id 9' },
  })
})

test.each([
  ['contactData', 'contactDatum'],
  ['plusAppend', 'plusAppend'],
])('contacts/{id}/%s answers one row', async (part, key) => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  expect((await account.get(`contacts/1/${part}`)).body[key]).toMatchObject({ contact: '1' })
})
