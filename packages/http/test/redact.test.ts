import { inspect } from 'node:util'
import { HttpStatusError, isHttpError, redactEmails, redactUrl } from '@dynacamp/http'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorOf, get, harness } from './support/harness.ts'

test('law: no e-mail address survives in a URL, raw or encoded once or twice, in path or query', async () => {
  const encodings = [
    (text: string) => text,
    encodeURIComponent,
    (text: string) => encodeURIComponent(encodeURIComponent(text)),
    (text: string) => `%27${encodeURIComponent(text)}%27`,
  ]
  const places = [
    (text: string) => `https://localhost/contacts/${text}`,
    (text: string) => `https://localhost/contacts?email=${text}&limit=1`,
    (text: string) => `https://localhost/contacts(emailaddress1='${text}')?$select=a`,
    (text: string) => `https://localhost/c?$filter=emailaddress1%20eq%20'${text}'`,
  ]
  fc.assert(
    fc.property(
      fc.emailAddress(),
      fc.constantFrom(...encodings),
      fc.constantFrom(...places),
      (email, encode, place) => {
        const shown = redactUrl(place(encode(email)))
        const domain = email.slice(email.indexOf('@') + 1)
        expect(shown).not.toContain(domain)
      },
    ),
  )
})

test.each([
  ['https://user:pass@example.com/a', 'https://example.com/a'],
  ['https://example.com/a?api_key=k&x=1', 'https://example.com/a?api_key=***&x=1'],
  ['https://example.com/a?Access_Token=k#frag', 'https://example.com/a?Access_Token=***'],
  ['https://example.com/a?$skiptoken=%3Ccookie', 'https://example.com/a?$skiptoken=***'],
  ['https://example.com/a?%24skiptoken=abc', 'https://example.com/a?%24skiptoken=***'],
  ['https://example.com/a?b?c=1', 'https://example.com/a?b?c=1'],
  ['https://example.com/a?%E0%A4%A=1', 'https://example.com/a?%E0%A4%A=1'],
])('shows %s as %s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown)
})

test('redacting twice is redacting once', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), fc.emailAddress(), (url, email) => {
      const once = redactUrl(`${url}&e=${email}`)
      expect(redactUrl(once)).toBe(once)
    }),
  )
})

test.each([
  ['duplicate of ada@example.org (id 7)', 'duplicate of ***@*** (id 7)'],
  ["user 'ada@example.org' is off", "user ***@***' is off"],
  ['mail o%27neil%40example.org now', 'mail ***@*** now'],
  ['set parentcustomerid_account@odata.bind', 'set parentcustomerid_account@odata.bind'],
  ['ask ada@odata.io and ada@odata.id.io', 'ask ***@*** and ***@***'],
  ['read x@Microsoft.Dynamics.CRM.morerecords', 'read x@Microsoft.Dynamics.CRM.morerecords'],
  ["contacts(name=@p1)?@p1='x.y'", "contacts(name=@p1)?@p1='x.y'"],
])('text keeps what is no address: %s', (text, shown) => {
  expect(redactEmails(text)).toBe(shown)
})

test('a megabyte of text without an address takes no quadratic time', () => {
  const text = 'x'.repeat(1_000_000)
  expect(redactEmails(text)).toBe(text)
})

test('an error prints, serialises and enumerates without secrets, bodies and addresses', async () => {
  const { client } = harness(
    () => Response.json({ secret: 'hush' }, { status: 400, headers: { 'x-s': 'hush' } }),
    {
      authorize: async () => ({ authorization: 'Bearer hush' }),
    },
  )
  const query = { email: 'ada@example.org', token: 'hush' }
  const error = await errorOf(client.request({ ...get, query, headers: { 'x-t': 'hush' } }))
  expect(error).toBeInstanceOf(HttpStatusError)
  expect(isHttpError(error)).toBe(true)
  for (const shown of [
    JSON.stringify(error),
    inspect(error, { depth: 9 }),
    `${error}`,
    (error as Error).stack,
  ]) {
    expect(shown).not.toMatch(/hush|ada|example\.org/)
  }
  expect(Object.keys(error as object)).not.toContain('body')
  expect(error).toHaveProperty('body', { secret: 'hush' })
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'HttpStatusError',
    code: 'http-status',
    message: 'things.get: GET https://api.example.com/v1/things/1?email=***@***&token=*** answered 400',
    operation: 'things.get',
    method: 'GET',
    url: 'https://api.example.com/v1/things/1?email=***@***&token=***',
    status: 400,
    retryable: false,
    attempts: 1,
  })
})

test('a network error prints without the request that failed', async () => {
  const { client } = harness(
    (request) => {
      throw new TypeError(`fetch failed for ${request.url}`)
    },
    { authorize: async () => ({ authorization: 'Bearer hush' }), retry: { maxAttempts: 1 } },
  )
  const error = await errorOf(client.request({ ...get, query: { email: 'ada@example.org', token: 'hush' } }))
  expect(error).toMatchObject({ code: 'network' })
  expect(inspect(error, { depth: 9 })).not.toMatch(/hush|ada|example\.org/)
})
