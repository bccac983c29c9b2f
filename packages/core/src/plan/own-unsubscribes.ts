import type { Fields } from '@dynacamp/mapping-dsl'
import { type Base, unsubscribedBySync } from '../model/link.ts'
import type { ListStatus } from '../model/observation.ts'
import { sortedIds } from './participating-lists.ts'

/** A list that the sync itself took a contact off. */
export interface OwnUnsubscribe {
  readonly id: string
  /** The person had confirmed the subscription: only then may it come back without asking them. */
  readonly confirmed: boolean
}

const unconfirmed = ':unconfirmed'

/** What unsubscribing from a list is remembered as. */
export const ownUnsubscribe = ({ id, status }: ListStatus): OwnUnsubscribe => ({
  id,
  confirmed: status === 'active',
})

/** All that is remembered, whatever has become of it since. */
const rememberedIn = (fields: Fields): readonly OwnUnsubscribe[] => {
  const remembered = fields[unsubscribedBySync]
  if (typeof remembered !== 'string' || remembered === '') return []
  return remembered
    .split(',')
    .map((entry) => ({ id: entry.replace(unconfirmed, ''), confirmed: !entry.endsWith(unconfirmed) }))
}

/**
 * Lists that the sync itself took the contact off, and that it is still off: no word of the person. One that the person joined
 * since is theirs again.
 */
export const ownUnsubscribes = (
  base: Base | undefined,
  lists: readonly ListStatus[],
): readonly OwnUnsubscribe[] => {
  const remembered = base === undefined ? [] : rememberedIn(base.activeCampaign)
  return lists.flatMap(({ id, status }) =>
    status === 'unsubscribed' ? remembered.filter((own) => own.id === id) : [],
  )
}

/**
 * Whether the sync itself took a contact off a list, as far as a base remembers.
 *
 * @example
 * const isTheirs = (link: Link): boolean => !isOwnUnsubscribe(link.base, '5')
 */
export const isOwnUnsubscribe = ({ activeCampaign }: Base, list: string): boolean =>
  rememberedIn(activeCampaign).some(({ id }) => id === list)

/**
 * The base when a contact is on a list again: that the sync once took it off counts no more, so leaving it is the person's own word.
 *
 * @example
 * const onAgain = (link: Link): Link => ({ ...link, base: withoutOwnUnsubscribe(link.base, '5') })
 */
export const withoutOwnUnsubscribe = (base: Base, list: string): Base => {
  const remembered = base.activeCampaign[unsubscribedBySync]
  if (typeof remembered !== 'string') return base
  const left = remembered.split(',').filter((entry) => entry !== list && entry !== `${list}${unconfirmed}`)
  return { ...base, activeCampaign: { ...base.activeCampaign, [unsubscribedBySync]: left.join(',') } }
}

/**
 * The base when the sync has taken a contact off a list, as the action that does it is to settle it.
 *
 * @example
 * const off = (link: Link, action: UnsubscribeActiveCampaignContact): Link => ({
 *   ...link,
 *   base: withOwnUnsubscribe(link.base, '5', action.settles),
 * })
 */
export const withOwnUnsubscribe = (base: Base, list: string, settles: Base): Base => {
  const own = [
    ...rememberedIn(base.activeCampaign),
    ...rememberedIn(settles.activeCampaign).filter(({ id }) => id === list),
  ]
  return { ...base, activeCampaign: { ...base.activeCampaign, ...rememberUnsubscribes(own) } }
}

/** What a base remembers when the sync takes a contact off lists again that it was confirmed for; `settled`: what it remembers till then. */
export const rememberAgain = (settled: Fields, lists: readonly string[]): Fields =>
  rememberUnsubscribes([...rememberedIn(settled), ...lists.map((id) => ({ id, confirmed: true }))])

/** What a base remembers of such lists. */
export const rememberUnsubscribes = (own: readonly OwnUnsubscribe[]): Fields => {
  const confirmedById = new Map(own.map(({ id, confirmed }) => [id, confirmed]))
  const entries = sortedIds([...confirmedById.keys()]).map((id) =>
    confirmedById.get(id) === true ? id : `${id}${unconfirmed}`,
  )
  return { [unsubscribedBySync]: entries.join(',') }
}
