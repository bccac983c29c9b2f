import { type Endpoint, param } from '../core/call.ts'
import { crud } from '../core/crud.ts'
import { ok, Rejection } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { fullRow } from '../core/show.ts'

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

const lookup = (column: string, path: string): Endpoint => ({
  operation: `users.by${column}`,
  method: 'GET',
  path,
  handle: (call) => {
    const value = param(call, 'value')
    const user = call.store.tables.users.rows.find((row) => row[column] === value)
    if (user === undefined)
      throw new Rejection(404, { message: `No Result found for User with ${column} ${value}` })
    return ok({ user: fullRow(users, user, call) })
  },
})

const me: Endpoint = {
  operation: 'users.me',
  method: 'GET',
  path: 'users/me',
  handle: (call) => {
    const user = call.store.tables.users.get('1')
    if (user === undefined) throw new Rejection(403, { message: 'Forbidden' })
    return ok({ user: fullRow(users, user, call) })
  },
}

export const userEndpoints: readonly Endpoint[] = [
  me,
  lookup('email', 'users/email/:value'),
  lookup('username', 'users/username/:value'),
  ...crud(users),
]
