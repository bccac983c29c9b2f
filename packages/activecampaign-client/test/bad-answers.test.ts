import { isHttpError, isMalformedResponseError } from '@dynacamp/http'
import { describe, expect, test } from 'vitest'
import { failureOf, scriptedService } from './scripted-service.ts'

const contact = { id: '7', email: 'mila@example.com', firstName: 'Mila', lastName: 'Novak', phone: '' }

describe('an answer that is no JSON', () => {
  test.each([
    [
      'HTML where JSON should be',
      { text: '<html>Just a moment...</html>', headers: { 'content-type': 'text/html' } },
    ],
    ['JSON that is cut short', { text: '{"contact":{"id":"7","em' }],
    ['a wrong content type', { text: 'OK', headers: { 'content-type': 'text/plain' } }],
  ])('%s is a malformed response, not a contact', async (_, answer) => {
    const { client } = scriptedService(answer)
    expect(isMalformedResponseError(await failureOf(client.contacts.get('7')))).toBe(true)
  })

  test('an empty body where a contact should be names the missing key', async () => {
    const { client } = scriptedService({ text: '' })
    expect(await failureOf(client.contacts.get('7'))).toMatchObject({
      code: 'malformed-response',
      problems: [{ path: 'contact' }],
      message: expect.stringContaining('GET contacts/7'),
    })
  })

  test('an empty body after a delete is a success', async () => {
    const { client } = scriptedService({ text: '' })
    expect(await client.contacts.delete('7')).toEqual({ existed: true })
  })
})

test('a gigantic answer is not read to its end', async () => {
  const { client } = scriptedService({ text: `{"contact":"${'a'.repeat(65 * 1024 * 1024)}"}` })
  expect(await failureOf(client.contacts.get('7'))).toMatchObject({ code: 'response-too-large' })
})

describe('an answer that is JSON of another shape', () => {
  test('a missing key that is used is an error naming endpoint and path', async () => {
    const { client } = scriptedService({ json: { contact: { ...contact, id: undefined } } })
    const error = await failureOf(client.contacts.get('7'))
    expect(error).toMatchObject({ code: 'malformed-response', problems: [{ path: 'contact.id' }] })
    expect(error).toMatchObject({
      message: expect.stringContaining('contacts.get: the answer of GET contacts/7'),
    })
  })

  test.each([null, 'contacts', { 0: contact }, 12])(
    '%j where a list should be is an error',
    async (contacts) => {
      const { client } = scriptedService({ json: { contacts } })
      const error = await failureOf(client.contacts.list().toArray())
      expect(error).toMatchObject({ code: 'malformed-response', problems: [{ path: 'contacts' }] })
    },
  )

  test('unknown keys are kept under extra and break nothing', async () => {
    const { client } = scriptedService({
      json: { contact: { ...contact, mood: { today: 'fine' } }, news: [] },
    })
    const read = await client.contacts.get('7')
    expect(read.contact.extra).toEqual({ mood: { today: 'fine' } })
  })

  test('nulls everywhere but in the id read as nothing', async () => {
    const nulls = Object.fromEntries(
      ['email', 'cdate', 'udate', 'deleted', 'bounced_hard', 'bounced_date', 'orgid', 'accountContacts'].map(
        (key) => [key, null],
      ),
    )
    const { client } = scriptedService({ json: { contact: { ...nulls, id: 7 }, fieldValues: null } })
    expect((await client.contacts.get('7')).contact).toMatchObject({
      id: '7',
      email: '',
      cdate: null,
      deleted: false,
      bounced_hard: null,
      bounced_date: null,
      orgid: null,
      accountContacts: [],
    })
  })

  test('a field type that nobody knows yet is passed on', async () => {
    const { client } = scriptedService({
      json: { field: { id: 3, title: 'Mood', type: 'hologram', perstag: 'MOOD' } },
    })
    expect((await client.fields.create({ title: 'Mood', type: 'text' })).type).toBe('hologram')
  })
})

