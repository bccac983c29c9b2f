import { describe, expect, test } from 'vitest'
import { contact, role } from '../src/index.ts'
import { collect, createEnvironment } from './environment.ts'

const addPerson = (
  { simulator }: ReturnType<typeof createEnvironment>,
  firstname: string,
  more: Record<string, unknown> = {},
) =>
  simulator.insert('systemuser', {
    firstname,
    lastname: 'Ek',
    fullname: `${firstname} Ek`,
    internalemailaddress: `${firstname.toLowerCase()}@example.com`,
    isdisabled: false,
    accessmode: 0,
    ...more,
  })

describe('users', () => {
  test('are found by part of their name, wildcards taken literally', async () => {
    const environment = createEnvironment()
    const ann = addPerson(environment, 'Ann')
    addPerson(environment, 'Anders', { isdisabled: true })
    addPerson(environment, 'Ante', { accessmode: 3 })
    addPerson(environment, 'Bo_')
    const { users } = environment.client
    expect(await users.search('an')).toMatchObject([
      { id: ann, fullName: 'Ann Ek', email: 'ann@example.com' },
    ])
    expect((await users.search('_')).map(({ fullName }) => fullName)).toEqual(['Bo_ Ek'])
    expect(await users.search("'")).toEqual([])
  })

  test('are given roles, and have them taken away', async () => {
    const environment = createEnvironment()
    const { client } = environment
    const { businessUnitId } = await client.whoAmI()
    const ann = addPerson(environment, 'Ann', { _businessunitid_value: businessUnitId })
    const [some] = await collect(
      client
        .table(role)
        .list({ select: ['name'], filter: `_businessunitid_value eq ${businessUnitId}`, top: 1 }),
    )
    const roleId = some?.roleid ?? ''
    expect((await client.users.roles(ann)).direct).toEqual([])
    await client.users.addRole(ann, roleId)
    expect((await client.users.roles(ann)).direct).toEqual([{ id: roleId, name: some?.name }])
    await client.users.removeRole(ann, roleId)
    expect((await client.users.roles(ann)).direct).toEqual([])
  })

  test('say which privileges they hold', async () => {
    const { client, simulator } = createEnvironment()
    const named = await client.users.privileges(simulator.userId, ['prvReadContact', 'prvNothing'])
    expect(named).toMatchObject([{ name: 'prvReadContact', depth: 'Global' }])
    const all = await client.users.privileges(simulator.userId)
    expect(all.some(({ name }) => name === 'prvWriteContact')).toBe(true)
  })
})

describe('actingAs', () => {
  test('writes in the name of another user', async () => {
    const environment = createEnvironment()
    const { client, simulator } = environment
    const { businessUnitId } = await client.whoAmI()
    const ann = addPerson(environment, 'Ann', { _businessunitid_value: businessUnitId })
    const [admin] = await collect(
      client.table(role).list({
        select: ['name'],
        filter: `name eq 'System Administrator' and _businessunitid_value eq ${businessUnitId}`,
      }),
    )
    await client.users.addRole(ann, admin?.roleid ?? '')
    const { id } = await client.actingAs({ systemUserId: ann }).table(contact).create({ lastname: 'Ek' })
    expect(simulator.row('contact', id)).toMatchObject({
      _createdby_value: ann,
      _createdonbehalfby_value: simulator.userId,
    })
    const own = await client.table(contact).create({ lastname: 'Berg' })
    expect(simulator.row('contact', own.id)).toMatchObject({ _createdby_value: simulator.userId })
  })
})
