import { expect, test } from 'vitest'
import { createDynamicsSimulator, createVirtualClock, type DynamicsSimulator } from '../../src/index.ts'
import { connect, type Reply, type TestClient } from './client.ts'

/** Monday 5 January 2026, noon. */
const noon = Date.UTC(2026, 0, 5, 12)

const start = async (): Promise<{ simulator: DynamicsSimulator; call: TestClient }> => {
  const simulator = createDynamicsSimulator({ clock: createVirtualClock(noon) })
  return { simulator, call: await connect(simulator) }
}
const code = (reply: Reply): [number, string] => [reply.status, reply.json?.error?.code]

const found = async (call: TestClient, filter: string, more = ''): Promise<string[]> => {
  const reply = await call(
    'GET',
    `contacts?$select=lastname&$orderby=lastname&$filter=${encodeURIComponent(filter)}${more}`,
  )
  expect(reply.json.error).toBeUndefined()
  return reply.json.value.map((row: { lastname: string }) => row.lastname)
}

test.each([
  ['Today()', ['Now', 'Today']],
  ['Yesterday()', ['Yesterday']],
  ['Last7Days()', ['Now', 'Today', 'Yesterday']],
  ['ThisWeek()', ['Now', 'Today', 'Tomorrow', 'Yesterday']],
  ['LastMonth()', ['December']],
  ['ThisYear()', ['Now', 'Today', 'Tomorrow', 'Yesterday']],
  ['LastXDays(PropertyValue=1)', ['Now', 'Today', 'Yesterday']],
  ['NextXDays(PropertyValue=1)', ['Now', 'Tomorrow']],
  ['LastXHours(PropertyValue=1)', ['Now']],
  ['OlderThanXMonths(PropertyValue=1)', ['December']],
  ['On(PropertyValue=2026-01-04)', ['Yesterday']],
  ['OnOrAfter(PropertyValue=2026-01-05)', ['Now', 'Today', 'Tomorrow']],
  ['OnOrBefore(PropertyValue=2026-01-04)', ['December', 'Yesterday']],
  ['InFiscalPeriodAndYear(PropertyValues=["4","2025"])', ['December']],
])('%s finds %j', async (call, expected) => {
  const { simulator, call: client } = await start()
  for (const [lastname, lastonholdtime] of [
    ['December', '2025-12-01T10:00:00Z'],
    ['Yesterday', '2026-01-04T23:59:59Z'],
    ['Today', '2026-01-05T00:00:00Z'],
    ['Now', '2026-01-05T12:00:00Z'],
    ['Tomorrow', '2026-01-06T12:00:00Z'],
    ['Never', null],
  ]) {
    simulator.insert('contact', { lastname, lastonholdtime })
  }
  const filter = `Microsoft.Dynamics.CRM.${call.replace('(', "(PropertyName='lastonholdtime',").replace(',)', ')')}`
  expect(await found(client, filter)).toEqual(expected)
})

test('filters by lists, ranges, selections and users', async () => {
  const { simulator, call } = await start()
  simulator.defineColumn('contact', {
    name: 'new_Topics',
    type: 'choices',
    options: [1, 2, 3].map((value) => ({ value, label: `Topic ${value}` })),
  })
  simulator.insert('contact', { lastname: 'A', numberofchildren: 1, new_topics: '2,1' })
  simulator.insert('contact', { lastname: 'B', numberofchildren: 5, new_topics: '3' })
  simulator.insert('contact', { lastname: 'C' })
  const crm = 'Microsoft.Dynamics.CRM.'
  expect(await found(call, `${crm}In(PropertyName='numberofchildren',PropertyValues=['1','7'])`)).toEqual([
    'A',
  ])
  expect(
    await found(call, `${crm}Between(PropertyName='numberofchildren',PropertyValues=["2","5"])`),
  ).toEqual(['B'])
  expect(
    await found(call, `${crm}ContainValues(PropertyName='new_topics',PropertyValues=["1","9"])`),
  ).toEqual(['A'])
  await call('POST', 'contacts', { lastname: 'Mine' })
  expect(await found(call, `${crm}EqualUserId(PropertyName='ownerid')`)).toEqual(['Mine'])
  expect(await found(call, "new_topics eq '1,2'")).toEqual(['A'])
})

