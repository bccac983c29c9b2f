import { DynamicsWebApi, type RequestError } from 'dynamics-web-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDynamicsSimulator } from '../../src/index.ts'

/** DynamicsWebApi is a client that others wrote and use: what it can do over a socket, the simulator understands. */
const simulator = createDynamicsSimulator()
let server: Awaited<ReturnType<typeof simulator.listen>>
let api: DynamicsWebApi

beforeAll(async () => {
  server = await simulator.listen()
  const { tenantId, clientId, clientSecret } = simulator.credentials
  const onTokenRefresh = async (): Promise<string> => {
    const response = await fetch(`${server.url}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: `${server.url}/.default`,
      }),
    })
    const { access_token } = (await response.json()) as { access_token: string }
    return access_token
  }
  api = new DynamicsWebApi({ serverUrl: server.url, onTokenRefresh, propagateErrors: true })
})

afterAll(() => server.close())

const failure = async (work: Promise<unknown>): Promise<RequestError> => {
  try {
    await work
  } catch (error) {
    return error as RequestError
  }
  throw new Error('It did not fail.')
}

test('creates, with and without the row in the answer', async () => {
  const id = await api.create({ collection: 'contacts', data: { lastname: 'Ek' } })
  expect(id).toMatch(/^[\da-f-]{36}$/)
  const row = await api.create({
    collection: 'contacts',
    data: { firstname: 'Ann', lastname: 'Ek' },
    returnRepresentation: true,
    select: ['fullname'],
  })
  expect(row).toMatchObject({ fullname: 'Ann Ek' })
})

test('retrieves with select, expand, formatted values and a condition', async () => {
  const accountId = simulator.insert('account', { name: 'Contoso' })
  const key = simulator.insert('contact', { lastname: 'Ek', _parentcustomerid_value: accountId })
  const row = await api.retrieve({
    collection: 'contacts',
    key,
    select: ['lastname', 'statuscode'],
    expand: [{ property: 'parentcustomerid_account', select: ['name'] }],
    includeAnnotations: '*',
  })
  expect(row).toMatchObject({ lastname: 'Ek', parentcustomerid_account: { name: 'Contoso' } })
  expect(row['statuscode@OData.Community.Display.V1.FormattedValue']).toBe('Active')
  const missing = await failure(
    api.retrieve({ collection: 'contacts', key: '00000000-0000-0000-0000-00000000dead' }),
  )
  expect([missing.status, missing.code]).toEqual([404, '0x80040217'])
})

test('updates, also a single property and under a condition', async () => {
  const key = simulator.insert('contact', { lastname: 'Ek' })
  await api.update({ collection: 'contacts', key, data: { jobtitle: 'CEO' } })
  await api.updateSingleProperty({ collection: 'contacts', key, fieldValuePair: { department: 'Sales' } })
  expect(simulator.row('contact', key)).toMatchObject({ jobtitle: 'CEO', department: 'Sales' })
  const stale = await failure(
    api.update({ collection: 'contacts', key, data: { jobtitle: 'x' }, ifmatch: 'W/"1"' }),
  )
  expect([stale.status, stale.code]).toEqual([412, '0x80060882'])
})

test('upserts: creates, updates, and may be held back from either', async () => {
  const key = '22222222-2222-4222-8222-222222222222'
  await api.upsert({ collection: 'contacts', key, data: { lastname: 'Ek' } })
  const row = await api.upsert({
    collection: 'contacts',
    key,
    data: { lastname: 'Ask' },
    returnRepresentation: true,
    select: ['lastname'],
  })
  expect(row).toMatchObject({ lastname: 'Ask' })
  const exists = await failure(api.upsert({ collection: 'contacts', key, data: {}, ifnonematch: '*' }))
  expect(exists.status).toBe(412)
})

test('deletes a row, and a single column of one', async () => {
  const key = simulator.insert('contact', { lastname: 'Ek', jobtitle: 'CEO' })
  await api.deleteRecord({ collection: 'contacts', key, property: 'jobtitle' })
  expect(simulator.row('contact', key)?.jobtitle).toBeUndefined()
  await api.deleteRecord({ collection: 'contacts', key })
  expect(simulator.row('contact', key)).toBeUndefined()
})

test('pages through all rows and filters them', async () => {
  for (let index = 0; index < 12; index += 1)
    simulator.insert('account', { name: `Page ${index}`, numberofemployees: index })
  const first = await api.retrieveMultiple({
    collection: 'accounts',
    select: ['name'],
    filter: "startswith(name,'Page')",
    maxPageSize: 5,
    count: true,
  })
  expect([first.value.length, first.oDataCount]).toEqual([5, 12])
  const second = await api.retrieveMultiple({ collection: 'accounts', maxPageSize: 5 }, first.oDataNextLink)
  expect(second.value.length).toBe(5)
  const all = await api.retrieveAll({
    collection: 'accounts',
    select: ['name'],
    filter: "startswith(name,'Page')",
    maxPageSize: 5,
  })
  expect(new Set(all.value.map((row) => row.name)).size).toBe(12)
  const top = await api.retrieveMultiple({
    collection: 'accounts',
    select: ['name'],
    filter: "numberofemployees ge 3 and numberofemployees lt 9 and name ne 'Page 8'",
    orderBy: ['numberofemployees desc'],
    top: 2,
  })
  expect(top.value.map((row) => row.name)).toEqual(['Page 7', 'Page 6'])
  expect(await api.count({ collection: 'accounts', filter: "startswith(name,'Page')" })).toBe(12)
})

test('fetches by FetchXML, page by page', async () => {
  for (let index = 0; index < 7; index += 1) simulator.insert('campaign', { name: `Fetch ${index}` })
  const fetchXml =
    '<fetch mapping="logical" count="3"><entity name="campaign"><attribute name="name"/><order attribute="name"/><filter><condition attribute="name" operator="like" value="Fetch%"/></filter></entity></fetch>'
  const page = await api.fetch({ collection: 'campaigns', fetchXml, includeAnnotations: '*' })
  expect(page.value.map((row) => row.name)).toEqual(['Fetch 0', 'Fetch 1', 'Fetch 2'])
  const all = await api.fetchAll({ collection: 'campaigns', fetchXml, includeAnnotations: '*' })
  expect(all.value.length).toBe(7)
})

test('tracks changes', async () => {
  const kept = simulator.insert('lead', { lastname: 'Kept' })
  const gone = simulator.insert('lead', { lastname: 'Gone' })
  const start = await api.retrieveMultiple({ collection: 'leads', select: ['lastname'], trackChanges: true })
  simulator.update('lead', kept, { lastname: 'Changed' })
  simulator.remove('lead', gone)
  const round = await api.retrieveMultiple({ collection: 'leads' }, start.oDataDeltaLink)
  expect(round.value[0]).toMatchObject({ leadid: kept, lastname: 'Changed' })
  expect(round.value[1]).toMatchObject({ id: gone, reason: 'deleted' })
})

test('associates and disassociates, single-valued and collections', async () => {
  const accountId = simulator.insert('account', { name: 'Contoso' })
  const contactId = simulator.insert('contact', { lastname: 'Ek' })
  const leadId = simulator.insert('lead', { lastname: 'Ek' })
  await api.associate({
    collection: 'accounts',
    primaryKey: accountId,
    relationshipName: 'contact_customer_accounts',
    relatedCollection: 'contacts',
    relatedKey: contactId,
  })
  expect(simulator.row('contact', contactId)?._parentcustomerid_value).toBe(accountId)
  await api.disassociate({
    collection: 'accounts',
    primaryKey: accountId,
    relationshipName: 'contact_customer_accounts',
    relatedKey: contactId,
  })
  expect(simulator.row('contact', contactId)?._parentcustomerid_value).toBeUndefined()
  await api.associateSingleValued({
    collection: 'accounts',
    primaryKey: accountId,
    navigationProperty: 'primarycontactid',
    relatedCollection: 'contacts',
    relatedKey: contactId,
  })
  expect(simulator.row('account', accountId)?._primarycontactid_value).toBe(contactId)
  await api.disassociateSingleValued({
    collection: 'accounts',
    primaryKey: accountId,
    navigationProperty: 'primarycontactid',
  })
  expect(simulator.row('account', accountId)?._primarycontactid_value).toBeUndefined()
  const pair = {
    collection: 'contacts',
    primaryKey: contactId,
    relationshipName: 'contactleads_association',
    relatedKey: leadId,
  }
  await api.associate({ ...pair, relatedCollection: 'leads' })
  const related = await api.retrieve({
    collection: 'contacts',
    key: contactId,
    navigationProperty: 'contactleads_association',
  })
  expect(related.value.map((row: { leadid: string }) => row.leadid)).toEqual([leadId])
  const twice = await failure(api.associate({ ...pair, relatedCollection: 'leads' }))
  expect(twice.status).toBe(412)
})

test('runs a batch without a change set', async () => {
  api.startBatch()
  const notAwaited = [
    api.create({ collection: 'contacts', data: { lastname: 'Batched' }, inChangeSet: false }),
    api.retrieveMultiple({ collection: 'contacts', select: ['lastname'], filter: "lastname eq 'Batched'" }),
  ]
  const answers = await api.executeBatch()
  expect(notAwaited.length).toBe(2)
  expect(answers[0]).toMatch(/^[\da-f-]{36}$/)
  expect(answers[1].value.map((row: { lastname: string }) => row.lastname)).toEqual(['Batched'])
})

test('runs a batch with a change set whose parts refer to each other', async () => {
  api.startBatch()
  void api.create({ collection: 'accounts', data: { name: 'Changeset' }, contentId: '1' })
  void api.create({
    collection: 'contacts',
    data: { lastname: 'Changeset', 'parentcustomerid_account@odata.bind': '$1' },
    contentId: '2',
  })
  await api.executeBatch()
  const account = simulator.rows('account').find((row) => row.name === 'Changeset')
  const contact = simulator.rows('contact').find((row) => row.lastname === 'Changeset')
  expect(contact?._parentcustomerid_value).toBe(account?.accountid)
})

test('a change set that fails leaves nothing', async () => {
  api.startBatch()
  void api.create({ collection: 'accounts', data: { name: 'Undone' } })
  void api.create({ collection: 'contacts', data: { lastname: 'x'.repeat(51) } })
  const failed = await api.executeBatch().then(
    (answers) => answers,
    (errors: unknown) => errors,
  )
  expect(JSON.stringify(failed, (_, value) => (value instanceof Error ? { ...value } : value))).toContain(
    'exceeded the maximum allowed length',
  )
  expect(simulator.rows('account').some((row) => row.name === 'Undone')).toBe(false)
})

test('calls functions', async () => {
  const me = await api.callFunction('WhoAmI')
  expect(me.UserId).toBe(simulator.userId)
  const counts = await api.callFunction({
    name: 'RetrieveTotalRecordCount',
    parameters: { EntityNames: ['systemuser'] },
  })
  expect(counts.EntityRecordCountCollection).toEqual({
    Count: 1,
    IsReadOnly: false,
    Keys: ['systemuser'],
    Values: [2],
  })
  const held = await api.callFunction({
    collection: 'systemusers',
    key: simulator.userId,
    name: 'Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName',
    parameters: { PrivilegeName: 'prvReadContact' },
  })
  expect(held.RolePrivileges).toMatchObject([{ PrivilegeName: 'prvReadContact', Depth: 'Global' }])
})

test('calls actions', async () => {
  const opportunity = simulator.insert('opportunity', { name: 'Deal' })
  await api.callAction({
    actionName: 'WinOpportunity',
    action: {
      Status: 3,
      OpportunityClose: { subject: 'Won', 'opportunityid@odata.bind': `/opportunities(${opportunity})` },
    },
  })
  expect(simulator.row('opportunity', opportunity)).toMatchObject({ statecode: 1, statuscode: 3 })
  const lead = simulator.insert('lead', { subject: 'Coffee', lastname: 'Ek', companyname: 'Contoso' })
  const made = await api.callAction({
    collection: 'leads',
    key: lead,
    actionName: 'Microsoft.Dynamics.CRM.QualifyLead',
    action: { CreateAccount: true, CreateContact: true, CreateOpportunity: true, Status: 3 },
  })
  expect(made.value.map((row: Record<string, string>) => row['@odata.type'])).toEqual([
    '#Microsoft.Dynamics.CRM.account',
    '#Microsoft.Dynamics.CRM.contact',
    '#Microsoft.Dynamics.CRM.opportunity',
  ])
  const [winner, loser] = [
    simulator.insert('contact', { lastname: 'A' }),
    simulator.insert('contact', { lastname: 'B' }),
  ]
  const contact = (contactid: string): object => ({
    '@odata.type': 'Microsoft.Dynamics.CRM.contact',
    contactid,
  })
  await api.callAction({
    actionName: 'Merge',
    action: { Target: contact(winner), Subordinate: contact(loser), PerformParentingChecks: false },
  })
  expect(simulator.row('contact', loser)).toMatchObject({
    statecode: 1,
    merged: true,
    _masterid_value: winner,
  })
})

test('reads metadata', async () => {
  const entity = await api.retrieveEntity({
    key: "LogicalName='contact'",
    select: ['LogicalName', 'EntitySetName', 'ChangeTrackingEnabled'],
  })
  expect(entity).toMatchObject({
    LogicalName: 'contact',
    EntitySetName: 'contacts',
    ChangeTrackingEnabled: true,
  })
  const choices = await api.retrieveAttributes({
    entityKey: "LogicalName='lead'",
    castType: 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
    select: ['LogicalName'],
    expand: [{ property: 'OptionSet' }],
  })
  const rating = choices.value.find((column) => column.LogicalName === 'leadqualitycode')
  expect(rating.OptionSet.Options.map((option: { Value: number }) => option.Value)).toEqual([1, 2, 3])
  const relationship = await api.retrieveRelationship({ key: "SchemaName='contact_customer_accounts'" })
  expect(relationship.ReferencingEntityNavigationPropertyName).toBe('parentcustomerid_account')
  expect(await api.retrieveCsdlMetadata()).toContain('<EntitySet Name="contacts"')
})

test('acts for somebody else', async () => {
  const other = simulator.defineApplicationUser({ name: 'Other', roles: [simulator.administratorRoleId] })
  const id = await api.create({ collection: 'contacts', data: { lastname: 'Ek' }, impersonate: other.userId })
  expect(simulator.row('contact', String(id))).toMatchObject({
    _createdby_value: other.userId,
    _createdonbehalfby_value: simulator.userId,
  })
})
