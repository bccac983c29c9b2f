import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { JsonValue } from '@dynacamp/simulators'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkExchange } from '../conformance/check.ts'
import { lostFields } from '../conformance/compare-decoded.ts'
import { endpointOf } from '../conformance/endpoint.ts'
import { exceptions } from '../conformance/exceptions.ts'
import { type Exchange, readExchanges } from '../conformance/exchange.ts'
import { createReport } from '../conformance/report.ts'
import { shapeDifferences } from '../conformance/shape.ts'

const root = 'https://contoso.crm4.dynamics.com/api/data/v9.2'

interface Parts {
  readonly headers?: Record<string, string>
  readonly method?: string
  readonly path: string
  readonly query?: Record<string, string>
  readonly body?: JsonValue
  readonly status?: number
  readonly answer?: JsonValue
  readonly quality?: string
}

function exchange({
  method = 'GET',
  path,
  query = {},
  headers = {},
  body = null,
  status = 200,
  answer = {},
  quality = 'recorded',
}: Parts): Exchange {
  const parts = {
    source: 'made up for this test',
    quality,
    request: { method, path, query, headers, body },
    response: { status, headers: {}, body: answer },
  }
  return { ...JSON.parse(JSON.stringify(parts)), file: 'made-up.json' }
}

const problemsOf = async (parts: Parts) => {
  const verdicts = await checkExchange(exchange(parts))
  return Object.fromEntries(verdicts.map(({ check, problems }) => [check, problems.join('; ')]))
}

const tag = {
  tag: 'Met',
  tagType: 'contact',
  description: '',
  cdate: '2026-05-28T04:00:00-05:00',
  id: '3',
  links: { contactGoalTags: 'x' },
}

describe('endpoints', () => {
  it.each([
    ['/api/3/contacts/12/fieldValues', '/contacts/{id}/fieldValues'],
    ['/api/3/contacts/{contactId}/trackingLogs', '/contacts/{id}/trackingLogs'],
    ['/api/3/users/email/ada@example.com', '/users/email/{id}'],
    ['/api/3/automations/Id of the automation', '/automations/{id}'],
    ['/api/3/dealGroups/', '/dealGroups/{id}'],
    ['/api/data/v9.0/accounts(00000000-0000-0000-0000-000000000001)/name', '/accounts({id})/name'],
    ['/org1/api/data/v9.2/leads', '/leads'],
    ['/api/data/v9.2/rows(key1=2,key2=3)', '/rows({key})'],
    ["/api/data/v9.2/EntityDefinitions(LogicalName='account')", '/EntityDefinitions({key})'],
    ['/api/data/v8.2/rows(00000000-0000-0000-0000-000000000001)/FUN(a=@p1)', '/rows({id})/FUN({parameters})'],
  ])('%s is %s', (path, pattern) => {
    expect(endpointOf(exchange({ path })).pattern).toBe(pattern)
  })
})

describe('shapes', () => {
  it.each<[string, JsonValue, JsonValue, string[]]>([
    ['equal keys and types', { a: 'x', b: [{ c: 1 }] }, { a: 'y', b: [{ c: 2 }, { c: 3 }] }, []],
    ['null on either side', { a: null, b: 'x' }, { a: 4, b: null }, []],
    ['a missing key', { a: 1, b: 2 }, { a: 1 }, ['b is missing']],
    ['an extra key', { a: 1 }, { a: 1, b: 2 }, ['b is not in the recording']],
    ['another type', { a: '1' }, { a: 1 }, ['a is a number, recorded as a string']],
    ['a list for an object', { a: {} }, { a: [] }, ['a is a list, recorded as an object']],
    ['an empty list', { a: [{ b: 1 }] }, { a: [] }, ['a is empty, recorded with rows']],
    ['a row without a key that all recorded rows have', [{ b: 1, c: 1 }], [{ b: 1 }], ['[].c is missing']],
    ['a key that some recorded rows have', [{ b: 1, c: 1 }, { b: 1 }], [{ b: 1 }], []],
  ])('%s', (_, recorded, actual, problems) => {
    expect(shapeDifferences(recorded, actual).map(({ path, problem }) => `${path} ${problem}`)).toEqual(
      problems,
    )
  })
})

