import { expect, test } from 'vitest'
import { failureOf } from './scripted-service.ts'
import { accountWithContacts, simulatedAccount } from './simulated-account.ts'

test('users are found by id, e-mail and name', async () => {
  const { client } = simulatedAccount()
  const me = await client.me()
  expect(await client.users.get(me.id)).toMatchObject({ username: me.username })
  expect(await client.users.getByEmail(me.email)).toMatchObject({ id: me.id })
  expect(await client.users.getByUsername(me.username)).toMatchObject({ id: me.id, mfaEnabled: false })
  expect((await client.users.list().toArray()).map(({ id }) => id)).toContain(me.id)
  expect(await failureOf(client.users.get('999'))).toMatchObject({ code: 'not-found' })
})

test('groups tell what their users may do', async () => {
  const { client, simulator } = simulatedAccount()
  simulator.insert('groupLimits', { groupid: '3', group: '3', limitMail: '500' })
  const groups = await client.groups.list().toArray()
  const administrators = groups.find((group) => group.p_admin)
  expect(await client.groups.get(administrators?.id ?? '')).toMatchObject({ p_admin: true })
  expect(await client.groups.limits().toArray()).toMatchObject([{ group: '3', limitMail: 500 }])
})

test('a segment is computed in the background and read to the end', async () => {
  const { client, simulator } = accountWithContacts(230)
  const made = await client.request({
    operation: 'segments.create',
    method: 'POST',
    path: 'segmentsV2',
    json: {
      data: {
        type: 'segment',
        attributes: { name: 'All', segment_conditions: [], segment_condition_groups: [] },
      },
    },
  })
  const id = /"id":"([^"]+)"/.exec(JSON.stringify(made.body))?.[1] ?? ''
  expect(await client.segments.get(id)).toMatchObject({ segment_id: id, name: 'All' })
  const members: string[] = []
  for await (const member of client.segments.contactIds(id)) members.push(member)
  const all = simulator.contacts().map((contact) => String(contact.id))
  expect(members.toSorted((a, b) => Number(a) - Number(b))).toEqual(all)
  expect(await client.segments.matches(id, all[0] ?? '')).toBe(true)
  expect(await client.segments.delete(id)).toEqual({ existed: true })
})
