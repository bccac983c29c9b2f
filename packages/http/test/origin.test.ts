import { type ForeignOriginError, HttpStatusError, isForeignOriginError } from '@dynacamp/http'
import { expect, test } from 'vitest'
import { errorOf, get, harness, post, type Serve } from './support/harness.ts'

const withToken = (serve: Serve) => {
  let asked = 0
  const authorize = async () => {
    asked += 1
    return { authorization: 'Bearer secret' }
  }
  return { ...harness(serve, { authorize }), asked: () => asked }
}

const ok = () => Response.json({})

test.each([
  'https://evil.example.net/v1/things',
  'https://api.example.com.evil.net/v1/things',
  'https://api.example.com:8443/v1/things',
  'http://api.example.com/v1/things',
  '//evil.example.net/v1/things',
  '\\\\evil.example.net\\things',
  'https://user:pass@api.example.com/v1/things',
  'https://api.example.com@evil.example.net/',
  'javascript:alert(1)',
  'data:application/json,{}',
  'https://',
])('a link to %s is refused before a token is asked for', async (url) => {
  const { client, requests, asked } = withToken(ok)
  const error = await errorOf(client.request({ ...get, url }))
  expect(isForeignOriginError(error)).toBe(true)
  expect(error).toMatchObject({ code: 'foreign-origin', retryable: false })
  expect(JSON.stringify(error)).not.toContain('pass@')
  expect(requests).toHaveLength(0)
  expect(asked()).toBe(0)
})

const redirect = (location: string, status = 302) => new Response(null, { status, headers: { location } })

test.each([301, 302, 303, 307, 308])(
  'a %i within the origin is followed by a GET, with a token',
  async (status) => {
    const { client, requests } = withToken((_, before) =>
      before === 0 ? redirect('/v2/things', status) : ok(),
    )
    const answer = await client.request(get)
    expect(answer.url).toBe('https://api.example.com/v2/things')
    expect(requests[1]?.request.headers.get('authorization')).toBe('Bearer secret')
  },
)

test('a relative redirect is resolved against where it came from', async () => {
  const { client } = withToken((_, before) => (before === 0 ? redirect('2') : ok()))
  expect((await client.request(get)).url).toBe('https://api.example.com/v1/things/2')
})

test.each(['GET', 'POST'] as const)(
  'a redirect of a %s to another host gets no request and no token',
  async (method) => {
    const { client, requests, asked } = withToken(() => redirect('https://evil.example.net/take', 307))
    const error = (await errorOf(client.request({ ...get, method }))) as ForeignOriginError
    expect(isForeignOriginError(error)).toBe(true)
    expect(error.message).toContain('https://evil.example.net')
    expect(requests).toHaveLength(1)
    expect(asked()).toBe(1)
  },
)

test('a redirect of a POST is an error, not a second POST', async () => {
  const { client, requests } = withToken(() => redirect('/v2/things', 308))
  expect(await errorOf(client.request(post))).toMatchObject({ status: 308 })
  expect(requests).toHaveLength(1)
})

test('a circle of redirects ends', async () => {
  const { client, requests } = withToken(() => redirect('/v1/things/1'))
  const error = await errorOf(client.request(get))
  expect(error).toBeInstanceOf(HttpStatusError)
  expect(requests).toHaveLength(6)
})
