import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  account,
  contact,
  formattedValue,
  isForbidden,
  isNotFound,
  lead,
  likeLiteral,
  odata,
  odataGuid,
  opportunity,
  organization,
  referenceOf,
  role,
  systemuser,
  type TableNames,
  team,
  transactioncurrency,
} from '../src/index.ts'
import { collect, createEnvironment, guidOf, rejection } from './environment.ts'

describe('whoAmI', () => {
  test('is the application user', async () => {
    const { client, simulator } = createEnvironment()
    expect(await client.whoAmI()).toMatchObject({
      userId: simulator.userId,
      organizationId: simulator.organizationId,
    })
  })

  test('survives tokens that became worthless', async () => {
    const { client, simulator } = createEnvironment()
    await client.whoAmI()
    simulator.revokeTokens()
    expect((await client.whoAmI()).userId).toBe(simulator.userId)
    expect(simulator.calls.byOperation.token).toBe(2)
  })
})

describe('get', () => {
  test('reads the selected columns, the id and the ETag', async () => {
    const { client, simulator } = createEnvironment()
    const id = simulator.insert('contact', { firstname: 'Ann', lastname: 'Ek', donotbulkemail: true })
    const row = await client.table(contact).get(id, { select: ['fullname', 'donotbulkemail', 'jobtitle'] })
    expect(row).toMatchObject({ contactid: id, fullname: 'Ann Ek', donotbulkemail: true, jobtitle: null })
    expect(row['@odata.etag']).toMatch(/^W\/"\d+"$/)
    expect(row).not.toHaveProperty('lastname')
  })

  test('reads every column of a shipped table', async () => {
    const { client, simulator } = createEnvironment()
    const id = simulator.insert('account', { name: 'Contoso', revenue: 5_000 })
    expect(await client.table(account).get(id)).toMatchObject({ name: 'Contoso', revenue: 5_000 })
  })

  test.each([account, contact, lead, opportunity, systemuser, team, role, transactioncurrency, organization])(
    '$entitySet: the environment has every column of the shipped table',
    async (table) => {
      const { client, simulator } = createEnvironment()
      const name = table.logicalName
      if (['account', 'contact', 'lead', 'opportunity'].includes(name)) simulator.insert(name, {})
      const rows = await collect(client.table<TableNames>(table).list({ top: 2 }))
      if (name !== 'team') expect(rows.length).toBeGreaterThan(0)
    },
  )

  test('a row that is not there is isNotFound; a table that is not there is not', async () => {
    const { client } = createEnvironment()
    expect(await rejection(client.table(contact).get(guidOf(1)))).toSatisfy(isNotFound)
    const error = await rejection(client.table('conacts').get(guidOf(1)))
    expect(error).toMatchObject({ status: 404 })
    expect(error).not.toSatisfy(isNotFound)
  })

  test('gives lookups with their table, ready to be written', async () => {
    const { client, simulator } = createEnvironment()
    const employer = simulator.insert('account', { name: 'Contoso' })
    const id = simulator.insert('contact', { lastname: 'Ek' })
    const contacts = client.table(contact)
    await contacts.update(id, { parentcustomerid: { table: 'account', entitySet: 'accounts', id: employer } })
    const row = await contacts.get(id, { select: ['parentcustomerid', 'statuscode'], formattedValues: true })
    expect(row._parentcustomerid_value).toBe(employer)
    expect(referenceOf(contact, row, 'parentcustomerid')).toEqual({
      table: 'account',
      entitySet: 'accounts',
      id: employer,
    })
    expect(formattedValue(row, 'statuscode')).toBe('Active')
    expect(formattedValue(row, 'parentcustomerid')).toBe('Contoso')
  })

  test('getIfChanged is undefined while the ETag is the same', async () => {
    const { client, simulator } = createEnvironment()
    const id = simulator.insert('contact', { lastname: 'Ek' })
    const contacts = client.table(contact)
    const etag = (await contacts.get(id, { select: ['lastname'] }))['@odata.etag'] ?? ''
    expect(await contacts.getIfChanged(id, etag, { select: ['lastname'] })).toBeUndefined()
    simulator.update('contact', id, { lastname: 'Berg' })
    expect(await contacts.getIfChanged(id, etag, { select: ['lastname'] })).toMatchObject({
      lastname: 'Berg',
    })
  })
})