describe('lost fields', () => {
  it('looks for keys in the row and among its extra keys, and for what became nothing', () => {
    const row = { id: '3', tag: 'Met', count: '7', seen: '0000-00-00', links: { a: 'x' } }
    const whole = [{ id: '3', tag: 'Met', count: 7, seen: null, extra: { links: { a: 'x' } } }]
    expect(lostFields({ tags: [row], meta: { total: '1' } }, whole)).toEqual([])
    const [{ extra: _, ...withoutExtra }] = [{ ...whole[0], count: null }]
    expect(lostFields({ tags: [row] }, [withoutExtra])).toEqual([
      'tags[].count is "7", decoded as nothing',
      'tags[].links is lost',
    ])
    expect(lostFields({ tags: [row] }, [])).toEqual(['no row of the body is in what the client returns'])
  })
})

describe('checks', () => {
  it('holds for an exchange that client and simulator agree with', async () => {
    const body = { tag: { tag: 'Met', tagType: 'contact', description: '' } }
    const answer = { tag: { ...tag, links: { contactGoalTags: 'https://x' } } }
    expect(
      await problemsOf({
        method: 'POST',
        path: '/api/3/tags',
        body,
        status: 201,
        answer,
        quality: 'documented',
      }),
    ).toEqual({
      decode: '',
      request: '',
      simulate: '',
    })
  })

  it('tells a response that the client refuses', async () => {
    const answer = { tags: [{ ...tag, id: null }], meta: { total: '1' } }
    expect((await problemsOf({ path: '/api/3/tags', answer })).decode).toContain('refuses')
  })

  it('tells a request that the client does not send', async () => {
    const body = { contact: { email: 'ada@example.com', nickname: 'A' } }
    const { request } = await problemsOf({
      method: 'POST',
      path: '/api/3/contacts',
      body,
      status: 201,
      answer: { contact: { id: '1', email: 'ada@example.com' } },
    })
    expect(request).toBe('body.contact.nickname: sends null, recorded "A"')
  })

  it('tells a request that no method sends', async () => {
    expect((await problemsOf({ path: '/api/3/weather' })).request).toBe('no method of the client sends this')
  })

  it('tells an answer of another status and one of another shape', async () => {
    const body = { tag: { tag: 'Met', tagType: 'contact', description: '' } }
    const other = { method: 'POST', path: '/api/3/tags', body }
    expect((await problemsOf({ ...other, status: 202, answer: {} })).simulate).toContain(
      'status 201, recorded 202',
    )
    expect(
      (await problemsOf({ ...other, status: 201, answer: { tag: { ...tag, colour: 'red' } } })).simulate,
    ).toContain('tag.colour is missing')
  })

  it('asks for its own rows where recorded ids and words are in the query', async () => {
    const link = {
      account: '4',
      contact: '9',
      jobTitle: 'CEO',
      createdTimestamp: '2026-05-28T04:00:00-05:00',
      updatedTimestamp: '2026-05-28T04:00:00-05:00',
      id: '2',
      links: {},
    }
    const ofContact = {
      path: '/api/3/accountContacts',
      query: { 'filters[contact]': '9' },
      answer: { accountContacts: [link], meta: { total: '1' } },
      quality: 'documented',
    }
    expect(await problemsOf(ofContact)).toEqual({ decode: '', request: '', simulate: '' })
    const found = {
      path: '/api/3/tags',
      query: { search: 'Blue' },
      answer: { tags: [tag], meta: { total: '1' } },
      quality: 'documented',
    }
    expect(await problemsOf(found)).toEqual({ decode: '', request: '', simulate: '' })
  })

  it('goes on after an exchange of a service that it does not know', async () => {
    const { decode } = await problemsOf({ path: '/weather/today' })
    expect(decode).toContain('no service is known for the path /weather/today')
  })

  it('brings about what a refusal implies', async () => {
    const duplicate = {
      title: 'Email address already exists in the system',
      detail: '',
      code: 'duplicate',
      source: { pointer: '/data/attributes/email' },
    }
    const taken = {
      method: 'POST',
      path: '/api/3/contacts',
      body: { contact: { email: 'ada@example.com' } },
      status: 422,
      answer: { errors: [duplicate] },
    }
    expect(await problemsOf(taken)).toEqual({ decode: '', request: '', simulate: '' })
    const gone = {
      path: '/api/3/contacts/77',
      status: 404,
      answer: { message: 'No Result found for Subscriber with id 77' },
    }
    expect(await problemsOf(gone)).toEqual({ decode: '', request: '', simulate: '' })
  })

  const passage = { contact: '9', automation: '4', status: '1', adddate: null, id: '2', links: {} }
  const subscription = { contact: '9', list: '4', status: '1', id: '2', links: {} }

  it.each<[string, Parts]>([
    [
      'an instant written with another offset',
      {
        path: '/api/3/contacts',
        query: { 'filters[updated_after]': '2026-05-28T04:00:00-05:00' },
        answer: { contacts: [], meta: { total: '0' } },
      },
    ],
    [
      'a date alone',
      {
        path: '/api/3/contacts',
        query: { 'filters[created_after]': '2026-05-28' },
        answer: { contacts: [], meta: { total: '0' } },
      },
    ],
    [
      'a receipt, of which the client hands over what counts',
      {
        method: 'POST',
        path: '/api/3/campaigns/7/copy',
        answer: { succeeded: 1, message: 'Campaign draft copied.', newCampaignId: 217 },
      },
    ],
    [
      'accounts that are counted',
      {
        path: '/api/3/accounts',
        query: { count_deals: 'true' },
        answer: { accounts: [], meta: { total: '0' } },
      },
    ],
    [
      'activities after a date, with rows sent along',
      {
        path: '/api/3/activities',
        query: { contact: '9', after: '2026-05-28', include: 'notes,notes.user', emails: 'false' },
        answer: { activities: [] },
      },
    ],
    [
      'an import that is done',
      {
        path: '/api/3/import/info',
        query: { batchId: 'b7' },
        answer: { status: 'completed', success: ['5'], failure: [] },
      },
    ],
    [
      'one passage through an automation',
      { path: '/api/3/contactAutomations/2', answer: { contactAutomation: passage } },
    ],
    [
      'a contact that may not enter',
      {
        method: 'POST',
        path: '/api/3/contactAutomations',
        body: { contactAutomation: { contact: '9', automation: '4' } },
        status: 403,
        answer: { message: 'Could not create SubscriberSeries' },
      },
    ],
    [
      'the lists of a contact',
      { path: '/api/3/contacts/9/contactLists', answer: { contactLists: [subscription] } },
    ],
    [
      'the contact of a tracking log',
      { path: '/api/3/trackingLogs/3/contact', answer: { contact: { id: '9', email: 'ada@example.com' } } },
    ],
    [
      'a record that is not there',
      {
        path: `/api/3/customObjects/records/${guid(1)}/${guid(2)}`,
        status: 404,
        answer: { message: 'Not Found' },
      },
    ],
    [
      'a field of a schema that is deleted',
      {
        method: 'DELETE',
        path: `/api/3/customObjects/schemas/${guid(1)}/fields/my-field`,
        status: 202,
        answer: null,
      },
    ],
    [
      'a child of a public schema',
      {
        method: 'POST',
        path: `/api/3/customObjects/schemas/${guid(1)}/child`,
        answer: { schema: { id: guid(3), slug: 'ships-child', fields: [], relationships: [] } },
      },
    ],
  ])('holds for %s', async (_, parts) => {
    expect(await problemsOf({ ...parts, quality: 'documented' })).toEqual({
      decode: '',
      request: '',
      simulate: '',
    })
  })

  it('makes a request too many for a 429', async () => {
    const answer = { message: 'Too many' }
    expect((await problemsOf({ path: '/api/3/tags', status: 429, answer })).simulate).not.toContain('status')
  })

  it('tells a receipt whose id the client loses', () => {
    expect(lostFields({ success: 1, message: 'Queued', batchId: 'b7' }, { batches: [] })).toEqual([
      'batchId is lost',
    ])
  })

  it('asks for the columns that rows had when they were recorded', async () => {
    const links = { notes: 'x', accountCustomFieldData: 'x', accountContacts: 'x', emailActivities: 'x' }
    const account = {
      ...{ name: 'Ek', accountUrl: '', contactCount: '0', dealCount: '0', id: '4' },
      ...{ createdTimestamp: '2020-05-28T04:00:00-05:00', updatedTimestamp: '2020-05-28T04:00:00-05:00' },
      links,
    }
    const { simulate } = await problemsOf({ path: '/api/3/accounts/4', answer: { account } })
    expect(simulate).not.toMatch(/owner|fields|customFieldSaveStatus/)
  })
})

