import { expect, test } from 'vitest'
import { createDynamicsSimulator, type DynamicsSimulator } from '../../src/index.ts'
import { connect, type Reply, type TestClient } from './client.ts'

const start = async (): Promise<{ simulator: DynamicsSimulator; call: TestClient }> => {
  const simulator = createDynamicsSimulator()
  return { simulator, call: await connect(simulator) }
}
const code = (reply: Reply): [number, string] => [reply.status, reply.json?.error?.code]
const representation = { prefer: 'return=representation' }

test('deleting an account takes its contacts and notes along and unlinks its children', async () => {
  const { simulator, call } = await start()
  const account = simulator.insert('account', { name: 'Contoso' })
  const child = simulator.insert('account', { name: 'Branch', _parentaccountid_value: account })
  simulator.insert('contact', { lastname: 'Ek', _parentcustomerid_value: account })
  simulator.insert('annotation', { subject: 'Note', _objectid_value: account })
  expect((await call('DELETE', `accounts(${account})`)).status).toBe(204)
  expect(simulator.rows('contact')).toEqual([])
  expect(simulator.rows('annotation')).toEqual([])
  expect(simulator.row('account', child)?._parentaccountid_value).toBeUndefined()
  expect(code(await call('DELETE', `accounts(${account})`))).toEqual([404, '0x80040217'])
})

test('creates related rows in one go, or none of them', async () => {
  const { simulator, call } = await start()
  const body = (subject: string): object => ({
    name: 'Contoso',
    primarycontactid: { firstname: 'Ann', lastname: 'Ek' },
    Account_Tasks: [{ subject }],
  })
  expect(code(await call('POST', 'accounts', body('x'.repeat(201))))).toEqual([400, '0x80044331'])
  expect([simulator.rows('account'), simulator.rows('contact')]).toEqual([[], []])
  const created = await call(
    'POST',
    'accounts?$select=name&$expand=primarycontactid($select=fullname),Account_Tasks($select=subject)',
    body('Call'),
    representation,
  )
  expect(created.status).toBe(201)
  expect(created.json.primarycontactid.fullname).toBe('Ann Ek')
  expect(created.json.Account_Tasks).toMatchObject([{ subject: 'Call' }])
  expect(simulator.rows('activitypointer')).toMatchObject([{ subject: 'Call', activitytypecode: 'task' }])
})

test('dates outside of 1753-01-01 to 9999-12-30 are refused, days like times', async () => {
  const { call } = await start()
  const create = async (values: object) => code(await call('POST', 'contacts', { lastname: 'Ek', ...values }))
  for (const birthdate of ['1752-12-31', '9999-12-31']) {
    expect(await create({ birthdate })).toEqual([400, '0x80040239'])
    expect(await create({ lastonholdtime: `${birthdate}T12:00:00Z` })).toEqual([400, '0x80040239'])
  }
  for (const birthdate of ['1753-01-01', '9999-12-30']) {
    expect(await create({ birthdate, lastonholdtime: `${birthdate}T23:59:59Z` })).toEqual([204, undefined])
  }
})

test('alternate keys address rows, create them and are unique', async () => {
  const { simulator, call } = await start()
  simulator.defineKey('contact', 'new_external', ['externaluseridentifier'])
  const url = "contacts(externaluseridentifier='A-17')"
  expect(code(await call('GET', url))).toEqual([404, '0x80060891'])
  const created = await call('PATCH', url, { lastname: 'Ek' })
  expect([created.status, created.headers.get('odata-entityid')?.endsWith(`/${url}`)]).toEqual([204, true])
  expect((await call('GET', `${url}?$select=externaluseridentifier`)).json.externaluseridentifier).toBe(
    'A-17',
  )
  const ignored = await call(
    'PATCH',
    `${url}?$select=externaluseridentifier`,
    { externaluseridentifier: 'B' },
    representation,
  )
  expect(ignored.json.externaluseridentifier).toBe('A-17')
  const second = await call('POST', 'contacts', { lastname: 'Ek', externaluseridentifier: 'a-17' })
  expect(code(second)).toEqual([412, '0x80060892'])
  expect(code(await call('GET', "contacts(lastname='Ek')"))).toEqual([400, '0x80060890'])
  expect((await call('GET', "contacts(externaluseridentifier='a%2Bb@example.com')")).status).toBe(400)
})

test.each([
  ['a text that is too long', { jobtitle: 'x'.repeat(101) }, '0x80044331'],
  ['a choice that does not exist', { gendercode: 9 }, '0x8004431a'],
  ['a number out of range', { numberofchildren: -1 }, '0x8004432f'],
  ['a date with a time', { birthdate: '1990-01-31T00:00:00Z' }, '0x80048d19'],
  ['a text where a number belongs', { numberofchildren: '2' }, '0x80048d19'],
  ['a column that does not exist', { Firstname: 'Ann' }, '0x0'],
] as const)('refuses %s', async (_, columns, expected) => {
  const { simulator, call } = await start()
  expect(code(await call('POST', 'contacts', { lastname: 'Ek', ...columns }))).toEqual([400, expected])
  expect(simulator.rows('contact')).toEqual([])
})

test('keeps money in the base currency beside it and rounds it', async () => {
  const { simulator, call } = await start()
  const dollar = simulator.insert('transactioncurrency', {
    currencyname: 'US Dollar',
    isocurrencycode: 'USD',
    currencysymbol: '$',
    exchangerate: 1.25,
  })
  const created = await call(
    'POST',
    'contacts?$select=annualincome,annualincome_base,exchangerate',
    {
      lastname: 'Ek',
      annualincome: 100.005,
      'transactioncurrencyid@odata.bind': `/transactioncurrencies(${dollar})`,
    },
    { prefer: 'return=representation,odata.include-annotations="*"' },
  )
  expect(created.json).toMatchObject({
    annualincome_base: 80.008,
    exchangerate: 1.25,
    _transactioncurrencyid_value: dollar,
  })
  expect(created.json.annualincome).toBeCloseTo(100.01, 5)
  expect(created.json['annualincome@OData.Community.Display.V1.FormattedValue']).toMatch(/^\$100\.0/)
})

