import { gzipSync } from 'node:zlib'
import { createHttpClient, createRateLimiter, type HttpClientOptions, systemClock } from '@dynacamp/http'
import { expect, test } from 'vitest'
import { errorOf, get, post } from './support/harness.ts'
import { realServer } from './support/real-server.ts'

const clientOf = (baseUrl: string, options: Partial<HttpClientOptions> = {}) =>
  createHttpClient({ service: 'test', baseUrl, retry: { baseDelayMs: 1, maxDelayMs: 5 }, ...options })

test('talks to a server through the platform', async () => {
  await using server = await realServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ url: request.url, token: request.headers['api-token'] }))
  })
  const client = clientOf(`${server.url}/api/3`, { authorize: async () => ({ 'Api-Token': 'k' }) })
  const answer = await client.request({ ...get, query: { 'filters[email]': 'a+b@example.com' } })
  expect(answer.json()).toEqual({ url: '/api/3/things/1?filters[email]=a%2Bb%40example.com', token: 'k' })
})

test('a connection cut before the answer: a GET is repeated, a POST is unknown', async () => {
  await using server = await realServer((_, response, before) => {
    if (before === 1) response.end('{}')
    else response.socket?.destroy()
  })
  const client = clientOf(server.url)
  expect((await client.request(get)).status).toBe(200)
  expect(await errorOf(client.request(post))).toMatchObject({
    code: 'unknown-outcome',
    cause: { code: 'network' },
  })
  expect(server.count()).toBe(3)
})

test('a connection cut within the body: a GET is repeated, a POST is unknown', async () => {
  await using server = await realServer((_, response, before) => {
    if (before === 1) {
      response.end('{}')
      return
    }
    response.writeHead(201, { 'content-length': '100' })
    response.write('{"contact":', () => response.socket?.destroy())
  })
  const client = clientOf(server.url)
  expect((await client.request(get)).text).toBe('{}')
  expect(await errorOf(client.request(post))).toMatchObject({ code: 'unknown-outcome' })
  expect(server.count()).toBe(3)
})

test('nobody listens: certain for a POST too', async () => {
  const { url } = await realServer(() => undefined).then(async (server) => {
    await server[Symbol.asyncDispose]()
    return server
  })
  const error = await errorOf(clientOf(url).request(post))
  expect(error).toMatchObject({ code: 'network', attempts: 5 })
  expect(`${error}`).toMatch(/ECONNREFUSED/)
})

test('the platform follows no redirect: the token stays', async () => {
  await using thief = await realServer((_, response) => response.end('{}'))
  await using server = await realServer((_, response) => {
    response.writeHead(302, { location: `${thief.url}/take` }).end()
  })
  const client = clientOf(server.url, { authorize: async () => ({ 'Api-Token': 'k' }) })
  expect(await errorOf(client.request(get))).toMatchObject({ code: 'foreign-origin' })
  expect(thief.count()).toBe(0)
})

test('a small body that unpacks to a gigantic one is cut off', async () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000))
  await using server = await realServer((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(bomb)
  })
  const error = await errorOf(clientOf(server.url, { maxResponseBytes: 1_000_000 }).request(get))
  expect(bomb.length).toBeLessThan(1_000_000)
  expect(error).toMatchObject({ code: 'response-too-large' })
})

test('real time: an attempt times out, a caller aborts', async () => {
  await using server = await realServer(() => undefined)
  const slow = clientOf(server.url, { timeoutMs: 30, retry: { maxAttempts: 1 } })
  expect(await errorOf(slow.request(get))).toMatchObject({ code: 'timeout' })
  const signal = AbortSignal.timeout(30)
  expect(await errorOf(clientOf(server.url).request({ ...get, signal }))).toBe(signal.reason)
})

test('one signal for many calls warns of no leak', async () => {
  const warnings: Error[] = []
  const listen = (warning: Error) => warnings.push(warning)
  process.on('warning', listen)
  await using server = await realServer((_, response) => response.end('{}'))
  const limiter = createRateLimiter({ requests: 20, perMs: 100, clock: systemClock })
  const client = clientOf(server.url, { limiter })
  const { signal } = new AbortController()
  await Promise.all(Array.from({ length: 60 }, () => client.request({ ...get, signal, deadlineMs: 60_000 })))
  process.off('warning', listen)
  expect(server.count()).toBe(60)
  expect(warnings).toEqual([])
})
