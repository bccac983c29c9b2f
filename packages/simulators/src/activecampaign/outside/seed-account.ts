import type { Store } from '../core/store.ts'
import { users } from '../users/users.ts'

/** What every account has from its first day: a user who administers it. */
export function seedAccount(store: Store): void {
  store.tables.users.put({
    ...users.defaults(store),
    username: 'admin',
    firstName: 'Ada',
    lastName: 'Admin',
    email: 'admin@dynacamp.example',
    signature: '',
    password_updated_utc_timestamp: '0000-00-00 00:00:00',
    cdate: null,
    udate: null,
    id: '1',
  })
}