test('a lead is qualified once, and what was made of it points back', async () => {
  const { simulator, call } = await start()
  const lead = simulator.insert('lead', {
    subject: 'Coffee',
    firstname: 'Ann',
    lastname: 'Ek',
    companyname: 'Contoso',
  })
  const qualify = (): Promise<Reply> =>
    call('POST', `leads(${lead})/Microsoft.Dynamics.CRM.QualifyLead`, {
      CreateAccount: true,
      CreateContact: true,
      CreateOpportunity: true,
      Status: 3,
    })
  const made = await qualify()
  expect([made.status, made.json.value.length]).toEqual([200, 3])
  const [account] = simulator.rows('account')
  expect(account).toMatchObject({ name: 'Contoso', _originatingleadid_value: lead })
  expect(simulator.rows('contact')).toMatchObject([
    { fullname: 'Ann Ek', _parentcustomerid_value: account?.accountid },
  ])
  expect(simulator.rows('opportunity')).toMatchObject([
    { name: 'Coffee', _customerid_value: account?.accountid },
  ])
  expect(simulator.row('lead', lead)).toMatchObject({ statecode: 1, statuscode: 3 })
  expect(code(await qualify())).toEqual([400, '0x80040519'])
  expect(code(await call('PATCH', `leads(${lead})`, { subject: 'Tea' }))).toEqual([400, '0x80040230'])
})

test('merging retires the subordinate and moves its children', async () => {
  const { simulator, call } = await start()
  const [winner, loser] = [
    simulator.insert('contact', { lastname: 'A' }),
    simulator.insert('contact', { lastname: 'B' }),
  ]
  const task = simulator.insert('task', { subject: 'Call', _regardingobjectid_value: loser })
  const contact = (contactid: string): object => ({
    '@odata.type': 'Microsoft.Dynamics.CRM.contact',
    contactid,
  })
  const merge = (Subordinate: string): Promise<Reply> =>
    call('POST', 'Merge', {
      Target: contact(winner),
      Subordinate: contact(Subordinate),
      UpdateContent: { '@odata.type': 'Microsoft.Dynamics.CRM.contact', jobtitle: 'CEO' },
      PerformParentingChecks: false,
    })
  expect(code(await merge(winner))).toEqual([400, '0x80045305'])
  expect((await merge(loser)).status).toBe(204)
  expect(simulator.row('contact', loser)).toMatchObject({
    statecode: 1,
    merged: true,
    _masterid_value: winner,
  })
  expect(simulator.row('contact', winner)?.jobtitle).toBe('CEO')
  expect(simulator.row('task', task)?._regardingobjectid_value).toBe(winner)
  expect(code(await merge(loser))).toEqual([400, '0x80045304'])
})

test('connections come in pairs', async () => {
  const { simulator, call } = await start()
  const account = simulator.insert('account', { name: 'Contoso' })
  const contact = simulator.insert('contact', { lastname: 'Ek' })
  await call('POST', 'connections', {
    'record1id_contact@odata.bind': `/contacts(${contact})`,
    'record2id_account@odata.bind': `/accounts(${account})`,
  })
  const connections = simulator.rows('connection')
  expect(connections.map((row) => row.record1objecttypecode).toSorted()).toEqual([1, 2])
  expect(connections[0]?._relatedconnectionid_value).toBe(connections[1]?.connectionid)
})

test('a missing privilege is named', async () => {
  const { simulator } = await start()
  const roles = [simulator.defineRole({ name: 'Reader', privileges: { prvReadContact: 'Global' } })]
  const call = await connect(simulator, simulator.defineApplicationUser({ name: 'Reader', roles }))
  const denied = await call(
    'POST',
    'contacts',
    { lastname: 'Ek' },
    { prefer: 'odata.include-annotations="*"' },
  )
  expect(code(denied)).toEqual([403, '0x80040220'])
  expect(denied.json.error.message).toMatch(
    /is missing prvCreateContact privilege .* on OTC=2 for entity 'contact'/,
  )
  expect(denied.json.error['@Microsoft.PowerApps.CDS.ErrorDetails.ApiExceptionMessageName']).toBe(
    'PrivilegeDenied',
  )
  const impersonating = await call('GET', 'WhoAmI', undefined, { mscrmcallerid: simulator.userId })
  expect(code(impersonating)).toEqual([403, '0x8004a110'])
})

test('a user without roles, a disabled one and a bad token are told apart', async () => {
  const { simulator, call } = await start()
  const roleless = simulator.defineApplicationUser({ name: 'Nobody', roles: [] })
  expect(code(await (await connect(simulator, roleless))('GET', 'WhoAmI'))).toEqual([403, '0x80042f09'])
  const disabled = simulator.defineApplicationUser({ name: 'Gone', roles: [simulator.administratorRoleId] })
  simulator.update('systemuser', disabled.userId, { isdisabled: true })
  expect(code(await (await connect(simulator, disabled))('GET', 'WhoAmI'))).toEqual([403, '0x80040225'])
  simulator.revokeTokens()
  const revoked = await call('GET', 'WhoAmI')
  expect(revoked.status).toBe(401)
  expect(revoked.headers.get('www-authenticate')).toMatch(
    /^Bearer authorization_uri=https:\/\/login\.microsoftonline\.com\//,
  )
})
