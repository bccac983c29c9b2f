import type { Store } from '../core/store.ts'

/** The contacts of `segmentid`; `undefined` when the query names no segment. */
export function segmentMembers(_store: Store, query: URLSearchParams): ReadonlySet<string> | undefined {
  const segment = query.get('segmentid')
  return segment === null || segment === '' || segment === '0' ? undefined : new Set()
}