describe('list', () => {
  test('law: reads every matching row once, whatever the page size, also when resumed from a token', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 25 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        async (size, pageSize, stop) => {
          const { client, simulator } = createEnvironment()
          const ids = Array.from({ length: size }, (_, index) =>
            simulator.insert('contact', { lastname: `Ek ${index}` }),
          )
          const list = client.table(contact).list({ select: ['lastname'], orderBy: 'contactid', pageSize })
          const all = await collect(list)
          expect(new Set(all.map((row) => row.contactid))).toEqual(new Set(ids))
          expect(all).toHaveLength(size)

          const pages = await collect(list.byPage())
          expect(pages.at(-1)?.continuationToken).toBeUndefined()
          const index = stop % pages.length
          const rest = await collect(list.byPage({ continuationToken: pages[index]?.continuationToken }))
          if (pages[index]?.continuationToken !== undefined) {
            const resumed = [...pages.slice(0, index + 1), ...rest].flatMap(({ rows }) => rows)
            expect(resumed).toEqual(all)
          }
        },
      ),
      { numRuns: 25 },
    )
  })

  test('filters by text as it is written, quotes and wildcards included', async () => {
    const { client, simulator } = createEnvironment()
    const names = ["O'Brien", 'O_Brien', 'OxBrien', '100%', '1000', '[x]', 'x', 'a&b=c+d#e/f?g']
    for (const lastname of names) simulator.insert('contact', { lastname })
    for (const name of names) {
      const list = client
        .table(contact)
        .list({ select: ['lastname'], filter: odata`lastname eq ${likeLiteral(name)}` })
      expect((await collect(list)).map((row) => row.lastname)).toEqual([name])
    }
  })

  test('filters by id and sorts', async () => {
    const { client, simulator } = createEnvironment()
    const employer = simulator.insert('account', { name: 'Contoso' })
    for (const firstname of ['B', 'C', 'A']) {
      simulator.insert('contact', { firstname, lastname: 'Ek', _parentcustomerid_value: employer })
    }
    const list = client.table(contact).list({
      select: ['firstname'],
      filter: odata`_parentcustomerid_value eq ${odataGuid(employer)}`,
      orderBy: ['firstname desc'],
      top: 2,
    })
    expect((await collect(list)).map((row) => row.firstname)).toEqual(['C', 'B'])
  })

  test('counts with a page and by itself', async () => {
    const { client, simulator } = createEnvironment()
    for (let index = 0; index < 7; index += 1)
      simulator.insert('contact', { lastname: index < 3 ? 'Ek' : 'Berg' })
    const contacts = client.table(contact)
    const [page] = await collect(contacts.list({ select: [], count: true, pageSize: 2 }).byPage())
    expect(page?.count).toBe(7)
    expect(await contacts.count({ filter: odata`lastname eq ${'Ek'}` })).toEqual({
      count: 3,
      isCapped: false,
    })
  })

  test('expands what it is told, untyped', async () => {
    const { client, simulator } = createEnvironment()
    const person = simulator.insert('contact', { lastname: 'Ek' })
    const id = simulator.insert('account', { name: 'Contoso', _primarycontactid_value: person })
    const row = await client
      .table(account)
      .get(id, { select: ['name'], expand: 'primarycontactid($select=lastname)' })
    expect(row).toMatchObject({ primarycontactid: { contactid: person, lastname: 'Ek' } })
  })

  test('a misspelt column is an error that names it', async () => {
    const { client } = createEnvironment()
    expect(await rejection(collect(client.table('contacts').list({ select: ['Nope'] })))).toMatchObject({
      status: 400,
      dataverseCode: '0x0',
      message: expect.stringContaining('Nope'),
    })
  })

  test('related rows are read through the relationship', async () => {
    const { client, simulator } = createEnvironment()
    const employer = simulator.insert('account', { name: 'Contoso' })
    const id = simulator.insert('contact', { lastname: 'Ek', _parentcustomerid_value: employer })
    simulator.insert('contact', { lastname: 'Berg' })
    const staff = client
      .table(account)
      .related(employer, 'contact_customer_accounts', contact, { select: ['lastname'] })
    expect(await collect(staff)).toMatchObject([{ contactid: id, lastname: 'Ek' }])
  })
})

describe('faults', () => {
  test('a read goes through throttling, server errors and broken connections', async () => {
    const { client, simulator, clock } = createEnvironment()
    simulator.insert('contact', { lastname: 'Ek' })
    await client.whoAmI()
    const startMs = clock.now()
    simulator.faults.next({ kind: 'status', status: 429, retryAfter: 37 })
    simulator.faults.next({ kind: 'status', status: 503 })
    const rows = await collect(client.table(contact).list({ select: ['lastname'] }))
    expect(rows).toHaveLength(1)
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(37_000)

    simulator.faults.next({ kind: 'cut', when: 'after' })
    expect(await collect(client.table(contact).list({ select: ['lastname'] }))).toHaveLength(1)
  })

  test('a user without the privilege is told which one', async () => {
    const { client, simulator } = createEnvironment()
    const nobody = simulator.insert('systemuser', {
      firstname: 'No',
      lastname: 'Body',
      domainname: 'nobody@example.com',
    })
    const error = await rejection(
      collect(
        client
          .actingAs({ systemUserId: nobody })
          .table(contact)
          .list({ select: ['lastname'] }),
      ),
    )
    expect(error).toSatisfy(isForbidden)
  })
})