describe('a row that cannot be read', () => {
  const answer = {
    json: { contacts: [contact, { ...contact, id: 8, cdate: 'yesterday' }, { ...contact, id: 9 }] },
  }

  test('leaves the other rows of its page, and is named after the last one', async () => {
    const { client } = scriptedService(answer)
    const read: string[] = []
    const work = (async () => {
      for await (const row of client.contacts.list()) read.push(row.id)
    })()
    expect(await failureOf(work)).toMatchObject({
      code: 'malformed-rows',
      rows: [{ operation: 'contacts.list', id: '8', problems: [{ path: 'contacts.1.cdate' }] }],
    })
    expect(read).toEqual(['7', '9'])
  })

  test('is handed over with its page to whoever reads by page', async () => {
    const { client } = scriptedService(answer)
    for await (const page of client.contacts.list().byPage()) {
      expect(page.rows.map((row) => row.id)).toEqual(['7', '9'])
      expect(page.problems).toMatchObject([{ id: '8' }])
    }
    expect.assertions(2)
  })
})

describe('a list that never ends', () => {
  const page = (start: number, step = 1) =>
    Array.from({ length: 100 }, (_, index) => ({ id: start + index * step }))

  test('when the service ignores offset', async () => {
    const tags = page(1).map(({ id }) => ({ id, tag: `t${id}` }))
    const { client, requests } = scriptedService({ json: { tags, meta: { total: '250' } } })
    expect(await failureOf(client.tags.list().toArray())).toMatchObject({ code: 'endless-paging' })
    expect(requests).toHaveLength(2)
  })

  test('when it ignores offset and tells no total, what came first was all', async () => {
    const contactTags = page(1).map(({ id }) => ({ id, tag: id, contact: 7 }))
    const { client } = scriptedService({ json: { contactTags } })
    expect(await client.contactTags.listForContact('7').toArray()).toHaveLength(100)
  })

  test('when it ignores id_greater', async () => {
    const { client, requests } = scriptedService({ json: { contacts: page(1), meta: { total: '1000' } } })
    expect(await failureOf(client.contacts.list().toArray())).toMatchObject({ code: 'endless-paging' })
    expect(requests).toHaveLength(2)
  })

  test('when it ignores the order', async () => {
    const { client } = scriptedService({ json: { contacts: page(900, -1), meta: { total: '1000' } } })
    expect(await failureOf(client.contacts.list().toArray())).toMatchObject({ code: 'endless-paging' })
  })
})

describe('a redirect', () => {
  test('to another host gets no key', async () => {
    const { client, requests } = scriptedService({
      status: 302,
      headers: { location: 'https://evil.example/api/3' },
    })
    expect(await failureOf(client.me())).toMatchObject({ code: 'foreign-origin' })
    expect(requests.map((request) => new URL(request.url).host)).toEqual(['example.api-us1.com'])
  })
})

describe('an e-mail address', () => {
  test('in a query appears in no event and no error', async () => {
    const { client, events } = scriptedService({ status: 500, json: { message: 'no mila@example.com here' } })
    const error = await failureOf(client.contacts.list({ email: 'mila@example.com' }).toArray())
    expect(isHttpError(error) && JSON.stringify([error.message, error, events])).not.toContain('mila')
    expect(events.length).toBeGreaterThan(0)
  })

  test('in a path appears in no event and no error', async () => {
    const { client, events } = scriptedService({ status: 404, json: { message: 'No Result found for User' } })
    const error = await failureOf(client.users.getByEmail('mila@example.com'))
    expect(error).toMatchObject({ code: 'not-found' })
    expect(isHttpError(error) && JSON.stringify([error.message, error, events])).not.toContain('mila')
  })

  test('in the words of the service appears in no error', async () => {
    const { client } = scriptedService({
      status: 422,
      json: { errors: [{ title: 'mila@example.com is taken' }] },
    })
    const error = await failureOf(client.contacts.create({ email: 'mila@example.com' }))
    expect(isHttpError(error) && JSON.stringify([error.message, error])).not.toContain('mila')
  })
})

describe('an id that is none', () => {
  test.each(['', '.', '..'])('%j is refused before anything is sent', async (id) => {
    const { client, requests } = scriptedService()
    expect(await failureOf((async () => client.contacts.delete(id))())).toMatchObject({
      code: 'invalid-argument',
    })
    expect(requests).toEqual([])
  })

  test('cannot leave its place in the path', async () => {
    const { client, requests } = scriptedService()
    await client.contacts.delete('7/contactTags?x=1#')
    expect(requests[0]?.url).toBe('https://example.api-us1.com/api/3/contacts/7%2FcontactTags%3Fx%3D1%23')
  })
})
