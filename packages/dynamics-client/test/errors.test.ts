import { describe, expect, test } from 'vitest'
import {
  contact,
  DynamicsError,
  isAlreadyExists,
  isDuplicateDetected,
  isForbidden,
  isNotFound,
  isPreconditionFailed,
  isThrottled,
} from '../src/index.ts'
import { jsonResponse, scripted } from './scripted-fetch.ts'

const id = '7d577253-3ef0-4a0a-bb7f-8335c2596e70'
const refusal = (status: number, code: string, message: string, headers: Record<string, string> = {}) =>
  jsonResponse({ error: { code, message } }, status, headers)

/** The error of a read and of a write that the service refuses with this answer. */
const errorOf = async (answer: () => Response): Promise<DynamicsError> => {
  const { client } = scripted(answer)
  const error = await client
    .table(contact)
    .get(id)
    .catch((reason: unknown) => reason)
  if (error instanceof DynamicsError) return error
  throw error
}

const guards = {
  isNotFound,
  isPreconditionFailed,
  isAlreadyExists,
  isDuplicateDetected,
  isThrottled,
  isForbidden,
}

describe('guards decide by code', () => {
  const cases: readonly [number, string, string, readonly (keyof typeof guards)[]][] = [
    [404, '0x80040217', "Entity 'Contact' With Id = … Does Not Exist", ['isNotFound']],
    [404, '0x80060891', 'A record with the specified key values does not exist', ['isNotFound']],
    [404, '', 'account With Id = … Does Not Exist', ['isNotFound']],
    [404, '0x8006088A', "Resource not found for the segment 'Contact'.", []],
    [404, '', 'No HTTP resource was found that matches the request URI', []],
    [412, '0x80060882', 'The version of the existing record', ['isPreconditionFailed']],
    [412, '0x80040237', 'A record with matching key values already exists.', ['isAlreadyExists']],
    [412, '0x80060892', 'Entity Key violated.', ['isAlreadyExists']],
    [412, '0x80040333', 'a duplicate of the current record already exists.', ['isDuplicateDetected']],
    [500, '0x80040333', 'a duplicate of the current record already exists.', ['isDuplicateDetected']],
    [403, '0x80072560', 'The user is not a member of the organization.', ['isForbidden']],
    [429, '0x80072321', 'Combined execution time', ['isThrottled']],
  ]
  test.each(cases)('%i %s %s', async (status, code, message, expected) => {
    const error = await errorOf(() => refusal(status, code, message))
    const holding = Object.entries(guards).flatMap(([name, guard]) => (guard(error) ? [name] : []))
    expect(holding).toEqual(expected)
    expect(error.dataverseCode).toBe(code.toLowerCase())
  })

  test('and are false for anything else', () => {
    for (const guard of Object.values(guards)) {
      for (const other of [undefined, null, 'x', new Error('x'), { dataverseCode: '0x80040217' }]) {
        expect(guard(other)).toBe(false)
      }
    }
  })
})

test('the missing privilege is read from the message', async () => {
  const message =
    "Principal user (Id=…, type=8), is missing prvReadOpportunity privilege (Id=…) on OTC=3 for entity 'opportunity'."
  const error = await errorOf(() => refusal(403, '0x80040220', message))
  expect(error.missingPrivilege).toBe('prvReadOpportunity')
  expect(error.toJSON()).toMatchObject({
    missingPrivilege: 'prvReadOpportunity',
    dataverseCode: '0x80040220',
  })
  expect((await errorOf(() => refusal(403, '0x80072560', 'Not a member.'))).missingPrivilege).toBeUndefined()
})

test('an error names operation, status and request, and no e-mail address', async () => {
  const error = await errorOf(() =>
    refusal(400, '0x80040203', 'Invalid value ann@example.com', { 'x-ms-service-request-id': 'request-1' }),
  )
  expect(error).toMatchObject({
    operation: 'contacts.get',
    status: 400,
    requestId: 'request-1',
    retryable: false,
  })
  expect(`${error.message}${JSON.stringify(error)}`).not.toContain('ann@example.com')
})

describe('every shape of an error body is read', () => {
  const shapes: readonly [string, unknown, string | undefined, string][] = [
    ['upper case', { error: { code: '0x8004431A', message: 'a' } }, '0x8004431a', 'a'],
    ['a signed number', { error: { code: -2_147_220_969, message: 'b' } }, '0x80040217', 'b'],
    ['a number as text', { error: { code: '-2147220969', message: 'c' } }, '0x80040217', 'c'],
    ['a message with its language', { error: { code: '', message: { lang: 'en-US', value: 'd' } } }, '', 'd'],
    ['no code', { error: { message: 'e', innererror: { type: 'x' } } }, undefined, 'e'],
    ['routing', { Message: 'f' }, undefined, 'f'],
    ['something else', { fault: 'g' }, undefined, 'no Dataverse error'],
    ['a null', null, undefined, 'no Dataverse error'],
  ]
  test.each(shapes)('%s', async (_, body, code, message) => {
    const error = await errorOf(() => jsonResponse(body, 400))
    expect(error.dataverseCode).toBe(code)
    expect(error.message).toContain(message)
  })

  test('nothing at all', async () => {
    const error = await errorOf(() => new Response(null, { status: 400 }))
    expect(error.message).toBe('contacts.get: Status 400 with an empty body (400)')
  })
})

test('an unknown outcome is told in the words of the service, when it said something', async () => {
  const { client } = scripted(() => refusal(500, '0x80040216', 'An unexpected error occurred.'))
  const error = await client
    .table(contact)
    .create({ lastname: 'Ek' })
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({
    code: 'unknown-outcome',
    operation: 'contacts.create',
    cause: { name: 'DynamicsError', dataverseCode: '0x80040216' },
  })
})

describe('repeats', () => {
  const sentFor = async (answer: Response, write: boolean): Promise<number> => {
    const { client, requests } = scripted((_, index) =>
      index === 0 ? answer : jsonResponse({ contactid: id }),
    )
    const table = client.table('contacts')
    await (write ? table.create({ lastname: 'Ek' }, { returning: [] }) : table.get(id)).catch(() => undefined)
    return requests.length
  }

  test("a plug-in's refusal with status 500 is final, an unexpected error is not", async () => {
    expect(await sentFor(refusal(500, '0x80040265', 'Our plug-in says no'), false)).toBe(1)
    expect(await sentFor(refusal(500, '0x80040216', 'An unexpected error occurred.'), false)).toBe(2)
  })

  test('a deadlock and a throttled write were rolled back, so even a create is sent again', async () => {
    expect(await sentFor(refusal(500, '0x80044150', 'Generic SQL error.'), true)).toBe(2)
    expect(
      await sentFor(refusal(429, '0x80072322', 'Number of requests', { 'retry-after': '2' }), true),
    ).toBe(2)
    expect(await sentFor(refusal(500, '0x80040216', 'An unexpected error occurred.'), true)).toBe(1)
  })

  test('throttling that does not end says when to come back', async () => {
    const error = await errorOf(() =>
      refusal(429, '0x80072322', 'Number of requests', { 'retry-after': '7' }),
    )
    expect(error).toMatchObject({ retryAfterMs: 7_000, retryable: true, attempts: 5 })
  })
})