function guid(number: number): string {
  return `00000000-0000-4000-8000-00000000000${number}`
}

const id = '4d3f3d2a-6f5e-4e11-8def-000d3a3b1c11'
const other = '5d3f3d2a-6f5e-4e11-8def-000d3a3b1c12'
const api = '/api/data/v9.2'
const fine = { decode: '', request: '', simulate: '' }

const crlf = (...lines: string[]) => lines.join('\r\n')
const batchRequest = crlf(
  '--b1',
  'Content-Type: multipart/mixed; boundary=c1',
  '',
  '--c1',
  'Content-Type: application/http',
  'Content-Transfer-Encoding: binary',
  'Content-ID: 1',
  '',
  `POST ${api}/contacts HTTP/1.1`,
  'Content-Type: application/json; type=entry',
  '',
  '{"lastname":"Ek"}',
  '--c1--',
  '--b1',
  'Content-Type: application/http',
  'Content-Transfer-Encoding: binary',
  '',
  `GET ${api}/contacts(${id}) HTTP/1.1`,
  '',
  '',
  '--b1--',
  '',
)
const batchAnswer = (status: string, second: string) =>
  crlf(
    '--r1',
    'Content-Type: multipart/mixed; boundary=s1',
    '',
    '--s1',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    'Content-ID: 1',
    '',
    'HTTP/1.1 204 No Content',
    'OData-Version: 4.0',
    `OData-EntityId: ${root}/contacts(${other})`,
    '',
    '',
    '--s1--',
    '--r1',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json; odata.metadata=minimal',
    'OData-Version: 4.0',
    '',
    second,
    '--r1--',
    '',
  )

