import { forbidden } from './reply.ts'
import type { Store } from './store.ts'

/** The group of the user the key belongs to: group 3, "Admin", unless a row says otherwise. */
export function checkPermission(store: Store, column: string | undefined, detail?: string): void {
  if (column === undefined) return
  const [membership] = store.tables.userGroups.by('user', '1')
  const group = store.tables.groups.get(String(membership?.groupid ?? '3'))
  if (group !== undefined && group[column] === '0') throw forbidden(detail)
}
