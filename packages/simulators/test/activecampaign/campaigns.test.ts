import { expect, test } from 'vitest'
import { testAccount } from './account.ts'

function withCampaign() {
  const account = testAccount()
  const { simulator } = account
  simulator.defineField({ title: 'City', type: 'text' })
  simulator.insertContact({ email: 'mira.holt@example.com', firstName: 'Mira', fields: { CITY: 'Oslo' } })
  simulator.insert('messages', {
    subject: 'Hello %FIRSTNAME%',
    html: '<p>%CITY% %UNKNOWN%</p><a href="https://example.com/offer">Offer</a>',
  })
  simulator.insert('campaigns', { name: 'Spring', message_id: '1' })
  const send = (more: Record<string, string> = {}) => {
    const query = new URLSearchParams({
      email: 'mira.holt@example.com',
      campaignid: '1',
      messageid: '1',
      ...more,
    })
    return account.get(`/admin/api.php?api_action=campaign_send&api_output=json&${query.toString()}`)
  }
  return { account, simulator, send }
}

test('v1 campaign_send delivers a personalised mail, and again when asked again', async () => {
  const { simulator, send } = withCampaign()
  for (let times = 0; times < 2; times += 1) {
    expect(await send()).toMatchObject({
      status: 200,
      body: { result_code: 1, result_message: 'Message sent' },
    })
  }
  expect(simulator.mails).toHaveLength(2)
  expect(simulator.mails[0]).toMatchObject({
    to: 'mira.holt@example.com',
    subject: 'Hello Mira',
    campaignId: '1',
  })
  expect(simulator.mails[0]?.html).toContain('<p>Oslo %UNKNOWN%</p>')
})

test('suppression is silent: the answer says sent and nothing goes out', async () => {
  const bounced = withCampaign()
  bounced.simulator.engage({ contact: 1, kind: 'hard-bounce', campaign: 1 })
  const unsubscribed = withCampaign()
  unsubscribed.simulator.insert('lists', { name: 'Letters' })
  unsubscribed.simulator.unsubscribe(1, 1)
  const excluded = withCampaign()
  excluded.simulator.insert('exclusions', {
    matchPhrase: '@example.com',
    matchType: 'end',
    channel: 'allEmail',
  })
  for (const { simulator, send } of [bounced, unsubscribed, excluded]) {
    expect((await send()).body.result_code).toBe(1)
    expect(simulator.mails).toEqual([])
  }
})

test('v1 errors are 200 with result_code 0, a bad key included', async () => {
  const { account, simulator, send } = withCampaign()
  for (const wrong of [
    { email: 'nobody@example.com' },
    { campaignid: '9' },
    { messageid: '9' },
    { messageid: '0' },
  ]) {
    expect(await send(wrong)).toMatchObject({ status: 200, body: { result_code: 0 } })
  }
  const url = `${simulator.baseUrl}/admin/api.php?api_action=campaign_send&api_key=wrong`
  const refused = await simulator.fetch(new Request(url))
  expect([refused.status, ((await refused.json()) as { result_code: number }).result_code]).toEqual([200, 0])
  expect((await account.get('/admin/api.php?api_action=nonsense')).body.result_code).toBe(0)
  expect(simulator.mails).toEqual([])
})

test('a test mail is delivered and leaves no trace in the feed', async () => {
  const { simulator, send } = withCampaign()
  await send({ action: 'test' })
  expect(simulator.mails).toMatchObject([{ action: 'test' }])
  expect(simulator.rows('contactLogs')).toEqual([])
})

test('links of a campaign begin with the read tracker', async () => {
  const { account } = withCampaign()
  const { links } = (await account.get('campaigns/1/links')).body
  expect(links).toMatchObject([
    { link: 'open', name: 'Read Tracker', tracked: '1', campaign: '1' },
    { link: 'https://example.com/offer' },
  ])
})

test('creating needs name and type, and tells in plain strings; the id is a number', async () => {
  const account = testAccount()
  const refused = await account.post('campaign', { type: 'single' })
  expect(refused).toMatchObject({ status: 400, body: { errors: ['Field name is required'] } })
  const made = await account.post('campaign', { name: 'Spring', type: 'single' })
  expect(made).toMatchObject({
    status: 200,
    body: { id: 1, name: 'Spring', type: 'single', canSplitContent: false },
  })
})

test('PUT changes a campaign, PATCH answers 200 and changes nothing', async () => {
  const { account } = withCampaign()
  expect((await account.call('PATCH', 'campaigns/1', { campaign: { name: 'Autumn' } })).status).toBe(200)
  expect((await account.get('campaigns/1')).body.campaign.name).toBe('Spring')
  await account.put('campaigns/1', { campaign: { name: 'Autumn' } })
  expect((await account.get('campaigns/1')).body.campaign.name).toBe('Autumn')
  await account.put('campaigns/1/edit', { name: 'Winter', segmentId: 3, listIds: [1] })
  expect((await account.get('campaigns/1')).body.campaign).toMatchObject({ name: 'Winter', segmentid: '3' })
  expect((await account.get('campaigns/1/campaignLists')).body.campaignLists).toMatchObject([{ list: '1' }])
})

test('copying and deleting fail with 200 and succeeded 0', async () => {
  const { account } = withCampaign()
  const copied = await account.post('campaigns/1/copy', {})
  expect(copied.body).toEqual({ succeeded: 1, message: 'Campaign draft copied.', newCampaignId: 2 })
  expect((await account.get('campaigns/2')).body.campaign.message_id).toBe('1')
  expect(await account.post('campaigns/9/copy', {})).toMatchObject({ status: 200, body: { succeeded: 0 } })
  expect((await account.remove('campaigns/2/delete')).body.succeeded).toBe(1)
  expect(await account.remove('campaigns/2/delete')).toMatchObject({ status: 200, body: { succeeded: 0 } })
})

test('there is no v3 endpoint that sends', async () => {
  const { account } = withCampaign()
  expect((await account.post('campaign/send', {})).status).toBe(404)
  expect((await account.post('campaigns/1/links', {})).status).toBe(405)
})

test('v1 campaign_create wants the list id twice', async () => {
  const { account, simulator } = withCampaign()
  simulator.insert('lists', { name: 'Letters' })
  const create = (p: string) =>
    account.call('POST', '/admin/api.php?api_action=campaign_create', `name=New&status=0&${p}&m[1]=100`)
  expect((await create('p[1]=2')).body.result_message).toBe('Invalid list id in p parameter')
  expect((await create('p[1]=1')).body).toMatchObject({
    id: 2,
    result_code: 1,
    result_message: 'Campaign saved',
  })
})

test('designer messages cannot be changed', async () => {
  const account = testAccount()
  account.simulator.insert('messages', { subject: 'Hello', ed_instanceid: '7' })
  expect((await account.put('messages/1', { message: { subject: 'Bye' } })).status).toBe(422)
})
