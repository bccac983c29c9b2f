import { expect, test } from 'vitest'
import { createDynamicsSimulator, createVirtualClock, type DynamicsSimulator } from '../../src/index.ts'
import { connect, type Reply, type TestClient } from './client.ts'

const day = 86_400_000

interface World {
  readonly simulator: DynamicsSimulator
  readonly call: TestClient
  readonly clock: ReturnType<typeof createVirtualClock>
}

async function world(options: Parameters<typeof createDynamicsSimulator>[0] = {}): Promise<World> {
  const clock = createVirtualClock(Date.UTC(2026, 0, 5, 8))
  const simulator = createDynamicsSimulator({ clock, ...options })
  return { simulator, clock, call: await connect(simulator) }
}

const code = (reply: Reply): [number, string] => [reply.status, reply.json?.error?.code]
const missing = '00000000-0000-0000-0000-00000000dead'
const representation = { prefer: 'return=representation' }

test('trap 1: create answers 204 with the id in a header, or 201 with a body and no such header', async () => {
  const { call } = await world()
  const bare = await call('POST', 'contacts', { lastname: 'Ek' })
  expect([bare.status, bare.text]).toEqual([204, ''])
  expect(bare.headers.get('odata-entityid')).toMatch(/contacts\([\da-f-]{36}\)$/)
  const full = await call('POST', 'contacts?$select=lastname', { lastname: 'Ek' }, representation)
  expect([full.status, full.headers.get('odata-entityid')]).toEqual([201, null])
  expect(full.json.lastname).toBe('Ek')
  expect(full.json['@odata.etag']).toMatch(/^W\/"\d+"$/)
  const changed = await call('PATCH', `contacts(${full.json.contactid})`, { lastname: 'Ask' }, representation)
  expect([changed.status, changed.json.lastname, changed.headers.get('etag')]).toEqual([
    200,
    'Ask',
    changed.json['@odata.etag'],
  ])
})

test('trap 2: PATCH is an upsert and answers 204 whether it created or updated', async () => {
  const { call, simulator } = await world()
  const id = '11111111-1111-4111-8111-111111111111'
  expect((await call('PATCH', `contacts(${id})`, { lastname: 'Ek' })).status).toBe(204)
  expect((await call('PATCH', `contacts(${id})`, { lastname: 'Ask' })).status).toBe(204)
  expect(simulator.rows('contact').map((row) => row.lastname)).toEqual(['Ask'])
  expect(code(await call('PATCH', `contacts(${missing})`, {}, { 'if-match': '*' }))).toEqual([
    404,
    '0x80040217',
  ])
  expect(code(await call('PATCH', `contacts(${id})`, {}, { 'if-none-match': '*' }))).toEqual([
    412,
    '0x80040237',
  ])
  expect(code(await call('PATCH', `contacts(${id})`, {}, { 'if-match': 'W/"1"' }))).toEqual([
    412,
    '0x80060882',
  ])
})

const track = { prefer: 'odata.track-changes,odata.maxpagesize=2' }

async function allPages(call: TestClient, first: string, headers: Record<string, string>): Promise<Reply[]> {
  const pages: Reply[] = []
  for (
    let next: string | undefined = first;
    next !== undefined;
    next = pages.at(-1)?.json['@odata.nextLink']
  ) {
    pages.push(await call('GET', next, undefined, headers))
  }
  return pages
}

async function startTracking(call: TestClient): Promise<string> {
  const pages = await allPages(call, 'contacts?$select=lastname', track)
  return pages.at(-1)?.json['@odata.deltaLink']
}

test('trap 3: the delta link comes with the last page only, of the first round and of later ones', async () => {
  const { call, simulator } = await world()
  const ids = ['A', 'B', 'C', 'D', 'E'].map((lastname) => simulator.insert('contact', { lastname }))
  const first = await allPages(call, 'contacts?$select=lastname', track)
  expect(first.map((page) => [page.json.value.length, '@odata.deltaLink' in page.json])).toEqual([
    [2, false],
    [2, false],
    [1, true],
  ])
  for (const id of ids) simulator.update('contact', id, { jobtitle: 'x' })
  const later = await allPages(call, first.at(-1)?.json['@odata.deltaLink'], {
    prefer: 'odata.maxpagesize=2',
  })
  expect(later.map((page) => '@odata.deltaLink' in page.json)).toEqual([false, false, true])
  expect(later.flatMap((page) => page.json.value).length).toBe(5)
})

