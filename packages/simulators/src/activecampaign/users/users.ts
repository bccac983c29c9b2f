import { type Call, type Endpoint, param } from '../core/call.ts'
import { createRow, crud, rowOr404, sentRow, updateRow } from '../core/crud.ts'
import { type JsonObject, type Row, text } from '../core/json.ts'
import { created, missing, noResult, ok, Rejection } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { fullRow, linksOf, updatedRow } from '../core/show.ts'
import type { Store } from '../core/store.ts'

export const users: Resource = {
  path: 'users',
  one: 'user',
  model: 'User',
  links: [
    'lists',
    'userGroup',
    'dealGroupTotals',
    'dealGroupUsers',
    'configs',
    'dealConnection',
    'userConversationsPermission',
    'seatUser',
  ],
  readOnly: ['cdate', 'udate', 'mfaEnabled', 'password_updated_utc_timestamp'],
  defaults: (store) => ({
    username: '',
    firstName: '',
    lastName: '',
    email: '',
    phone: '',
    signature: null,
    localZoneid: 'America/Chicago',
    password_updated_utc_timestamp: null,
    cdate: store.iso(),
    udate: store.iso(),
    mfaEnabled: '0',
  }),
  touched: (store) => ({ udate: store.iso() }),
}

/** Puts a user into the one group he has. */
export function joinGroup(store: Store, user: string, group: string): void {
  const { userGroups } = store.tables
  const [current] = userGroups.by('user', user)
  userGroups.put({
    userid: user,
    groupid: group,
    cdate: current?.cdate ?? store.iso(),
    udate: store.iso(),
    group,
    user,
    id: current?.id ?? userGroups.nextId(),
  })
}

/** What comes along with a written user: his group, and what he may do with conversations. */
function besides({ store }: Call, user: Row): JsonObject {
  const memberships = store.tables.userGroups.by('user', user.id)
  const permission = {
    user: user.id,
    permission: '0',
    created_timestamp: store.iso(),
    updated_timestamp: store.iso(),
    links: linksOf(store, 'userConversationsPermissions', user.id, ['user']),
    id: user.id,
  }
  return {
    userGroups: memberships.map((row) => ({
      ...row,
      links: linksOf(store, 'userGroups', row.id, ['group', 'user']),
    })),
    userConversationsPermissions: [permission],
  }
}

const relations = ({ store }: Call, user: Row): JsonObject => ({
  userGroup: store.tables.userGroups.by('user', user.id).map(({ id }) => id)[0] ?? null,
  userConversationsPermission: user.id,
})

function checkedGroup(call: Call, sent: JsonObject): string {
  const group = text(sent.group)
  if (group !== '' && call.store.tables.groups.get(group) === undefined) throw noResult('Group', group)
  return group
}

const create: Endpoint = {
  operation: 'users.create',
  method: 'POST',
  path: 'users',
  handle: (call) => {
    const sent = sentRow(users, call)
    for (const attribute of ['username', 'email', 'group']) {
      if (text(sent[attribute]) === '') throw missing('user', attribute)
    }
    const group = checkedGroup(call, sent)
    const row = createRow(users, call, sent)
    joinGroup(call.store, row.id, group)
    return created({ ...besides(call, row), user: { ...fullRow(users, row, call), ...relations(call, row) } })
  },
}

const update = (method: 'PUT' | 'PATCH'): Endpoint => ({
  operation: 'users.update',
  method,
  path: 'users/:id',
  handle: (call) => {
    const sent = sentRow(users, call)
    const group = checkedGroup(call, sent)
    const row = updateRow(users, call, rowOr404(users, call, param(call, 'id')), sent)
    if (group !== '') joinGroup(call.store, row.id, group)
    return ok({
      ...besides(call, row),
      user: { ...updatedRow(users, row, sent, call), ...relations(call, row) },
    })
  },
})

const lookup = (column: 'email' | 'username'): Endpoint => ({
  operation: `users.by-${column}`,
  method: 'GET',
  path: `users/${column}/:value`,
  handle: (call) => {
    const value = param(call, 'value')
    const user = call.store.tables.users.rows.find((row) => row[column] === value)
    if (user === undefined)
      throw new Rejection(404, { message: `No Result found for User with ${column} ${value}` })
    return ok({ user: fullRow(users, user, call) })
  },
})

/** The key belongs to the first user. */
const me: Endpoint = {
  operation: 'users.me',
  method: 'GET',
  path: 'users/me',
  handle: (call) => ok({ user: fullRow(users, rowOr404(users, call, '1'), call) }),
}

export const userEndpoints: readonly Endpoint[] = [
  me,
  lookup('email'),
  lookup('username'),
  ...crud(users, ['list', 'get', 'remove']),
  create,
  update('PUT'),
  update('PATCH'),
]
