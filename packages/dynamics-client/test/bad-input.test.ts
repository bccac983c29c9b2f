import { ForeignOriginError, isMalformedResponseError, isResponseTooLargeError } from '@dynacamp/http'
import { describe, expect, test } from 'vitest'
import {
  boolean,
  choice,
  DynamicsError,
  dateOnly,
  dateTime,
  defineTable,
  isNotFound,
  RowProblemsError,
  text,
  UnexpectedResponseError,
} from '../src/index.ts'
import { apiUrl, jsonResponse, scripted } from './scripted-fetch.ts'

const id = '7d577253-3ef0-4a0a-bb7f-8335c2596e70'
const person = defineTable({
  entitySet: 'contacts',
  logicalName: 'contact',
  primaryId: 'contactid',
  columns: {
    lastname: text(),
    donotbulkemail: boolean(),
    statuscode: choice(),
    birthdate: dateOnly(),
    modifiedon: dateTime(),
  },
})
const row = {
  contactid: id,
  lastname: 'Ek',
  donotbulkemail: false,
  statuscode: 1,
  birthdate: '1990-01-31',
  modifiedon: '2026-01-05T08:00:00Z',
}

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.unreachable('should have been refused'),
    (error: unknown) => error,
  )
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
const html = () => new Response('<html>down</html>', { headers: { 'content-type': 'text/html' } })

describe('a body that is not the JSON it should be', () => {
  test('HTML, truncated JSON and a wrong content type are malformed responses', async () => {
    const bodies = [
      html,
      () => new Response('{"value":[{"cont', { headers: { 'content-type': 'application/json' } }),
      () => new Response('true', { headers: { 'content-type': 'text/plain' } }),
    ]
    for (const body of bodies) {
      const { client } = scripted(body)
      expect(await rejection(client.table(person).get(id))).toSatisfy(isMalformedResponseError)
      expect(await rejection(collect(client.table(person).list()))).toSatisfy(isMalformedResponseError)
    }
  })

  test('an empty body where rows should be is malformed, and no empty list', async () => {
    const { client } = scripted(() => new Response(null, { status: 200 }))
    expect(await rejection(collect(client.table(person).list()))).toSatisfy(isMalformedResponseError)
    expect(await rejection(client.whoAmI())).toSatisfy(isMalformedResponseError)
  })

  test('an error page of a gateway is an error with its status', async () => {
    const { client } = scripted(() => new Response('<html>414</html>', { status: 414 }))
    expect(await rejection(client.table(person).get(id))).toMatchObject({
      name: 'DynamicsError',
      status: 414,
      dataverseCode: undefined,
    })
  })

  test('a gigantic body is not read to its end', async () => {
    const { client } = scripted(() => jsonResponse({ value: ['x'.repeat(2_000)] }), {
      maxResponseBytes: 1_000,
    })
    expect(await rejection(collect(client.table(person).list()))).toSatisfy(isResponseTooLargeError)
  })
})

describe('an answer that contradicts itself', () => {
  test('a 200 that carries an error is that error', async () => {
    const error = { error: { code: '0x80040217', message: 'Entity Does Not Exist' } }
    const { client } = scripted(() => jsonResponse(error))
    expect(await rejection(client.table(person).get(id))).toSatisfy(isNotFound)
  })

  test('a create that does not say where the row is names the missing header', async () => {
    const { client } = scripted(() => new Response(null, { status: 204 }))
    const error = await rejection(client.table(person).create({ lastname: 'Ek' }))
    expect(error).toBeInstanceOf(UnexpectedResponseError)
    expect(error).toMatchObject({
      operation: 'contacts.create',
      issues: [{ path: 'OData-EntityId (header)' }],
    })
  })

  test('a missing or mistyped key names endpoint and path', async () => {
    const { client } = scripted(() => jsonResponse({ UserId: id, BusinessUnitId: 7 }))
    const error = await rejection(client.whoAmI())
    expect(error).toMatchObject({
      code: 'unexpected-response',
      operation: 'whoAmI',
      url: `${apiUrl}/WhoAmI`,
      issues: [{ path: 'BusinessUnitId' }, { path: 'OrganizationId' }],
    })
  })

  test('a count that is no number is refused', async () => {
    const { client } = scripted(() => new Response('many', { headers: { 'content-type': 'text/plain' } }))
    expect(await rejection(client.table(person).count())).toBeInstanceOf(UnexpectedResponseError)
  })

  test('a change feed that ends without a delta link is no complete feed', async () => {
    const { client } = scripted(() => jsonResponse({ value: [row] }))
    const feed = client.table(person).changes()
    expect(await rejection(collect(feed))).toMatchObject({ issues: [{ path: '@odata.deltaLink' }] })
    expect(feed.deltaLink).toBeUndefined()
  })
})

