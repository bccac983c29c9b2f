import { MalformedResponseError, ResponseTooLargeError } from '@dynacamp/http'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorOf, get, harness, post } from './support/harness.ts'

const json = 'application/json'

const answering = async (
  body: ConstructorParameters<typeof Response>[0],
  contentType = json,
  status = 200,
) => {
  const { client } = harness(() => new Response(body, { status, headers: { 'content-type': contentType } }))
  return await client.request({ ...get, expect: [status] })
}

test.each([
  ['HTML with status 200', '<!DOCTYPE html><title>Sign in</title>', 'text/html', /HTML/],
  ['HTML that claims to be JSON', '<html></html>', json, /HTML/],
  ['XML', '<error/>', 'application/xml', /markup/],
  ['truncated JSON', '{"contacts":[{"id":"1"', json, /cut short/],
  ['two documents', '{}{}', json, /parsed/],
  ['a word of another type', 'true', 'text/plain', /text\/plain/],
  ['text', 'Service unavailable', 'text/plain', /text\/plain/],
])('%s is malformed and not quoted', async (_, body, contentType, message) => {
  const answer = await answering(body, contentType)
  expect(answer.text).toBe(body)
  expect(() => answer.json()).toThrow(MalformedResponseError)
  expect(() => answer.json()).toThrow(message)
  expect(() => answer.json()).toThrow(/^things\.get: /)
  expect(() => answer.json()).not.toThrow(/contacts|Sign in|unavailable/)
})

test('bytes that are not UTF-8 are malformed: replacement characters would be written on', async () => {
  const answer = await answering(new Uint8Array([0x22, 0xe4, 0x22]))
  expect(answer.text).toBe('"\u{fffd}"')
  expect(() => answer.json()).toThrow(/UTF-8/)
})

test.each([
  ['JSON', '{"a":1}', json, { a: 1 }],
  ['JSON with a charset', '{"a":1}', 'application/json; charset=utf-8', { a: 1 }],
  ['OData JSON', '{"a":1}', 'application/json; odata.metadata=minimal', { a: 1 }],
  ['a JSON subtype', '{"a":1}', 'application/problem+json', { a: 1 }],
  ['JSON sent as HTML, as PHP does', ' {"a":1}', 'text/html; charset=UTF-8', { a: 1 }],
  ['an array without a type', '[1]', '', [1]],
  ['null', 'null', json, null],
  ['a byte order mark', '\u{feff}{"a":1}', json, { a: 1 }],
  ['an empty body', '', json, undefined],
  ['white space only', ' \r\n', json, undefined],
  ['no body', null, json, undefined],
])('reads %s', async (_, body, contentType, value) => {
  expect((await answering(body, contentType)).json()).toEqual(value)
})

test('law: any JSON comes back as it was, however it is cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.integer({ min: 1, max: 9 }), async (value, size) => {
      const text = JSON.stringify(value)
      const bytes = new TextEncoder().encode(text)
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.slice(index * size, (index + 1) * size),
      )
      expect((await answering(ReadableStream.from(chunks) as ReadableStream)).json()).toEqual(
        JSON.parse(text),
      )
    }),
  )
})

test('malformed answers to reads are worth another try, to writes are not', async () => {
  const { client } = harness(() => new Response('<html>', { headers: { 'x-request-id': 'r1' } }))
  const malformed = (answer: { json(): unknown }) => {
    try {
      return answer.json()
    } catch (error) {
      return error
    }
  }
  const read = malformed(await client.request(get))
  expect(read).toMatchObject({ code: 'malformed-response', retryable: true, status: 200, requestId: 'r1' })
  expect(malformed(await client.request(post))).toMatchObject({ retryable: false })
})

test('reading stops at maxResponseBytes', async () => {
  let sent = 0
  let cancelled = false
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1
      controller.enqueue(new Uint8Array(1_024))
    },
    cancel() {
      cancelled = true
    },
  })
  const { client, requests } = harness(() => new Response(endless), { maxResponseBytes: 10_000 })
  const error = await errorOf(client.request(get))
  expect(error).toBeInstanceOf(ResponseTooLargeError)
  expect(error).toMatchObject({ code: 'response-too-large', retryable: false, status: 200 })
  expect(sent).toBeLessThan(15)
  expect(cancelled).toBe(true)
  expect(requests).toHaveLength(1)
})

test('an answer of exactly maxResponseBytes is read', async () => {
  const { client } = harness(() => new Response('x'.repeat(100)), { maxResponseBytes: 100 })
  expect((await client.request(get)).text).toHaveLength(100)
})

test.each([
  ['{"error":{"code":"0x1"}}', { error: { code: '0x1' } }],
  ['<html>bad gateway</html>', '<html>bad gateway</html>'],
  ['', undefined],
  ['{"cut":', '{"cut":'],
])('the body of an error status is parsed as far as possible: %s', async (body, expected) => {
  const { client } = harness(() => new Response(body, { status: 400 }))
  expect(await errorOf(client.request(get))).toHaveProperty('body', expected)
})
