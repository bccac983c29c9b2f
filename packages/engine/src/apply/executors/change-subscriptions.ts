import type { ResubscribeActiveCampaignContact, UnsubscribeActiveCampaignContact } from '@dynacamp/core'
import { inState } from '../../context.ts'
import type { ApplyContext } from '../apply-context.ts'
import { isOtherGone } from '../is-other-gone.ts'
import { learnSubscribed, learnUnsubscribed } from '../learn-lists.ts'
import type { Execution } from '../outcome.ts'
import { staleContact } from '../stale.ts'

/** List by list; a status that is set again is the same status, so repeating is safe. A list that is gone keeps nobody from the others. */
const forEachList = async (
  context: ApplyContext,
  {
    lists,
    dynamicsId,
    activeCampaignId,
  }: UnsubscribeActiveCampaignContact | ResubscribeActiveCampaignContact,
  change: (subscription: { readonly contact: string; readonly list: string }) => Promise<unknown>,
): Promise<Execution> => {
  try {
    for (const list of lists) {
      try {
        await change({ contact: activeCampaignId, list })
      } catch (error) {
        if (!(await isOtherGone(context, error, activeCampaignId))) throw error
      }
    }
    return { status: 'done', records: [], link: { dynamicsId, activeCampaignId } }
  } catch (error) {
    return staleContact(error, activeCampaignId)
  }
}

/** An opt-out is carried out whatever else changed since the plan: it may only become stricter. */
export const unsubscribeContact = (
  context: ApplyContext,
  action: UnsubscribeActiveCampaignContact,
): Promise<Execution> => {
  const { activeCampaign, signal } = context
  return forEachList(context, action, async (subscription) => {
    await activeCampaign.contactLists.unsubscribe(subscription, signal ? { signal } : undefined)
    await inState(context, (state) => learnUnsubscribed(state, action, subscription.list))
  })
}

/** Planned only where the definition says so in as many words; ActiveCampaign would resubscribe anybody. */
export const resubscribeContact = (
  context: ApplyContext,
  action: ResubscribeActiveCampaignContact,
): Promise<Execution> => {
  const { activeCampaign, signal } = context
  return forEachList(context, action, async (subscription) => {
    await activeCampaign.contactLists.subscribe(subscription, {
      resubscribe: true,
      ...(signal && { signal }),
    })
    await inState(context, (state) => learnSubscribed(state, action, subscription.list))
  })
}
