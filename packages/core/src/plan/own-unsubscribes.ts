import type { Fields } from '@dynacamp/mapping-dsl'
import { type Base, unsubscribedBySync } from '../model/link.ts'
import type { ListStatus } from '../model/observation.ts'
import { sortedIds } from './participating-lists.ts'

/**
 * Lists that the sync itself took the contact off, and that it is still off: no word of the person. One that the person joined
 * since is theirs again.
 */
export const ownUnsubscribes = (base: Base | undefined, lists: readonly ListStatus[]): readonly string[] => {
  const remembered = base?.activeCampaign[unsubscribedBySync]
  if (typeof remembered !== 'string' || remembered === '') return []
  const ids = remembered.split(',')
  return lists.filter(({ id, status }) => status === 'unsubscribed' && ids.includes(id)).map(({ id }) => id)
}

/** What a base remembers of such lists. */
export const rememberUnsubscribes = (ids: readonly string[]): Fields => ({
  [unsubscribedBySync]: sortedIds([...new Set(ids)]).join(','),
})