test('follows lookups and collections', async () => {
  const { simulator, call } = await start()
  const contoso = simulator.insert('account', { name: 'Contoso' })
  const ek = simulator.insert('contact', { lastname: 'Ek', _parentcustomerid_value: contoso })
  simulator.insert('contact', { lastname: 'Ask' })
  simulator.insert('task', { subject: 'Call', _regardingobjectid_value: ek })
  expect(await found(call, "parentcustomerid_account/name eq 'contoso'")).toEqual(['Ek'])
  expect(await found(call, `_parentcustomerid_value eq ${contoso}`)).toEqual(['Ek'])
  expect(await found(call, "Contact_Tasks/any(t:t/subject eq 'Call')")).toEqual(['Ek'])
  expect(await found(call, 'not Contact_Tasks/any()')).toEqual(['Ask'])
  expect(await found(call, "Contact_Tasks/all(t:t/subject eq 'Other')")).toEqual(['Ask'])
  const reply = await call(
    'GET',
    `accounts?$expand=contact_customer_accounts($select=lastname;$filter=lastname eq 'Ek')&$select=name`,
  )
  expect(
    reply.json.value[0].contact_customer_accounts.map((row: { lastname: string }) => row.lastname),
  ).toEqual(['Ek'])
  expect(reply.json.value[0]['contact_customer_accounts@odata.nextLink']).toContain(
    `accounts(${contoso})/contact_customer_accounts`,
  )
})

test('parameter aliases stand for values; one that is not assigned counts as null', async () => {
  const { simulator, call } = await start()
  simulator.insert('contact', { lastname: 'Ek', jobtitle: 'CEO' })
  simulator.insert('contact', { lastname: 'Ask' })
  expect(await found(call, 'jobtitle eq @p', "&@p='ceo'")).toEqual(['Ek'])
  expect(await found(call, 'jobtitle eq @p')).toEqual(['Ask'])
})

test('groups and aggregates, leaving out the property of the empty group', async () => {
  const { simulator, call } = await start()
  for (const [lastname, gendercode, numberofchildren] of [
    ['A', 1, 1],
    ['B', 1, 3],
    ['C', 2, 4],
    ['D', null, 5],
  ]) {
    simulator.insert('contact', { lastname, gendercode, numberofchildren })
  }
  const query = 'groupby((gendercode),aggregate($count as n,numberofchildren with sum as children))'
  const grouped = await call('GET', `contacts?$apply=${query}`)
  expect(new Set(grouped.json.value.map((row: object) => JSON.stringify(row)))).toEqual(
    new Set([
      '{"gendercode":1,"n":2,"children":4}',
      '{"gendercode":2,"n":1,"children":4}',
      '{"n":1,"children":5}',
    ]),
  )
  const filtered = await call(
    'GET',
    'contacts?$apply=filter(gendercode eq 1)/aggregate(numberofchildren with average as a)',
  )
  expect(filtered.json.value).toEqual([{ a: 2 }])
})

test('more than 500 conditions, 15 expansions and types that do not go together are refused', async () => {
  const { call } = await start()
  const many = Array.from({ length: 501 }, () => 'statecode eq 0').join(' or ')
  expect(code(await call('GET', `contacts?$filter=${encodeURIComponent(many)}`))).toEqual([400, '0x8004430c'])
  const wide = Array.from({ length: 16 }, () => 'createdby').join(',')
  expect(code(await call('GET', `contacts?$expand=${wide}`))).toEqual([400, '0x8004430d'])
  const mixed = await call('GET', "contacts?$filter=statecode eq 'x'")
  expect(code(mixed)).toEqual([400, '0x0'])
  expect(mixed.json.error.message).toContain(
    "operand types 'Edm.Int32' and 'Edm.String' for operator kind 'Equal'",
  )
  expect((await call('GET', "contacts?$filter=lastname in ('a','b')")).status).toBe(400)
})