describe('links', () => {
  test('a page that links to itself ends with an error', async () => {
    const link = `${apiUrl}/contacts?$skiptoken=1`
    const { client, requests } = scripted(() => jsonResponse({ value: [], '@odata.nextLink': link }))
    expect(await rejection(collect(client.table(person).list()))).toMatchObject({
      issues: [{ path: '@odata.nextLink' }],
    })
    expect(requests.length).toBeLessThan(4)
  })

  test('a circle of several pages ends with an error', async () => {
    const { client, requests } = scripted((_, index) =>
      jsonResponse({ value: [], '@odata.nextLink': `${apiUrl}/contacts?$skiptoken=${index % 7}` }),
    )
    expect(await rejection(collect(client.table(person).list()))).toBeInstanceOf(UnexpectedResponseError)
    expect(requests.length).toBeLessThan(50)
  })

  test('a next link, delta link or token to another host is never called', async () => {
    const elsewhere = 'https://evil.example/api/data/v9.2/contacts'
    const { client, requests } = scripted(() => jsonResponse({ value: [row], '@odata.nextLink': elsewhere }))
    const contacts = client.table(person)
    const seen: unknown[] = []
    const reading = async () => {
      for await (const each of contacts.list()) seen.push(each)
    }
    expect(await rejection(reading())).toBeInstanceOf(ForeignOriginError)
    expect(seen).toHaveLength(1)
    expect(await rejection(collect(contacts.changes({ deltaLink: elsewhere })))).toBeInstanceOf(
      ForeignOriginError,
    )
    const custom = client.request({ operation: 'custom', method: 'GET', path: elsewhere })
    expect(await rejection(custom)).toBeInstanceOf(ForeignOriginError)
    const resumed = contacts.list().byPage({ continuationToken: elsewhere })
    expect(await rejection(collect(resumed))).toBeInstanceOf(ForeignOriginError)
    expect(requests.every((request) => request.url.startsWith(apiUrl))).toBe(true)
  })

  test('a redirect to another host is not followed', async () => {
    const { client, requests } = scripted(
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
    )
    expect(await rejection(client.whoAmI())).toBeInstanceOf(ForeignOriginError)
    expect(requests).toHaveLength(1)
  })
})

describe('rows', () => {
  const other = { ...row, contactid: '00000000-0000-0000-0000-000000000002' }

  test('one that is not as the schema says takes neither its page nor the next down', async () => {
    const bad = { ...other, lastname: 7 }
    const { client } = scripted((_, index) =>
      index === 0
        ? jsonResponse({ value: [bad, row], '@odata.nextLink': `${apiUrl}/contacts?$skiptoken=2` })
        : jsonResponse({ value: [row] }),
    )
    const contacts = client.table(person)
    const [page] = await collect(contacts.list().byPage())
    expect(page?.rows).toEqual([row])
    expect(page?.problems).toMatchObject([
      { entitySet: 'contacts', id: bad.contactid, issues: [{ path: 'lastname' }] },
    ])
  })

  test('problems that nobody asked about are thrown after the last row', async () => {
    const { client } = scripted(() => jsonResponse({ value: [{ ...other, lastname: 7 }, null, row] }))
    const seen: unknown[] = []
    const reading = async () => {
      for await (const each of client.table(person).list()) seen.push(each)
    }
    const error = await rejection(reading())
    expect(seen).toEqual([row])
    expect(error).toBeInstanceOf(RowProblemsError)
    expect(error).toMatchObject({ count: 2 })
    expect(JSON.stringify(error)).not.toContain('Ek')
  })

  test('nulls everywhere are rows, unknown keys and options are kept', async () => {
    const nulls = {
      contactid: id,
      lastname: null,
      donotbulkemail: null,
      statuscode: null,
      birthdate: null,
      modifiedon: null,
    }
    const strange = { ...row, statuscode: 804_240_004, new_unheard: { of: [1] } }
    const links = { '@odata.nextLink': null, '@odata.deltaLink': null, '@odata.count': null }
    const { client } = scripted(() => jsonResponse({ value: [nulls, strange], ...links }))
    expect(await collect(client.table(person).list())).toEqual([nulls, strange])
  })

  test('a null id, a missing column and dates that are zeroes are problems', async () => {
    const { lastname: _, ...without } = row
    const bad = [
      { ...row, contactid: null },
      without,
      { ...row, birthdate: '0000-00-00' },
      { ...row, modifiedon: '0000-00-00T00:00:00Z' },
    ]
    const { client } = scripted(() => jsonResponse({ value: bad }))
    const [page] = await collect(client.table(person).list().byPage())
    expect(page?.rows).toEqual([])
    expect(page?.problems.map((problem) => problem.issues[0]?.path)).toEqual([
      'contactid',
      'lastname',
      'birthdate',
      'modifiedon',
    ])
  })

  test('a deletion without a usable id is a problem in the feed, not a deletion', async () => {
    const gone = { '@odata.context': `${apiUrl}/$metadata#contacts/$deletedEntity`, reason: 'deleted' }
    const { client } = scripted(() =>
      jsonResponse({
        value: [
          { ...gone, id },
          { ...gone, id: `${apiUrl}/contacts(${id})` },
          { ...gone, id: 'x' },
        ],
        '@odata.deltaLink': `${apiUrl}/contacts?$deltatoken=2`,
      }),
    )
    const changes = await collect(client.table(person).changes())
    expect(changes.map((change) => change.kind)).toEqual(['deletion', 'deletion', 'problem'])
  })
})

test('no error carries the token', async () => {
  const { client } = scripted(() => jsonResponse({ error: { code: '0x80040203', message: 'no' } }, 400))
  const error = await rejection(client.whoAmI())
  expect(error).toBeInstanceOf(DynamicsError)
  expect(JSON.stringify(error)).not.toContain('secret-token')
})
