import { isUnknownOutcomeError } from '@dynacamp/http'
import { describe, expect, test } from 'vitest'
import {
  account,
  contact,
  isAlreadyExists,
  isDuplicateDetected,
  isNotFound,
  isPreconditionFailed,
  reference,
} from '../src/index.ts'
import { createEnvironment, guidOf, rejection } from './environment.ts'

const id = guidOf(7)

describe('create', () => {
  test('says the id, or hands back the row', async () => {
    const { client, simulator } = createEnvironment()
    const contacts = client.table(contact)
    const { id: made } = await contacts.create({ lastname: 'Ek' })
    expect(simulator.row('contact', made)).toMatchObject({ lastname: 'Ek' })
    const row = await contacts.create({ firstname: 'Bo', lastname: 'Ek' }, { returning: ['fullname'] })
    expect(row).toMatchObject({ fullname: 'Bo Ek' })
    expect(row['@odata.etag']).toBeDefined()
  })

  test('with an id of ours makes that row, once', async () => {
    const { client, simulator } = createEnvironment()
    const contacts = client.table(contact)
    expect(await contacts.create({ lastname: 'Ek' }, { id })).toMatchObject({ id })
    const error = await rejection(contacts.create({ lastname: 'Other' }, { id }))
    expect(error).toSatisfy(isAlreadyExists)
    expect(simulator.row('contact', id)).toMatchObject({ lastname: 'Ek' })
  })

  test('whose answer is lost: unknown without an id, repeated with one', async () => {
    const { client, simulator } = createEnvironment()
    const contacts = client.table(contact)
    await client.whoAmI()
    simulator.faults.next({ kind: 'cut', when: 'after' })
    expect(await rejection(contacts.create({ lastname: 'Ek' }))).toSatisfy(isUnknownOutcomeError)
    expect(simulator.rows('contact')).toHaveLength(1)

    simulator.faults.next({ kind: 'cut', when: 'after' })
    // The repeat finds the row that the first sending made.
    expect(await rejection(contacts.create({ lastname: 'Ek' }, { id }))).toSatisfy(isAlreadyExists)
    expect(simulator.rows('contact')).toHaveLength(2)

    simulator.faults.next({ kind: 'cut', when: 'before' })
    expect(await contacts.create({ lastname: 'Berg' }, { id: guidOf(8) })).toMatchObject({ id: guidOf(8) })
  })

  test('binds lookups of every sort', async () => {
    const { client, simulator } = createEnvironment()
    const employer = simulator.insert('account', { name: 'Contoso' })
    const { id: made } = await client.table(contact).create({
      lastname: 'Ek',
      parentcustomerid: reference(account, employer),
      ownerid: { table: 'systemuser', entitySet: 'systemusers', id: simulator.userId },
    })
    expect(simulator.row('contact', made)).toMatchObject({
      _parentcustomerid_value: employer,
      _ownerid_value: simulator.userId,
    })
  })

  test('runs duplicate rules only when asked', async () => {
    const { client, simulator } = createEnvironment()
    simulator.defineDuplicateRule({ table: 'contact', columns: ['emailaddress1'] })
    const contacts = client.table(contact)
    const values = { lastname: 'Ek', emailaddress1: 'ek@example.com' }
    await contacts.create(values)
    await contacts.create(values)
    expect(await rejection(contacts.create(values, { detectDuplicates: true }))).toSatisfy(
      isDuplicateDetected,
    )
  })
})

describe('update', () => {
  test('changes the given columns, null clears', async () => {
    const { client, simulator } = createEnvironment()
    simulator.insert('contact', { contactid: id, lastname: 'Ek', jobtitle: 'CEO', nickname: 'E' })
    await client.table(contact).update(id, { jobtitle: null, nickname: 'Ekie' })
    const row = simulator.row('contact', id)
    expect(row).toMatchObject({ lastname: 'Ek', nickname: 'Ekie' })
    expect(row?.jobtitle ?? null).toBeNull()
  })

  test('never creates', async () => {
    const { client, simulator } = createEnvironment()
    expect(await rejection(client.table(contact).update(id, { lastname: 'Ek' }))).toSatisfy(isNotFound)
    expect(simulator.rows('contact')).toHaveLength(0)
  })

  test('with an ETag only changes the row that was read', async () => {
    const { client, simulator } = createEnvironment()
    simulator.insert('contact', { contactid: id, lastname: 'Ek' })
    const contacts = client.table(contact)
    const row = await contacts.get(id, { select: ['lastname'] })
    const ifMatch = row['@odata.etag'] ?? ''
    const after = await contacts.update(id, { lastname: 'Berg' }, { ifMatch, returning: ['lastname'] })
    expect(after).toMatchObject({ lastname: 'Berg' })
    expect(after['@odata.etag']).not.toBe(ifMatch)
    expect(await rejection(contacts.update(id, { lastname: 'Dahl' }, { ifMatch }))).toSatisfy(
      isPreconditionFailed,
    )
    expect(simulator.row('contact', id)).toMatchObject({ lastname: 'Berg' })
  })

  test('whose answer is lost: repeated without an ETag, unknown with one', async () => {
    const { client, simulator } = createEnvironment()
    simulator.insert('contact', { contactid: id, lastname: 'Ek' })
    const contacts = client.table(contact)
    const row = await contacts.get(id, { select: ['lastname'] })
    simulator.faults.next({ kind: 'cut', when: 'after' })
    await contacts.update(id, { lastname: 'Berg' })
    simulator.faults.next({ kind: 'cut', when: 'after' })
    const ifMatch =
      (await contacts.get(id, { select: ['lastname'] }))['@odata.etag'] ?? row['@odata.etag'] ?? ''
    simulator.faults.next({ kind: 'cut', when: 'after' })
    expect(await rejection(contacts.update(id, { lastname: 'Dahl' }, { ifMatch }))).toSatisfy(
      isUnknownOutcomeError,
    )
  })
})

