import { describe, expect, test } from 'vitest'
import { failureOf, scriptedService } from './scripted-service.ts'

// Every shape of error body that the service is known to use.
const shapes = [
  [400, {}, { code: 'bad-request', messages: [] }],
  [
    400,
    { errors: ['Field name is required'] },
    { code: 'bad-request', messages: ['Field name is required'] },
  ],
  [
    400,
    { errors: [{ status: 400, title: 'Bad Request' }] },
    { code: 'bad-request', messages: ['Bad Request'] },
  ],
  [
    400,
    { success: 0, message: 'Did not pass', failureReasons: [{ contact: 3, failureReason: 'Bad e-mail' }] },
    { code: 'bad-request', details: [{ message: 'Bad e-mail', contact: 3 }, { message: 'Did not pass' }] },
  ],
  [
    400,
    { success: 0, message: 'Rate limit exceeded.', failureReasons: ['Up to 100'] },
    { code: 'rate-limited', retryable: true, messages: ['Up to 100', 'Rate limit exceeded.'] },
  ],
  [402, {}, { code: 'payment-required' }],
  [403, { message: 'Forbidden' }, { code: 'forbidden', messages: ['Forbidden'] }],
  [
    403,
    { errors: [{ status: 403, title: 'Forbidden', detail: 'You may not' }] },
    { code: 'forbidden', messages: ['Forbidden: You may not'] },
  ],
  [403, { message: 'No Result found for FieldValue with id 1' }, { code: 'not-found' }],
  [403, { message: 'Could not create SubscriberSeries' }, { code: 'forbidden' }],
  [404, { message: 'No Result found for Subscriber with id 1' }, { code: 'not-found' }],
  [
    404,
    { errors: [{ status: 404, title: 'Not Found', detail: 'Contact not found' }] },
    { code: 'not-found' },
  ],
  [
    422,
    {
      errors: [
        { title: 'Taken', detail: '', code: 'duplicate', source: { pointer: '/data/attributes/email' } },
      ],
    },
    { code: 'duplicate', pointer: '/data/attributes/email', messages: ['Taken'] },
  ],
  [
    422,
    {
      errors: [{ title: 'Invalid', detail: 'Not unique', source: { type: 'pointer', value: '/data/slug' } }],
    },
    { code: 'invalid', pointer: '/data/slug', messages: ['Invalid: Not unique'] },
  ],
  [422, { errors: 'Bulk operation failed.' }, { code: 'invalid', messages: ['Bulk operation failed.'] }],
  [422, 'nonsense', { code: 'invalid', messages: [] }],
  [422, { errors: [null, 3, { title: null, code: {} }] }, { code: 'invalid' }],
  [200, { succeeded: 0, message: 'Not deleted' }, { code: 'failed', status: 200, messages: ['Not deleted'] }],
  [200, { result_code: 0, result_message: 'No such list' }, { code: 'failed', messages: ['No such list'] }],
  [200, { errors: [{ title: 'No' }] }, { code: 'failed', messages: ['No'] }],
] as const

describe('every shape of error becomes one family', () => {
  test.each(shapes)('%i %j', async (status, json, expected) => {
    const { client } = scriptedService({ status, json })
    const error = await failureOf(client.contacts.get('1'))
    expect(error).toMatchObject({
      name: 'ActiveCampaignError',
      operation: 'contacts.get',
      status,
      ...expected,
    })
  })
})

describe('a 403', () => {
  test('is tried again once, since valid keys get one now and then', async () => {
    const me = { user: { id: 1, username: 'admin' } }
    const { client, requests } = scriptedService(
      { status: 403, json: { message: 'Forbidden' } },
      { json: me },
    )
    expect((await client.me()).username).toBe('admin')
    expect(requests).toHaveLength(2)
  })

  test('that stays is an error after two calls', async () => {
    const { client, requests } = scriptedService({ status: 403, json: { message: 'Forbidden' } })
    expect(await failureOf(client.me())).toMatchObject({ code: 'forbidden' })
    expect(requests).toHaveLength(2)
  })

  test('that names what it could not do is not tried again', async () => {
    const { client, requests } = scriptedService({ status: 403, json: { message: 'No Result found for X' } })
    await failureOf(client.me())
    expect(requests).toHaveLength(1)
  })
})

test('a repeated delete is a success that says nothing was there', async () => {
  const { client } = scriptedService({
    status: 404,
    json: { message: 'No Result found for Subscriber with id 7' },
  })
  expect(await client.contacts.delete('7')).toEqual({ existed: false })
})

test('an error holds no key, no header and no body', async () => {
  const { client } = scriptedService({ status: 422, json: { secret: 'body-secret' } })
  const text = JSON.stringify(await failureOf(client.me()))
  expect(text).not.toContain('secret')
})
