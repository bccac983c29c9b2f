import { isUnknownOutcomeError } from '@dynacamp/http'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { account, changeSet, contact, createdInChangeSet, InvalidArgumentError } from '../src/index.ts'
import { apiUrl, jsonResponse, scripted } from './scripted-fetch.ts'

const id = '7d577253-3ef0-4a0a-bb7f-8335c2596e70'
const entityId = (set: string) => `OData-EntityId: ${apiUrl}/${set}(${id})`
const http = ['Content-Type: application/http', 'Content-Transfer-Encoding: binary']
const noContent = (set: string, contentId?: number) =>
  [
    ...http,
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    'HTTP/1.1 204 No Content',
    'OData-Version: 4.0',
    entityId(set),
    '',
    '',
    '',
  ].join('\r\n')
const refusal = (code: string) =>
  [
    ...http,
    '',
    'HTTP/1.1 400 Bad Request',
    'REQ_ID: 5fe339e5-c75e-4dad-9597-b257a0ea2b0b',
    'Content-Type: application/json; odata.metadata=minimal',
    '',
    JSON.stringify({ error: { code, message: 'A validation error occurred.' } }),
  ].join('\r\n')
const multipart = (boundary: string, parts: readonly string[]) =>
  `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`
const changeSetPart = (parts: readonly string[]) =>
  `Content-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n${multipart('changesetresponse_1', parts)}`
const batchResponse = (parts: readonly string[], status = 200) =>
  new Response(multipart('batchresponse_1', parts), {
    status,
    headers: { 'content-type': 'multipart/mixed; boundary=batchresponse_1' },
  })

const sent = async (run: (client: ReturnType<typeof scripted>['client']) => Promise<unknown>) => {
  const { client, requests } = scripted(() => new Response(null, { status: 501 }))
  await run(client).catch(() => undefined)
  return (await requests[0]?.text()) ?? ''
}

describe('the body of a batch', () => {
  test('is written as the standard says, every line ending in CRLF', async () => {
    const text = await sent((client) =>
      client.batch([
        client.table(contact).prepare.list({ select: ['fullname'], top: 1 }),
        changeSet([
          client.table(account).prepare.create({ name: 'Contoso' }),
          client.table(contact).prepare.create({ parentcustomerid: createdInChangeSet(account, 1) }),
        ]),
      ]),
    )
    expect(text.replaceAll('\r\n', '|')).toBe(
      [
        '--batch',
        ...http,
        '',
        'GET /api/data/v9.2/contacts?$select=fullname&$top=1 HTTP/1.1',
        'Accept: application/json',
        '',
        '',
        '--batch',
        'Content-Type: multipart/mixed;boundary="changeset"',
        '',
        '--changeset',
        ...http,
        'Content-ID: 1',
        '',
        'POST /api/data/v9.2/accounts HTTP/1.1',
        'Accept: application/json',
        'Content-Type: application/json;type=entry',
        '',
        '{"name":"Contoso"}',
        '--changeset',
        ...http,
        'Content-ID: 2',
        '',
        'POST /api/data/v9.2/contacts HTTP/1.1',
        'Accept: application/json',
        'Content-Type: application/json;type=entry',
        '',
        '{"parentcustomerid_account@odata.bind":"$1"}',
        '--changeset--',
        '',
        '--batch--',
        '',
      ].join('|'),
    )
  })

  test('law: no value can end a part, whatever it contains', async () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('--batch', 'batch_1', '\r\n--batch--\r\n', 'changeset'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 4 }), async (names) => {
        const text = await sent((client) =>
          client.batch(names.map((name) => client.table(account).prepare.create({ name }))),
        )
        const boundary = /^--(\S+)/.exec(text)?.[1] ?? ''
        expect(text.split(`--${boundary}`)).toHaveLength(names.length + 2)
      }),
      { numRuns: 50 },
    )
  })

  test('acts as the impersonated user in every part', async () => {
    const text = await sent((client) => {
      const other = client.actingAs({ systemUserId: id })
      return other.batch([other.table(contact).prepare.delete(id)])
    })
    expect(text).toContain(`\r\nMSCRMCallerID: ${id}\r\n`)
  })

  test('is refused before it is sent when it cannot be valid', async () => {
    const { client, requests } = scripted(() => new Response(null, { status: 501 }))
    const { prepare } = client.table(contact)
    const one = prepare.delete(id)
    const invalid = [
      [changeSet([prepare.get(id)])],
      [changeSet([])],
      Array.from({ length: 1_001 }, () => one),
      [{ ...one, path: 'https://evil.example/contacts' }],
      [{ ...one, headers: { 'If-Match': 'a\r\nb' } }],
    ]
    for (const items of invalid) await expect(client.batch(items)).rejects.toThrow(InvalidArgumentError)
    expect(await client.batch([])).toEqual([])
    expect(requests).toEqual([])
  })
})

