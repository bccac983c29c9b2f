import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDynamicsSimulator } from '../../src/index.ts'
import { connect } from './client.ts'

/** Law: whatever is asked, the simulator answers, and with a refusal of the caller, never with a failure of its own. */
const words = [
  'lastname',
  'statecode',
  '_parentcustomerid_value',
  'parentcustomerid_account',
  'Contact_Tasks',
  'contactid',
  'nonsense',
  'eq',
  'ne',
  'and',
  'or',
  'not',
  'gt',
  'null',
  'true',
  '5',
  "'x'",
  "'",
  '(',
  ')',
  ',',
  '/',
  '[',
  ']',
  ':',
  ';',
  '=',
  '@p',
  '$select',
  '$filter',
  '$expand',
  '$ref',
  'any',
  'all',
  't',
  'contains',
  'asc',
  'desc',
  'aggregate',
  'groupby',
  'filter',
  '$count',
  'as',
  'with',
  'sum',
  'c',
  'Microsoft.Dynamics.CRM.In',
  'PropertyName',
  'PropertyValues',
  '2026-01-05',
  '"',
  '{',
  '}',
  '%',
  '11111111-1111-4111-8111-111111111111',
]
const text = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' '))
const tight = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((parts) => parts.join(''))
const option = fc.constantFrom(
  '$filter',
  '$orderby',
  '$expand',
  '$select',
  '$apply',
  '$top',
  '$skiptoken',
  '$deltatoken',
  'fetchXml',
  '$count',
)
const simulator = createDynamicsSimulator({ limits: { requests: 1_000_000 } })
simulator.insert('contact', {
  lastname: 'Ek',
  _parentcustomerid_value: simulator.insert('account', { name: 'Contoso' }),
})

test('any query option gets an answer', async () => {
  const call = await connect(simulator)
  await fc.assert(
    fc.asyncProperty(option, fc.oneof(text, tight, fc.string()), async (name, value) => {
      const reply = await call('GET', `contacts?${name}=${encodeURIComponent(value)}`)
      expect(reply.status).toBeLessThan(500)
      if (reply.status >= 400) expect(reply.json.error.message).toEqual(expect.any(String))
    }),
    { numRuns: 1500 },
  )
})

test('any path gets an answer', async () => {
  const call = await connect(simulator)
  const method = fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE')
  const path = fc.oneof(
    tight,
    tight.map((key) => `contacts(${key})`),
    tight.map((name) => `EntityDefinitions(LogicalName='contact')/${name}`),
  )
  await fc.assert(
    fc.asyncProperty(method, path, async (verb, at) => {
      const reply = await call(
        verb,
        at.split('/').map(encodeURIComponent).join('/'),
        verb === 'GET' || verb === 'DELETE' ? undefined : {},
      )
      expect(reply.status).toBeLessThan(500)
    }),
    { numRuns: 800 },
  )
})

test('any body gets an answer', async () => {
  const call = await connect(simulator)
  const key = fc.constantFrom(
    'lastname',
    'statecode',
    'birthdate',
    'gendercode',
    'contactid',
    'parentcustomerid_account@odata.bind',
    'parentcustomerid_account',
    'Contact_Tasks',
    'Contact_Tasks@odata.bind',
    'Targets',
    '@odata.type',
    'nonsense',
  )
  const body = fc.dictionary(key, fc.jsonValue({ maxDepth: 2 }))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        'contacts',
        'contacts/Microsoft.Dynamics.CRM.CreateMultiple',
        'Merge',
        'WinOpportunity',
      ),
      fc.oneof(body, fc.jsonValue()),
      async (path, json) => {
        const reply = await call('POST', path, JSON.stringify(json), { 'content-type': 'application/json' })
        expect(reply.status).toBeLessThan(500)
      },
    ),
    { numRuns: 800 },
  )
  for (const broken of ['', '{', '[]', 'null', '"x"', '<html>']) {
    expect((await call('POST', 'Merge', broken)).status).toBe(400)
  }
})

test('any batch gets an answer', async () => {
  const call = await connect(simulator)
  const line = fc.constantFrom(
    '--b',
    '--b--',
    '--c',
    'Content-Type: application/http',
    'Content-Type: multipart/mixed;boundary=c',
    'GET WhoAmI HTTP/1.1',
    'POST contacts HTTP/1.1',
    'Content-ID: 1',
    '',
    '{}',
    '{"lastname":"Ek"}',
    'GET $1 HTTP/1.1',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 15 }), async (lines) => {
      const reply = await call('POST', '$batch', lines.join('\r\n'), {
        'content-type': 'multipart/mixed;boundary=b',
      })
      expect(reply.status).toBeLessThan(500)
    }),
    { numRuns: 500 },
  )
})