test('a conditional read answers 304 while nothing changed', async () => {
  const { simulator, call } = await start()
  const id = simulator.insert('contact', { lastname: 'Ek' })
  const first = await call('GET', `contacts(${id})?$select=lastname`)
  const tag = { 'if-none-match': first.json['@odata.etag'] }
  expect((await call('GET', `contacts(${id})?$select=lastname`, undefined, tag)).status).toBe(304)
  simulator.update('contact', id, { lastname: 'Ek' })
  expect((await call('GET', `contacts(${id})?$select=lastname`, undefined, tag)).status).toBe(200)
})

test('describes tables, columns by type, relationships and keys', async () => {
  const { simulator, call } = await start()
  simulator.defineTable({
    schemaName: 'new_Project',
    entitySetName: 'new_projects',
    primaryName: 'new_name',
    objectTypeCode: 10_001,
    label: 'Project',
    pluralLabel: 'Projects',
    columns: { new_Name: { type: 'text', label: 'Name', maxLength: 100 } },
  })
  simulator.defineKey('new_project', 'new_ByName', ['new_name'])
  const table = await call(
    'GET',
    "EntityDefinitions(LogicalName='new_project')?$select=EntitySetName,PrimaryIdAttribute,IsCustomEntity&$expand=Keys($select=KeyAttributes,EntityKeyIndexStatus)",
  )
  expect(table.json).toMatchObject({
    EntitySetName: 'new_projects',
    PrimaryIdAttribute: 'new_projectid',
    IsCustomEntity: true,
    Keys: [{ KeyAttributes: ['new_name'], EntityKeyIndexStatus: 'Active' }],
  })
  expect((await call('POST', 'new_projects', { new_name: 'Roof' })).status).toBe(204)
  const texts = await call(
    'GET',
    "EntityDefinitions(LogicalName='lead')/Attributes/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=LogicalName,MaxLength&$filter=LogicalName eq 'mobilephone'",
  )
  expect(texts.json.value).toMatchObject([{ LogicalName: 'mobilephone', MaxLength: 20 }])
  const required = await call(
    'GET',
    "EntityDefinitions(LogicalName='contact')/Attributes?$select=LogicalName&$filter=RequiredLevel/Value eq Microsoft.Dynamics.CRM.AttributeRequiredLevel'ApplicationRequired'",
  )
  expect(required.json.value.map((column: { LogicalName: string }) => column.LogicalName)).toEqual([
    'lastname',
  ])
  const status = await call(
    'GET',
    "EntityDefinitions(LogicalName='contact')/Attributes/Microsoft.Dynamics.CRM.StatusAttributeMetadata?$select=LogicalName&$expand=OptionSet",
  )
  expect(
    status.json.value[0].OptionSet.Options.map((option: { Value: number; State: number }) => [
      option.Value,
      option.State,
    ]),
  ).toEqual([
    [1, 0],
    [2, 1],
  ])
  expect(code(await call('GET', "EntityDefinitions(LogicalName='Contact')"))).toEqual([404, '0x80041102'])
})

test('FetchXML joins, groups and orders', async () => {
  const { simulator, call } = await start()
  const contoso = simulator.insert('account', { name: 'Contoso' })
  simulator.insert('contact', { lastname: 'Ek', _parentcustomerid_value: contoso, numberofchildren: 2 })
  simulator.insert('contact', { lastname: 'Ask', numberofchildren: 3 })
  const fetch = (xml: string): Promise<Reply> => call('GET', `contacts?fetchXml=${encodeURIComponent(xml)}`)
  const joined = await fetch(
    '<fetch><entity name="contact"><attribute name="lastname"/><link-entity name="account" from="accountid" to="parentcustomerid" alias="a"><attribute name="name"/></link-entity></entity></fetch>',
  )
  expect(joined.json.value).toMatchObject([{ lastname: 'Ek', 'a.name': 'Contoso' }])
  const summed = await fetch(
    '<fetch aggregate="true"><entity name="contact"><attribute name="numberofchildren" alias="n" aggregate="sum"/></entity></fetch>',
  )
  expect(summed.json.value).toEqual([{ n: 5 }])
  const ordered = await fetch(
    '<fetch><entity name="contact"><attribute name="lastname"/><order attribute="lastname" descending="true"/></entity></fetch>',
  )
  expect(ordered.json.value.map((row: { lastname: string }) => row.lastname)).toEqual(['Ek', 'Ask'])
})
