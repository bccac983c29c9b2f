import { createHttpClient, type Fetch, HttpStatusError, isUnknownOutcomeError } from '@dynacamp/http'
import { expect, test } from 'vitest'

const clientOf = (fetch: Fetch) =>
  createHttpClient({
    service: 'test',
    baseUrl: 'https://example.com/api/3',
    fetch,
    retry: { baseDelayMs: 1, maxDelayMs: 2 },
  })

test('answers JSON with query, headers and body as asked', async () => {
  const client = clientOf(async (request) =>
    Response.json({ url: request.url, body: await request.text() }, { headers: { 'x-request-id': 'r1' } }),
  )
  const answer = await client.request({
    operation: 'contacts.create',
    method: 'POST',
    url: 'contacts',
    query: { 'filters[email]': 'a+b@example.com', ids: ['1', '2'], none: undefined },
    body: { json: { a: 1 } },
  })
  expect(answer.json()).toEqual({
    url: 'https://example.com/api/3/contacts?filters[email]=a%2Bb%40example.com&ids=1&ids=2',
    body: '{"a":1}',
  })
  expect(answer.requestId).toBe('r1')
})

test('repeats a GET after 503 and gives up on 404', async () => {
  let calls = 0
  const client = clientOf(async () => {
    calls += 1
    return new Response('{"message":"no"}', { status: calls === 1 ? 503 : 404 })
  })
  const error = await client
    .request({ operation: 'contacts.get', method: 'GET', url: 'contacts/1' })
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(HttpStatusError)
  expect(error).toMatchObject({ status: 404, attempts: 2, retryable: false, body: { message: 'no' } })
})

test('reports a cut POST as unknown, sent once', async () => {
  let calls = 0
  const client = clientOf(async () => {
    calls += 1
    throw new TypeError('fetch failed')
  })
  const error = await client
    .request({ operation: 'contacts.create', method: 'POST', url: 'contacts', body: { json: {} } })
    .catch((thrown: unknown) => thrown)
  expect(isUnknownOutcomeError(error)).toBe(true)
  expect(calls).toBe(1)
})