describe('the answer to a batch', () => {
  const items = (client: ReturnType<typeof scripted>['client']) => {
    const { prepare } = client.table(contact)
    return [prepare.update(id, { lastname: 'A' }), prepare.update(id, { lastname: 'B' }), prepare.delete(id)]
  }

  test('is matched to the requests in their order, failures with their own error', async () => {
    const { client } = scripted(() =>
      batchResponse([noContent('contacts'), refusal('0x80044331'), noContent('contacts')]),
    )
    const outcomes = await client.batch(items(client), { continueOnError: true })
    expect(outcomes).toMatchObject([
      { outcome: 'done', responses: [{ status: 204, id }] },
      {
        outcome: 'failed',
        error: {
          dataverseCode: '0x80044331',
          operation: 'contacts.update',
          requestId: '5fe339e5-c75e-4dad-9597-b257a0ea2b0b',
        },
      },
      { outcome: 'done' },
    ])
  })

  test('that stops at a failure leaves the rest skipped', async () => {
    const { client } = scripted(() => batchResponse([noContent('contacts'), refusal('0x80044331')], 400))
    const outcomes = await client.batch(items(client))
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'skipped'])
  })

  test('of a change set is matched by Content-ID', async () => {
    const { client } = scripted(() =>
      batchResponse([changeSetPart([noContent('contacts', 2), noContent('accounts', 1)])]),
    )
    const [outcome] = await client.batch([
      changeSet([
        client.table(account).prepare.create({ name: 'Contoso' }),
        client.table(contact).prepare.create({ lastname: 'Ek' }),
      ]),
    ])
    const sets =
      outcome?.outcome === 'done' ? outcome.responses.map(({ headers }) => headers.get('odata-entityid')) : []
    expect(sets).toEqual([`${apiUrl}/accounts(${id})`, `${apiUrl}/contacts(${id})`])
  })

  test('of a change set that was rolled back is one failure', async () => {
    const { client } = scripted(() => batchResponse([refusal('0x80040237')], 400))
    const create = client.table(account).prepare.create({ name: 'Contoso' })
    expect(await client.batch([changeSet([create, create])])).toMatchObject([
      { outcome: 'failed', error: { dataverseCode: '0x80040237' } },
    ])
  })

  test('without its header is still read, and bodies are JSON', async () => {
    const part = `${http.join('\r\n')}\r\n\r\nHTTP/1.1 200 OK\r\nOData-Version: 4.0\r\n\r\n{"value":[{"a":1}]}`
    const { client } = scripted(() => new Response(multipart('batchresponse_2', [part])))
    const [outcome] = await client.batch([client.table(contact).prepare.list()])
    expect(outcome?.outcome === 'done' && outcome.responses[0].json()).toEqual({ value: [{ a: 1 }] })
  })

  test('that was cut short is no success: the outcome of writes is unknown', async () => {
    const whole = multipart('batchresponse_1', [noContent('contacts'), noContent('contacts')])
    const { client } = scripted(
      () =>
        new Response(whole.slice(0, whole.length / 2), {
          headers: { 'content-type': 'multipart/mixed; boundary=batchresponse_1' },
        }),
    )
    const { prepare } = client.table(contact)
    const create = prepare.create({ lastname: 'Ek' })
    await expect(client.batch([create, create])).rejects.toSatisfy(isUnknownOutcomeError)
  })

  test('that has fewer parts than requests, and no failure, is no success', async () => {
    const { client } = scripted(() => batchResponse([noContent('contacts')]))
    await expect(client.batch(items(client))).rejects.toMatchObject({ code: 'unexpected-response' })
  })

  test('that refuses the batch as a whole is an error', async () => {
    const { client } = scripted(() =>
      jsonResponse({ error: { code: '0x80060888', message: 'Content-ID header not present' } }, 400),
    )
    await expect(client.batch(items(client))).rejects.toMatchObject({ dataverseCode: '0x80060888' })
  })
})
