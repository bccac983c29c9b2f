import { expect, test } from 'vitest'
import { testAccount } from './account.ts'

test('account names are unique and required', async () => {
  const account = testAccount()
  const first = await account.post('accounts', { account: { name: 'Fjord Partners' } })
  expect(first.status).toBe(201)
  expect(first.body.account).toMatchObject({
    id: '1',
    owner: '1',
    customFieldSaveStatus: { status: 'success' },
  })
  const second = await account.post('accounts', { account: { name: 'fjord partners' } })
  expect(second.status).toBe(422)
  expect(second.body.errors[0]).toMatchObject({
    title: 'An account named "fjord partners" already exists. Please choose a new name.',
    code: 'duplicate',
    source: { pointer: '/data/attributes/name' },
  })
  expect((await account.post('accounts', { account: {} })).body.errors[0].code).toBe('field_missing')
})

test('counts are zero unless they are asked for, and no updated-since filter exists', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  await account.post('accounts', { account: { name: 'Fjord Partners' } })
  await account.post('accountContacts', { accountContact: { contact: '1', account: '1', jobTitle: 'CEO' } })
  expect((await account.get('accounts')).body.accounts[0].contactCount).toBe('0')
  expect((await account.get('accounts?count_deals=true')).body.accounts[0].contactCount).toBe('1')
  expect((await account.get('accounts?filters[updated_after]=2030-01-01')).body.accounts).toHaveLength(1)
})

test('a contact belongs to one account; PUT does not move it, its row mirrors it', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  for (const name of ['Fjord Partners', 'Nord Bygg']) await account.post('accounts', { account: { name } })
  const link = { contact: 1, account: 1, jobTitle: 'CEO' }
  expect((await account.post('accountContacts', { accountContact: link })).body.accountContact).toMatchObject(
    link,
  )
  const refused = await account.post('accountContacts', { accountContact: { contact: 1, account: 2 } })
  expect(refused.status).toBe(422)
  expect(refused.body.errors[0]).toMatchObject({
    code: 'field_invalid',
    source: { pointer: '/data/attributes/account,contact' },
  })
  await account.put('accountContacts/1', { accountContact: { account: 2, jobTitle: 'Chair' } })
  const read = (await account.get('accountContacts/1')).body.accountContact
  expect(read).toMatchObject({ account: '1', jobTitle: 'Chair' })
  const { contact } = (await account.get('contacts/1')).body
  expect(contact).toMatchObject({ orgid: '1', orgname: 'Fjord Partners', accountContacts: ['1'] })
})

test('custom field values are written inline, one by one and in bulk, with real numbers in the rows', async () => {
  const account = testAccount()
  const meta = await account.post('accountCustomFieldMeta', {
    accountCustomFieldMetum: { fieldLabel: 'Staff', fieldType: 'number', isFormVisible: 1 },
  })
  expect(meta.status).toBe(200)
  expect(meta.body.accountCustomFieldMetum).toMatchObject({
    isFormVisible: 1,
    createdTimestamp: '2026-05-28 10:03:51',
  })
  await account.post('accounts', {
    account: { name: 'Fjord Partners', fields: [{ customFieldId: 1, fieldValue: '12' }] },
  })
  const read = await account.get('accounts/1/accountCustomFieldData')
  expect(read.body.accountCustomFieldData).toMatchObject([
    { accountId: 1, customFieldId: 1, fieldValue: '12' },
  ])
  const bulk = await account.post('accountCustomFieldData/bulkCreate', [
    { customerAccountId: 1, customFieldId: 1, fieldValue: '13' },
  ])
  expect(bulk.body).toEqual({ message: 'the bulk insert was successful' })
  await account.call('PATCH', 'accountCustomFieldData/bulkUpdate', [{ id: '1', fieldValue: '14' }])
  const filtered = await account.get('accountCustomFieldData?filters[customerAccountId]=1')
  expect(filtered.body.accountCustomFieldData).toMatchObject([{ id: '1', fieldValue: '14' }])
  const missing = await account.put('accountCustomFieldData/9', {
    accountCustomFieldDatum: { fieldValue: '1' },
  })
  expect(missing).toMatchObject({ status: 404, body: { errors: [{ status: 404, title: 'Not Found' }] } })
})

test('many accounts are deleted at once', async () => {
  const account = testAccount()
  for (const name of ['A', 'B', 'C']) await account.post('accounts', { account: { name } })
  const answer = await account.remove('accounts/bulk_delete?ids[]=1&ids[]=3')
  expect(answer.body).toEqual({ meta: { success: true } })
  expect(account.simulator.rows('accounts')).toMatchObject([{ id: '2' }])
})

test('entering an account and leaving it leaves the udate of the contact unless switched', async () => {
  for (const [accountContactWrite, moved] of [
    ['keeps-contact', false],
    ['moves-contact', true],
  ] as const) {
    const account = testAccount({ behaviour: { accountContactWrite } })
    const { id, updatedAtMs } = account.simulator.insertContact({ email: 'mira.holt@example.com' })
    await account.post('accounts', { account: { name: 'Fjord Partners' } })
    const changedSince = (ms: number) => (account.simulator.contacts()[0]?.updatedAtMs ?? 0) > ms
    await account.clock.advance(1000)
    await account.post('accountContacts', { accountContact: { account: 1, contact: id } })
    expect(changedSince(updatedAtMs)).toBe(moved)
    const entered = account.simulator.contacts()[0]?.updatedAtMs ?? 0
    await account.clock.advance(1000)
    await account.remove('accountContacts/1')
    expect(changedSince(entered)).toBe(moved)
  }
})
