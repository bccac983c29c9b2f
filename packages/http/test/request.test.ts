import fc from 'fast-check'
import { expect, test } from 'vitest'
import { get, harness, post } from './support/harness.ts'

const ok = () => Response.json({})

test('joins URLs as links on a page at baseUrl/', async () => {
  const { client, requests } = harness(ok)
  for (const url of ['things', './things/1', '/admin/api.php', 'https://api.example.com/v1/things?page=2']) {
    await client.request({ ...get, url })
  }
  expect(requests.map(({ request }) => request.url)).toEqual([
    'https://api.example.com/v1/things',
    'https://api.example.com/v1/things/1',
    'https://api.example.com/admin/api.php',
    'https://api.example.com/v1/things?page=2',
  ])
})

test('adds the query to what the URL has, and leaves out undefined', async () => {
  const { client, requests } = harness(ok)
  const query = {
    $filter: "name eq 'A & B'",
    'filters[email]': 'a+b@example.com',
    ids: ['1', '2'],
    top: 5,
    all: false,
    none: undefined,
  }
  await client.request({ ...get, url: 'things?page=2', query })
  expect(requests[0]?.request.url).toBe(
    'https://api.example.com/v1/things?page=2&$filter=name%20eq%20%27A%20%26%20B%27&filters[email]=a%2Bb%40example.com&ids=1&ids=2&top=5&all=false',
  )
})

test('law: the server reads back every query key and value as given', async () => {
  const { client, requests } = harness(ok)
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: 'binary' }),
      async (key, value) => {
        await client.request({ ...get, query: { [key]: value } })
        const url = new URL(requests.at(-1)?.request.url ?? '')
        expect([...url.searchParams]).toEqual([[key, value]])
      },
    ),
  )
})

test('half a surrogate pair, as left by cutting an emoji, breaks nothing', async () => {
  const { client, requests } = harness(ok)
  await client.request({ ...get, query: { name: '\ud83d' } })
  expect(requests[0]?.request.url).toBe('https://api.example.com/v1/things/1?name=%EF%BF%BD')
})

test('leaves a next link as the server wrote it', async () => {
  const { client, requests } = harness(ok)
  const link =
    'https://api.example.com/v1/things?$skiptoken=%3Ccookie%20pagenumber=%222%22%20x=%22%253c%22%20/%3E'
  await client.request({ ...get, url: link })
  expect(requests[0]?.request.url).toBe(link)
})

test('sends JSON and text bodies with their types', async () => {
  const { client, requests } = harness(ok)
  await client.request(post)
  await client.request({ ...post, body: { text: 'a=1', contentType: 'application/x-www-form-urlencoded' } })
  expect(requests.map(({ body }) => body)).toEqual(['{"name":"x"}', 'a=1'])
  expect(requests.map(({ request }) => request.headers.get('content-type'))).toEqual([
    'application/json',
    'application/x-www-form-urlencoded',
  ])
})

test('later headers win: defaults, client, request, authorisation', async () => {
  const { client, requests } = harness(ok, {
    headers: { accept: 'text/plain', 'x-a': 'client', 'x-b': 'client', 'X-Token': 'client' },
    authorize: async () => ({ 'x-token': 'authorize' }),
  })
  await client.request({ ...get, headers: { 'X-A': 'request', 'x-token': 'request' } })
  const headers = requests[0]?.request.headers
  expect(headers?.get('accept')).toBe('text/plain')
  expect(headers?.get('x-a')).toBe('request')
  expect(headers?.get('x-b')).toBe('client')
  expect(headers?.get('x-token')).toBe('authorize')
})

test('a status is an answer when it is 2xx or expected', async () => {
  const { client } = harness(
    (request) => new Response(null, { status: Number(request.headers.get('x-status')) }),
  )
  for (const status of [200, 201, 204, 304, 404, 412]) {
    const answer = await client.request({
      ...get,
      headers: { 'x-status': `${status}` },
      expect: [304, 404, 412],
    })
    expect(answer.status).toBe(status)
  }
})

test.each(['x-ms-service-request-id', 'REQ_ID', 'x-request-id'])(
  'reads the request id from %s',
  async (name) => {
    const { client } = harness(() => Response.json({}, { headers: { [name]: 'r-1' } }))
    expect((await client.request(get)).requestId).toBe('r-1')
  },
)

test.each([
  ['http://api.example.com', /https/],
  ['ftp://api.example.com', /https/],
  ['https://user:secret@api.example.com', /credentials/],
  ['https://api.example.com/?key=secret', /query/],
  ['api.example.com', /absolute/],
])('refuses the base URL %s without repeating secrets', (baseUrl, message) => {
  expect(() => harness(ok, { baseUrl })).toThrow(message)
  expect(() => harness(ok, { baseUrl })).not.toThrow(/secret/)
})

test.each(['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080'])('allows %s', (baseUrl) => {
  expect(() => harness(ok, { baseUrl })).not.toThrow()
})

test('plain http elsewhere takes an explicit opt-out', async () => {
  const { client } = harness(ok, { baseUrl: 'http://intranet.example.com', allowInsecureHttp: true })
  expect((await client.request(get)).status).toBe(200)
})