describe('checks of Dataverse', () => {
  const row = { '@odata.etag': 'W/"12"', lastname: 'Ek', contactid: id }
  const page = { '@odata.context': `${root}/$metadata#contacts(lastname)`, value: [row] }
  const error = (code: string) => ({ error: { code, message: 'm' } })

  it.each<[string, Parts]>([
    [
      'a list',
      { path: `${api}/contacts`, query: { $select: 'lastname', $filter: "lastname eq 'Ek'" }, answer: page },
    ],
    [
      'a page size',
      {
        path: `${api}/contacts`,
        query: { $select: 'lastname' },
        headers: { prefer: 'odata.maxpagesize=5' },
        answer: page,
      },
    ],
    [
      'a page that goes on',
      {
        path: `${api}/contacts`,
        query: { $select: 'lastname' },
        headers: { prefer: 'odata.maxpagesize=1' },
        answer: { ...page, '@odata.nextLink': `${root}/contacts?x` },
      },
    ],
    [
      'a second page',
      {
        path: `${api}/contacts`,
        query: { $select: 'lastname', $skiptoken: '%3Ccookie%20pagenumber=%222%22%20/%3E' },
        answer: page,
      },
    ],
    [
      'changes since a delta link',
      {
        path: `${api}/contacts`,
        query: { $select: 'lastname', $deltatoken: '919%2108%2f22%2f2017%2008%3a10%3a44' },
        answer: {
          '@odata.context': `${root}/$metadata#contacts(lastname)/$delta`,
          '@odata.deltaLink': `${root}/contacts?$select=lastname&$deltatoken=920`,
          value: [
            row,
            { '@odata.context': `${root}/$metadata#contacts/$deletedEntity`, id: other, reason: 'deleted' },
          ],
        },
      },
    ],
    [
      'a row',
      {
        path: `${api}/contacts(${id})`,
        query: { $select: 'lastname' },
        answer: { ...row, '@odata.context': 'x' },
      },
    ],
    [
      'a missing row',
      {
        path: `${api}/contacts(${id})`,
        query: { $select: 'lastname' },
        status: 404,
        answer: error('0x80040217'),
      },
    ],
    [
      'an expanded lookup',
      {
        path: `${api}/accounts(${id})`,
        query: { $select: 'name', $expand: 'primarycontactid($select=lastname)' },
        answer: {
          '@odata.context': 'x',
          '@odata.etag': 'W/"1"',
          accountid: id,
          name: 'A',
          primarycontactid: { ...row, contactid: other },
        },
      },
    ],
    [
      'a create',
      {
        method: 'POST',
        path: `${api}/contacts`,
        body: { lastname: 'Ek' },
        status: 204,
        answer: null,
        headers: {},
      },
    ],
    [
      'an update',
      {
        method: 'PATCH',
        path: `${api}/contacts(${id})`,
        headers: { 'if-match': '*' },
        body: { lastname: 'Ek' },
        status: 204,
        answer: null,
      },
    ],
    [
      'a stale update',
      {
        method: 'PATCH',
        path: `${api}/contacts(${id})`,
        headers: { 'if-match': 'W/"3"' },
        body: { lastname: 'Ek' },
        status: 412,
        answer: error('0x80060882'),
      },
    ],
    ['a delete', { method: 'DELETE', path: `${api}/contacts(${id})`, status: 204, answer: null }],
    [
      'a collection',
      {
        path: `${api}/accounts(${other})/contact_customer_accounts`,
        query: { $select: 'lastname' },
        answer: page,
      },
    ],
    ['throttling', { path: `${api}/contacts`, status: 429, answer: error('0x80072322') }],
    [
      'a table of the customer',
      {
        path: `${api}/new_boats`,
        query: { $select: 'new_sails' },
        answer: { '@odata.context': 'x', value: [{ '@odata.etag': 'W/"1"', new_sails: 3, new_boatid: id }] },
      },
    ],
    [
      'a filter on columns that were not selected',
      {
        path: `${api}/contacts`,
        query: {
          $select: 'lastname',
          $filter: "numberofchildren gt 2 and contains(jobtitle,'CEO') and birthdate eq 1990-01-31",
        },
        answer: page,
      },
    ],
    [
      'a create under a key',
      {
        method: 'PATCH',
        path: `${api}/contacts(${id})`,
        headers: { 'if-none-match': '*' },
        body: { lastname: 'Ek' },
        status: 204,
        answer: null,
      },
    ],
    [
      'a conditional read',
      {
        path: `${api}/contacts(${id})`,
        query: { $select: 'lastname' },
        headers: { 'if-none-match': 'W/"1"' },
        status: 404,
        answer: error('0x80040217'),
      },
    ],
    [
      'a bulk message',
      {
        method: 'POST',
        path: `${api}/contacts/Microsoft.Dynamics.CRM.CreateMultiple`,
        body: { Targets: [{ '@odata.type': 'Microsoft.Dynamics.CRM.contact', lastname: 'Ek' }] },
        answer: { '@odata.context': 'x', Ids: [id] },
      },
    ],
    [
      'a count',
      {
        path: `${api}/contacts`,
        query: { $select: 'lastname', $count: 'true' },
        answer: { ...page, '@odata.count': 1 },
      },
    ],
    [
      'a row that has not changed',
      {
        path: `${api}/contacts(${id})`,
        query: { $select: 'lastname' },
        headers: { 'if-none-match': 'W/"12"' },
        status: 304,
        answer: null,
      },
    ],
    [
      'a row that is taken out of a collection',
      {
        method: 'DELETE',
        path: `${api}/accounts(${other})/contact_customer_accounts/$ref`,
        query: { $id: `${root}/contacts(${id})` },
        status: 204,
        answer: null,
      },
    ],
    [
      'a row that a lookup points to',
      {
        path: `${api}/accounts(${other})/primarycontactid`,
        query: { $select: 'lastname' },
        answer: { '@odata.context': 'x', ...row },
      },
    ],
    ['a bare value', { path: `${api}/contacts(${id})/lastname/$value`, answer: 'Ek' }],
    ['a count that was recorded as a number', { path: `${api}/contacts/$count`, answer: 4 }],
    [
      'a row that is created with another',
      {
        method: 'POST',
        path: `${api}/accounts`,
        body: { name: 'Ek', primarycontactid: { lastname: 'Ek' } },
        status: 204,
        answer: null,
      },
    ],
    [
      'a merge of two rows',
      {
        method: 'POST',
        path: `${api}/Merge`,
        body: {
          Target: { '@odata.type': 'Microsoft.Dynamics.CRM.contact', contactid: id },
          Subordinate: { '@odata.type': 'Microsoft.Dynamics.CRM.contact', contactid: other },
          PerformParentingChecks: false,
        },
        status: 204,
        answer: null,
      },
    ],
    [
      'a filter on the row behind a lookup',
      {
        path: `${api}/contacts`,
        query: { $select: 'lastname', $filter: "createdby/lastname eq 'Alm'" },
        answer: page,
      },
    ],
    [
      'a filter on rows of a collection',
      {
        path: `${api}/accounts`,
        query: { $select: 'name', $filter: "contact_customer_accounts/any(c:c/lastname eq 'Ek')" },
        answer: { '@odata.context': 'x', value: [{ '@odata.etag': 'W/"1"', name: 'A', accountid: id }] },
      },
    ],
    ['the whole schema', { path: `${api}/$metadata`, answer: '<edmx:Edmx/>' }],
    [
      'a table named by its metadata id',
      { path: `${api}/EntityDefinitions(${id})`, answer: { MetadataId: id, LogicalName: 'contact' } },
    ],
    [
      'a column named by its metadata id',
      {
        path: `${api}/EntityDefinitions(${id})/Attributes(${other})/Microsoft.Dynamics.CRM.StringAttributeMetadata`,
        query: { $select: 'LogicalName,MaxLength' },
        answer: { MetadataId: other, LogicalName: 'name', MaxLength: 100 },
      },
    ],
    [
      'a delta token that has died',
      {
        path: `${api}/contacts`,
        query: { $deltatoken: '1!05' },
        status: 400,
        answer: error('0x80044352'),
      },
    ],
    ['a service that is down', { path: `${api}/contacts`, status: 503, answer: error('x') }],
    [
      'an id that is taken',
      {
        method: 'POST',
        path: `${api}/contacts`,
        body: { contactid: id, lastname: 'Ek' },
        status: 412,
        answer: error('0x80040237'),
      },
    ],
    ['a token that is none', { path: `${api}/contacts`, status: 401, answer: error('') }],
    ['a privilege that is missing', { path: `${api}/contacts`, status: 403, answer: error('0x80040220') }],
    [
      'a set that there is none of, as 400',
      {
        path: `${api}/conacs`,
        status: 400,
        answer: { error: { code: '0x80060888', message: "Resource not found for the segment 'conacs'." } },
      },
    ],
    [
      'a function called with parentheses',
      {
        path: `${api}/WhoAmI()`,
        answer: { '@odata.context': 'x', BusinessUnitId: id, UserId: id, OrganizationId: id },
      },
    ],
    [
      'who am I',
      {
        path: `${api}/WhoAmI`,
        answer: { '@odata.context': 'x', BusinessUnitId: id, UserId: id, OrganizationId: id },
      },
    ],
  ])('holds for %s', async (_, parts) => {
    const headers =
      parts.status === 204 && parts.method === 'POST' ? { 'odata-entityid': `${root}/contacts(${id})` } : {}
    const recorded = exchange({ ...parts, quality: 'documented' })
    const verdicts = await checkExchange({ ...recorded, response: { ...recorded.response, headers } })
    const report = createReport({ exchanges: [], others: [] }, verdicts, exceptions)
    expect(report.shortfalls).toEqual([])
  })

  it('tells a row that is not as the schema says', async () => {
    const answer = { '@odata.context': 'x', value: [{ ...row, lastname: 5 }] }
    expect(
      (await problemsOf({ path: `${api}/contacts`, query: { $select: 'lastname' }, answer })).decode,
    ).toContain('lastname')
  })

  it('tells another query, another condition and another body', async () => {
    const unsupported = {
      path: `${api}/contacts`,
      query: { $select: 'lastname', $search: 'x' },
      answer: page,
    }
    expect((await problemsOf(unsupported)).simulate).toContain('status 400, recorded 200')
    const create = {
      method: 'POST',
      path: `${api}/contacts`,
      body: { lastname: 'Ek' },
      status: 204,
      answer: null,
    }
    const { request } = await problemsOf({ ...create, headers: { 'if-match': 'W/"9"' } })
    expect(request).toBe('header: if-match is not sent, recorded W/"9"')
  })

  it('holds for a batch, part by part', async () => {
    const row = { '@odata.context': 'x', '@odata.etag': 'W/"1"', contactid: id }
    const parts = { method: 'POST', path: `${api}/$batch`, body: batchRequest }
    expect(await problemsOf({ ...parts, answer: batchAnswer('200 OK', JSON.stringify(row)) })).toEqual(fine)
    const missing = await problemsOf({
      ...parts,
      answer: batchAnswer('403 Forbidden', JSON.stringify(error('0x80040220'))),
    })
    expect(missing.simulate).toBe('part 2 has status 200, recorded 403')
    const otherKeys = await problemsOf({
      ...parts,
      answer: batchAnswer('200 OK', JSON.stringify({ ...row, boat: 1 })),
    })
    expect(otherKeys.simulate).toBe('part 2: boat is missing')
  })
})