test('trap 4: delta rows do not say created or updated, deletions are ids with a reason', async () => {
  const { call, simulator } = await world()
  const [old, gone] = [
    simulator.insert('contact', { lastname: 'Old' }),
    simulator.insert('contact', { lastname: 'Gone' }),
  ]
  const delta = await startTracking(call)
  simulator.update('contact', old, { lastname: 'Older' })
  const fresh = simulator.insert('contact', { lastname: 'New' })
  simulator.remove('contact', gone)
  const round = await call('GET', delta)
  expect(round.json['@odata.context']).toMatch(/#contacts\(lastname\)\/\$delta$/)
  const [first, second, third] = round.json.value
  expect([first.contactid, second.contactid]).toEqual([old, fresh])
  expect(new Set(Object.keys(first))).toEqual(new Set(Object.keys(second)))
  expect(Object.keys(third)).toEqual(['@odata.context', 'id', 'reason'])
  expect(third).toMatchObject({ id: gone, reason: 'deleted' })
  expect(third['@odata.context']).toMatch(/#contacts\/\$deletedEntity$/)
})

test('trap 5: a row created and deleted between two polls arrives as a delete of an unknown id', async () => {
  const { call, simulator } = await world()
  const delta = await startTracking(call)
  const id = simulator.insert('contact', { lastname: 'Brief' })
  simulator.remove('contact', id)
  const round = await call('GET', delta)
  expect(round.json.value.map((item: { id?: string }) => item.id)).toEqual([id])
})

test('trap 6: a delta token dies of age and of a metadata change, and a full sync lists no deletes', async () => {
  const { call, simulator, clock } = await world()
  const id = simulator.insert('contact', { lastname: 'Gone' })
  const aged = await startTracking(call)
  await clock.advance(6 * day)
  const again = await connect(simulator)
  expect((await again('GET', aged)).status).toBe(200)
  await clock.advance(2 * day)
  const late = await connect(simulator)
  expect(code(await late('GET', aged))).toEqual([400, '0x80044352'])
  const fresh = await startTracking(late)
  expect((await late('GET', fresh)).status).toBe(200)
  simulator.defineColumn('contact', { name: 'new_Score', type: 'integer' })
  expect(code(await late('GET', fresh))).toEqual([400, '0x80044352'])
  simulator.remove('contact', id)
  const full = await allPages(late, 'contacts?$select=lastname', track)
  expect(full.flatMap((page) => page.json.value)).toEqual([])
})

test('trap 7: filter, orderby, expand and top are refused together with change tracking', async () => {
  const { call } = await world()
  for (const [query, name] of [
    ["$filter=lastname eq 'Ek'", 'filter'],
    ['$orderby=lastname', 'orderby'],
    ['$expand=createdby($select=fullname)', 'expand'],
    ['$top=3', 'top'],
  ]) {
    const reply = await call('GET', `contacts?${query}`, undefined, { prefer: 'odata.track-changes' })
    expect(code(reply)).toEqual([400, '0x0'])
    expect(reply.json.error.message).toBe(
      `The "${name}" query parameter isn't supported when Change Tracking is enabled.`,
    )
  }
})

const byCode = (left: string, right: string): number => (left < right ? -1 : 1)

const lastNames = async (call: TestClient, filter: string, more = ''): Promise<string[]> => {
  const reply = await call('GET', `contacts?$select=lastname&$filter=${encodeURIComponent(filter)}${more}`)
  expect(reply.text).not.toContain('"error"')
  return reply.json.value.map((row: { lastname: string }) => row.lastname).toSorted(byCode)
}

test('trap 8: comparison ignores case and understands LIKE patterns', async () => {
  const { call, simulator } = await world()
  for (const lastname of ['Ek', 'EKMAN', '100%', '100 Pct', 'a_b', 'axb', '[x]'])
    simulator.insert('contact', { lastname })
  expect(await lastNames(call, "lastname eq 'ek'")).toEqual(['Ek'])
  expect(await lastNames(call, "contains(lastname,'KM')")).toEqual(['EKMAN'])
  expect(await lastNames(call, "startswith(lastname,'100%')")).toEqual(['100 Pct', '100%'])
  expect(await lastNames(call, "startswith(lastname,'100[%]')")).toEqual(['100%'])
  expect(await lastNames(call, "lastname eq 'a_b'")).toEqual(['a_b', 'axb'])
  expect(await lastNames(call, "lastname eq 'e%'")).toEqual(['EKMAN', 'Ek'])
  expect(await lastNames(call, "endswith(lastname,'[^b]')")).toEqual(
    ['100 Pct', '100%', 'EKMAN', 'Ek', '[x]'].toSorted(byCode),
  )
  expect(await lastNames(call, "contains(lastname,'[[]')")).toEqual(['[x]'])
})

test('trap 9: quotes are doubled in literals and follow JSON in arrays', async () => {
  const { call, simulator } = await world()
  for (const lastname of ["O'Brian", 'OBryan']) simulator.insert('contact', { lastname })
  expect(await lastNames(call, "lastname eq 'O''Brian'")).toEqual(["O'Brian"])
  const open = await call('GET', `contacts?$filter=${encodeURIComponent("lastname eq 'O'Brian'")}`)
  expect(code(open)).toEqual([400, '0x0'])
  expect(open.json.error.message).toBe(
    "There is an unterminated literal at position 21 in 'lastname eq 'O'Brian''.",
  )
  const within = "Microsoft.Dynamics.CRM.In(PropertyName='lastname',PropertyValues=@p)"
  const values = (text: string): string => `&@p=${encodeURIComponent(text)}`
  expect(await lastNames(call, within, values(`["O'Brian","OBryan"]`))).toEqual(["O'Brian", 'OBryan'])
  const single = await call('GET', `contacts?$filter=${within}${values("['O'Brian']")}`)
  expect(code(single)).toEqual([400, '0x0'])
  expect(single.json.error.message).toMatch(/^Invalid JSON\. A comma character/)
})

test('trap 10: there is no skip and no search, and counting stops at 5000', async () => {
  const { call, simulator } = await world()
  for (let index = 0; index < 5010; index += 1) simulator.insert('account', { name: 'x' })
  expect((await call('GET', 'accounts?$skip=5')).json.error.message).toBe(
    'Skip Clause is not supported in CRM',
  )
  expect((await call('GET', 'accounts?$search=x')).status).toBe(400)
  expect((await call('GET', 'accounts/$count')).text).toBe('5000')
  const counted = await call('GET', 'accounts?$count=true&$select=name', undefined, {
    prefer: 'odata.maxpagesize=1,odata.include-annotations="*"',
  })
  expect(counted.json['@odata.count']).toBe(5000)
  expect(counted.json['@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded']).toBe(true)
  const aggregated = await call('GET', 'accounts?$apply=aggregate($count as c)')
  expect(aggregated.json.value).toEqual([{ c: 5010 }])
})

test('trap 11: lookups are set by bind only, and custom navigation names keep their case', async () => {
  const { call, simulator } = await world()
  const accountId = simulator.insert('account', { name: 'Contoso' })
  simulator.defineColumn('contact', {
    name: 'new_Employer',
    type: 'lookup',
    targets: { account: 'new_account_contact' },
  })
  const direct = await call('POST', 'contacts', { lastname: 'Ek', _parentcustomerid_value: accountId })
  expect(code(direct)).toEqual([400, '0x80060888'])
  const wrongCase = await call('POST', 'contacts', { 'new_employer@odata.bind': `/accounts(${accountId})` })
  expect(code(wrongCase)).toEqual([400, '0x80048d19'])
  const bound = await call(
    'POST',
    'contacts',
    { 'new_Employer@odata.bind': `/accounts(${accountId})` },
    representation,
  )
  expect([bound.status, bound.json._new_employer_value]).toEqual([201, accountId])
  const cleared = await call(
    'PATCH',
    `contacts(${bound.json.contactid})`,
    { 'new_Employer@odata.bind': null },
    representation,
  )
  expect(cleared.json._new_employer_value).toBeNull()
  const lost = await call('POST', 'contacts', { 'new_Employer@odata.bind': `/accounts(${missing})` })
  expect(code(lost)).toEqual([404, '0x80040217'])
})

test('trap 12: a polymorphic lookup has a property per target and one column to read', async () => {
  const { call, simulator } = await world()
  const accountId = simulator.insert('account', { name: 'Contoso' })
  const created = await call(
    'POST',
    'contacts',
    { lastname: 'Ek', 'parentcustomerid_account@odata.bind': `/accounts(${accountId})` },
    representation,
  )
  const read = await call(
    'GET',
    `contacts(${created.json.contactid})?$select=_parentcustomerid_value`,
    undefined,
    {
      prefer: 'odata.include-annotations="*"',
    },
  )
  expect(read.json).toMatchObject({
    _parentcustomerid_value: accountId,
    '_parentcustomerid_value@OData.Community.Display.V1.FormattedValue': 'Contoso',
    '_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account',
    '_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'parentcustomerid_account',
  })
  const keys = Object.keys(read.json)
  expect(keys.indexOf('_parentcustomerid_value@OData.Community.Display.V1.FormattedValue')).toBeLessThan(
    keys.indexOf('_parentcustomerid_value'),
  )
  const wrong = await call('POST', 'contacts', { 'parentcustomerid@odata.bind': `/accounts(${accountId})` })
  expect(code(wrong)).toEqual([400, '0x80048d19'])
})

test('trap 13: state is not chosen on create, and inactive rows need a second call', async () => {
  const { call } = await world()
  const created = await call('POST', 'contacts', { lastname: 'Ek', statecode: 1 }, representation)
  expect([created.status, created.json.statecode, created.json.statuscode]).toEqual([201, 0, 1])
  expect(code(await call('POST', 'contacts', { lastname: 'Ek', statuscode: 2 }))).toEqual([400, '0x80048408'])
  const url = `contacts(${created.json.contactid})`
  const closed = await call('PATCH', url, { statecode: 1 }, representation)
  expect([closed.json.statecode, closed.json.statuscode]).toEqual([1, 2])
  expect(code(await call('PATCH', url, { jobtitle: 'CEO' }))).toEqual([400, '0x80040230'])
  expect(code(await call('PATCH', url, { statecode: 0, statuscode: 2 }))).toEqual([400, '0x80048408'])
  expect((await call('PATCH', url, { statecode: 0, jobtitle: 'CEO' })).status).toBe(204)
})

test('trap 14: writing the same value again is an update that comes back in the delta', async () => {
  const { call, simulator, clock } = await world()
  const id = simulator.insert('contact', { lastname: 'Ek' })
  const delta = await startTracking(call)
  const before = await call('GET', `contacts(${id})?$select=modifiedon,versionnumber`)
  await clock.advance(5000)
  const after = await call(
    'PATCH',
    `contacts(${id})?$select=modifiedon,versionnumber,_modifiedby_value`,
    { lastname: 'Ek' },
    representation,
  )
  expect(after.json.versionnumber).toBeGreaterThan(before.json.versionnumber)
  expect([before.json.modifiedon, after.json.modifiedon]).toEqual([
    '2026-01-05T08:00:00Z',
    '2026-01-05T08:00:05Z',
  ])
  expect(after.json._modifiedby_value).toBe(simulator.userId)
  const round = await call('GET', delta)
  expect(round.json.value).toEqual([
    { '@odata.etag': after.json['@odata.etag'], lastname: 'Ek', contactid: id },
  ])
})

test('trap 15: duplicate rules run only when the header asks for them', async () => {
  const { call, simulator } = await world()
  simulator.defineDuplicateRule({ table: 'contact', columns: ['emailaddress1'] })
  const contact = { lastname: 'Ek', emailaddress1: 'ann@example.com' }
  expect((await call('POST', 'contacts', contact)).status).toBe(204)
  expect((await call('POST', 'contacts', contact)).status).toBe(204)
  const detected = await call('POST', 'contacts', contact, { 'MSCRM.SuppressDuplicateDetection': 'false' })
  expect(code(detected)).toEqual([412, '0x80040333'])
  expect(simulator.rows('contact').length).toBe(2)
})

test('trap 16: bulk messages do all or nothing', async () => {
  const { call, simulator } = await world()
  const target = (columns: object): object => ({
    '@odata.type': 'Microsoft.Dynamics.CRM.contact',
    ...columns,
  })
  const create = (Targets: object[]): Promise<Reply> =>
    call('POST', 'contacts/Microsoft.Dynamics.CRM.CreateMultiple', { Targets })
  const made = await create([target({ lastname: 'A' }), target({ lastname: 'B' })])
  expect([made.status, made.json.Ids.length]).toEqual([200, 2])
  expect(simulator.row('contact', made.json.Ids[1])?.lastname).toBe('B')
  const failed = await create([target({ lastname: 'C' }), target({ lastname: 'x'.repeat(51) })])
  expect(code(failed)).toEqual([400, '0x80044331'])
  expect(simulator.rows('contact').length).toBe(2)
  expect((await create([{ lastname: 'C' }])).status).toBe(400)
  const [first] = made.json.Ids
  const update = await call('POST', 'contacts/Microsoft.Dynamics.CRM.UpdateMultiple', {
    Targets: [target({ contactid: first, jobtitle: 'CEO' }), target({ contactid: missing, jobtitle: 'CEO' })],
  })
  expect(code(update)).toEqual([404, '0x80040217'])
  expect(simulator.row('contact', first)?.jobtitle).toBeUndefined()
})

const operation = (text: string, id?: number): string =>
  `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${id === undefined ? '' : `Content-ID: ${id}\r\n`}\r\n${text}\r\n`
const post = (set: string, body: object): string =>
  `POST /api/data/v9.2/${set} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}`
const batch = (...parts: string[]): string => `${parts.map((part) => `--b\r\n${part}`).join('')}--b--\r\n`
const changeset = (...parts: string[]): string =>
  `Content-Type: multipart/mixed;boundary=c\r\n\r\n${parts.map((part) => `--c\r\n${part}`).join('')}--c--\r\n`
const multipart = { 'content-type': 'multipart/mixed;boundary="b"' }

test('a deletion that was rolled back is told by no round', async () => {
  const { call, simulator } = await world()
  const contactid = simulator.insert('contact', { lastname: 'Ek' })
  const start = await call('GET', 'contacts?$select=lastname', undefined, { prefer: 'odata.track-changes' })
  const refused = post('contacts', { lastname: 'x'.repeat(51) })
  const remove = `DELETE /api/data/v9.2/contacts(${contactid}) HTTP/1.1\r\n\r\n`
  await call('POST', '$batch', batch(changeset(operation(remove, 1), operation(refused, 2))), multipart)
  expect(simulator.row('contact', contactid)).toBeDefined()
  expect((await call('GET', start.json['@odata.deltaLink'])).json.value).toEqual([])
})

test('trap 17: batches need CRLF, changesets need Content-ID, and the first failure ends them', async () => {
  const { call, simulator } = await world()
  const good = operation(post('contacts', { lastname: 'Good' }))
  const bad = operation(post('contacts', { lastname: 'x'.repeat(51) }))
  const stopped = await call('POST', '$batch', batch(good, bad, good), multipart)
  expect(stopped.status).toBe(400)
  expect(stopped.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 204', 'HTTP/1.1 400'])
  expect(stopped.text).toContain('REQ_ID: ')
  expect(simulator.rows('contact').length).toBe(1)
  const continued = await call('POST', '$batch', batch(good, bad, good), {
    ...multipart,
    prefer: 'odata.continue-on-error',
  })
  expect(continued.status).toBe(200)
  expect(continued.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 204', 'HTTP/1.1 400', 'HTTP/1.1 204'])
  const lf = await call('POST', '$batch', batch(good).replaceAll('\r\n', '\n'), multipart)
  expect(code(lf)).toEqual([400, '0x80048d19'])
  expect(lf.json.error.message).toContain('Stream was not readable')
  const nameless = await call('POST', '$batch', batch(changeset(good)), multipart)
  expect(nameless.status).toBe(400)
  expect(nameless.text).toContain('Content-ID header not present')
  const before = simulator.rows('contact').length
  const undone = await call(
    'POST',
    '$batch',
    batch(
      changeset(
        operation(post('contacts', { lastname: 'A' }), 1),
        operation(post('contacts', { lastname: 'x'.repeat(51) }), 2),
      ),
    ),
    multipart,
  )
  expect(undone.text).not.toContain('changesetresponse')
  expect(simulator.rows('contact').length).toBe(before)
  const linked = await call(
    'POST',
    '$batch',
    batch(
      changeset(
        operation(post('accounts', { name: 'Contoso' }), 1),
        operation(post('contacts', { lastname: 'Linked', 'parentcustomerid_account@odata.bind': '$1' }), 2),
      ),
    ),
    multipart,
  )
  expect(linked.status).toBe(200)
  const [account] = simulator.rows('account')
  expect(simulator.rows('contact').find((row) => row.lastname === 'Linked')?._parentcustomerid_value).toBe(
    account?.accountid,
  )
})

test('trap 18: three different 429s with a Retry-After in seconds, per user', async () => {
  const { call, simulator, clock } = await world({ limits: { requests: 3 } })
  for (let index = 0; index < 3; index += 1) expect((await call('GET', 'WhoAmI')).status).toBe(200)
  await clock.advance(100_000)
  const burst = await call('GET', 'WhoAmI')
  expect([...code(burst), burst.headers.get('retry-after')]).toEqual([429, '0x80072322', '200'])
  expect(Number((await call('GET', 'WhoAmI')).headers.get('retry-after'))).toBeGreaterThan(200)
  const other = await connect(
    simulator,
    simulator.defineApplicationUser({ name: 'Other', roles: [simulator.administratorRoleId] }),
  )
  expect((await other('GET', 'WhoAmI')).status).toBe(200)
  await clock.advance(201_000)
  expect((await call('GET', 'WhoAmI')).status).toBe(200)

  const slow = await world({ limits: { executionMs: 40, operationMs: 20 } })
  await slow.call('GET', 'WhoAmI')
  await slow.call('GET', 'WhoAmI')
  expect(code(await slow.call('GET', 'WhoAmI'))).toEqual([429, '0x80072321'])

  const crowd = await world()
  crowd.simulator.faults.each({ kind: 'latency', ms: 50 })
  const replies = await Promise.all(Array.from({ length: 60 }, () => crowd.call('GET', 'WhoAmI')))
  const refused = replies.filter((reply) => reply.status === 429)
  expect(refused.length).toBe(8)
  expect(new Set(refused.map((reply) => reply.json.error.code))).toEqual(new Set(['0x80072326']))
})

test('trap 19: an error code is a hex text, "0x0", or empty', async () => {
  const { call } = await world()
  expect(code(await call('GET', `contacts(${missing})`))).toEqual([404, '0x80040217'])
  expect(code(await call('GET', 'contacts?$select=Nonsense'))).toEqual([400, '0x0'])
  const wrongVerb = await call('POST', 'WhoAmI', {})
  expect(code(wrongVerb)).toEqual([404, ''])
  expect(wrongVerb.json.error.message).toMatch(/^No HTTP resource was found that matches the request URI/)
})

test('trap 20: a missing row and a wrong set look alike to a function, not in the URL', async () => {
  const { call, simulator } = await world()
  const access = (target: string): Promise<Reply> =>
    call(
      'GET',
      `systemusers(${simulator.userId})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@t)?@t=${encodeURIComponent(`{'@odata.id':'${target}'}`)}`,
    )
  expect(code(await access(`contacts(${missing})`))).toEqual([404, '0x80040217'])
  expect(code(await access(`nonsense(${missing})`))).toEqual([404, '0x80040217'])
  expect(code(await call('GET', 'nonsense'))).toEqual([404, '0x8006088a'])
  expect(code(await call('GET', 'Contacts'))).toEqual([404, '0x8006088a'])
})