describe('upsert', () => {
  test('creates, then changes, and says which when the row is asked for', async () => {
    const { client } = createEnvironment()
    const contacts = client.table(contact)
    const first = await contacts.upsert(id, { lastname: 'Ek' }, { returning: ['lastname'] })
    expect(first).toMatchObject({ created: true, row: { contactid: id, lastname: 'Ek' } })
    const second = await contacts.upsert(id, { lastname: 'Berg' }, { returning: ['lastname'] })
    expect(second).toMatchObject({ created: false, row: { lastname: 'Berg' } })
    expect(await rejection(contacts.upsert(id, { lastname: 'Dahl' }, { ifNoneMatch: '*' }))).toSatisfy(
      isAlreadyExists,
    )
  })

  test('by alternate key does not pretend to know the id', async () => {
    const { client, simulator } = createEnvironment()
    simulator.defineKey('contact', 'new_external', ['externaluseridentifier'])
    const contacts = client.table(contact)
    const key = { externaluseridentifier: "A'17" }
    expect(await contacts.upsert(key, { lastname: 'Ek' })).toMatchObject({ id: undefined })
    expect(await contacts.get(key, { select: ['lastname'] })).toMatchObject({ lastname: 'Ek' })
    const { row } = await contacts.upsert(key, { lastname: 'Berg' }, { returning: ['lastname'] })
    expect(simulator.row('contact', row.contactid)).toMatchObject({ lastname: 'Berg' })
  })
})

describe('delete', () => {
  test('removes a row once, and a changed row not at all', async () => {
    const { client, simulator } = createEnvironment()
    simulator.insert('contact', { contactid: id, lastname: 'Ek' })
    const contacts = client.table(contact)
    const ifMatch = (await contacts.get(id, { select: [] }))['@odata.etag'] ?? ''
    simulator.update('contact', id, { lastname: 'Berg' })
    expect(await rejection(contacts.delete(id, { ifMatch }))).toSatisfy(isPreconditionFailed)
    await contacts.delete(id)
    expect(simulator.row('contact', id)).toBeUndefined()
    expect(await rejection(contacts.delete(id))).toSatisfy(isNotFound)
  })
})

describe('links', () => {
  test('are made and taken back', async () => {
    const { client, simulator } = createEnvironment()
    const employer = simulator.insert('account', { name: 'Contoso' })
    simulator.insert('contact', { contactid: id, lastname: 'Ek' })
    const accounts = client.table(account)
    await accounts.associate(employer, 'contact_customer_accounts', reference(contact, id))
    expect(simulator.row('contact', id)).toMatchObject({ _parentcustomerid_value: employer })
    await accounts.disassociate(employer, 'contact_customer_accounts', reference(contact, id))
    expect(simulator.row('contact', id)?._parentcustomerid_value ?? null).toBeNull()
  })

  test('a lookup is cleared by null and by its link', async () => {
    const { client, simulator } = createEnvironment()
    simulator.insert('contact', { contactid: id, lastname: 'Ek' })
    const company = simulator.insert('account', { name: 'Contoso', _primarycontactid_value: id })
    const accounts = client.table(account)
    await accounts.disassociate(company, 'primarycontactid')
    expect(simulator.row('account', company)?._primarycontactid_value ?? null).toBeNull()
    await accounts.update(company, { primarycontactid: reference(contact, id) })
    await accounts.update(company, { primarycontactid: null })
    expect(simulator.row('account', company)?._primarycontactid_value ?? null).toBeNull()
  })
})