describe('the report', () => {
  const verdict = {
    file: 'a.json',
    endpoint: 'dynamics GET /boats/{id}',
    status: 200,
    check: 'simulate',
    problems: ['x is missing'],
  } as const

  it('conforms when exceptions cover every problem, and names their reasons', () => {
    const reason = 'Boats are not synced.'
    const report = createReport(
      { exchanges: [], others: [] },
      [verdict],
      [{ endpoint: 'dynamics * /boats*', reason }],
    )
    expect(report).toMatchObject({ conforms: true, shortfalls: [], excepted: [{ reason, exchanges: 1 }] })
  })

  it.each([
    { endpoint: 'dynamics GET /boats', reason: 'another endpoint' },
    { endpoint: 'activecampaign GET /boats/{id}', reason: 'another service' },
    { endpoint: 'dynamics GET /boats/{id}', checks: ['decode'], reason: 'another check' } as const,
    { endpoint: 'dynamics GET /boats/{id}', status: 404, reason: 'another status' },
    { endpoint: 'dynamics GET /boats/{id}', problem: /^y /, reason: 'another problem' },
  ])('does not conform with an exception for $reason', (exception) => {
    expect(createReport({ exchanges: [], others: [] }, [verdict], [exception]).conforms).toBe(false)
  })
})

