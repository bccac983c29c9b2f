import { compareText } from '../compare.ts'
import type { ActiveCampaignObservation, ListStatus } from '../model/observation.ts'
import type { BatchContext } from './batch-context.ts'

/** The contact's lists that the definition lets take part; undefined when its lists have not been read. */
export const participatingLists = (
  { definition }: BatchContext,
  { lists }: ActiveCampaignObservation,
): readonly ListStatus[] | undefined => {
  const { lists: chosen } = definition.optOut
  return chosen === 'all' ? lists : lists?.filter(({ id }) => chosen.includes(id))
}

/** Ids are numbers, sent as text. */
export const sortedIds = (ids: readonly string[]): readonly string[] =>
  ids.toSorted((a, b) => a.length - b.length || compareText(a, b))

/** On these lists the person gets mail, or would on confirming. */
export const subscribed = (lists: readonly ListStatus[]): readonly string[] =>
  sortedIds(lists.filter(({ status }) => status === 'active' || status === 'unconfirmed').map(({ id }) => id))
