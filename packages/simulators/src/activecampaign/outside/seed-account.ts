import type { Store } from '../core/store.ts'
import { allRights, groups } from '../users/groups.ts'
import { joinGroup, users } from '../users/users.ts'

/** What every account has from its first day: a group of administrators, and a user in it. */
export function seedAccount(store: Store): void {
  store.tables.groups.put({
    ...groups.defaults(store),
    ...allRights,
    title: 'Admin',
    descript: 'Administrators of the account',
    id: '3',
  })
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
  for (const [index, label] of ['General Details', 'Deal Details', 'Account Details'].entries()) {
    const [type_id, id] = [index + 1, String(index + 1)]
    store.tables.groupDefinitions.put({ label, type_id, ordernum: 1, id })
  }
  joinGroup(store, '1', '3')
}
