import type { ResubscribeActiveCampaignContact, UnsubscribeActiveCampaignContact } from '@dynacamp/core'
import type { ApplyContext } from '../apply-context.ts'
import type { Execution } from '../outcome.ts'
import { staleContact } from '../stale.ts'

/** List by list; a status that is set again is the same status, so repeating is safe. */
const forEachList = async (
  {
    lists,
    dynamicsId,
    activeCampaignId,
  }: UnsubscribeActiveCampaignContact | ResubscribeActiveCampaignContact,
  change: (subscription: { readonly contact: string; readonly list: string }) => Promise<unknown>,
): Promise<Execution> => {
  try {
    for (const list of lists) await change({ contact: activeCampaignId, list })
    return { status: 'done', records: [], link: { dynamicsId, activeCampaignId } }
  } catch (error) {
    return staleContact(error, activeCampaignId)
  }
}

/** An opt-out is carried out whatever else changed since the plan: it may only become stricter. */
export const unsubscribeContact = (
  { activeCampaign, signal }: ApplyContext,
  action: UnsubscribeActiveCampaignContact,
): Promise<Execution> =>
  forEachList(action, (subscription) =>
    activeCampaign.contactLists.unsubscribe(subscription, signal ? { signal } : undefined),
  )

/** Planned only where the definition says so in as many words; ActiveCampaign would resubscribe anybody. */
export const resubscribeContact = (
  { activeCampaign, signal }: ApplyContext,
  action: ResubscribeActiveCampaignContact,
): Promise<Execution> =>
  forEachList(action, (subscription) =>
    activeCampaign.contactLists.subscribe(subscription, { resubscribe: true, ...(signal && { signal }) }),
  )