describe('pnpm conformance', () => {
  const folderOf = async (files: Record<string, string>) => {
    const folder = await mkdtemp(join(tmpdir(), 'dynacamp-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    return folder
  }
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [
      '--conditions=@dynacamp/source',
      'scripts/conformance.ts',
      ...args,
    ]).then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    )
  const good = exchange({
    path: '/api/3/contacts/77',
    status: 404,
    answer: { message: 'No Result found for Subscriber with id 77' },
  })
  const bad = exchange({ path: '/api/3/weather', answer: { weather: 'fair' } })

  it('lists files that are no exchanges', async () => {
    const folder = await folderOf({
      'a.json': JSON.stringify(good),
      'b.json': '[]',
      'c.json': 'no',
      'd.txt': '',
    })
    const { exchanges, others } = await readExchanges(folder)
    expect(exchanges.map(({ file }) => file)).toEqual(['a.json'])
    expect(others.map(({ file }) => file)).toEqual(['b.json', 'c.json'])
  })

  it('exits with 0 when all holds, with 1 when something falls short, and writes JSON', async () => {
    expect((await run(await folderOf({ 'good.json': JSON.stringify(good) }))).code).toBe(0)
    const { code, stdout } = await run(
      await folderOf({ 'bad.json': JSON.stringify(bad), 'good.json': JSON.stringify(good) }),
      '--json',
    )
    expect(code).toBe(1)
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({ exchanges: 2, conforms: false })
    expect(new Set(report.shortfalls.map(({ file }: { file: string }) => file))).toEqual(
      new Set(['bad.json']),
    )
  })

  it('exits with 2 without a folder', async () => {
    expect((await run()).code).toBe(2)
  })
})
