import type { AddActiveCampaignTags } from '@dynacamp/core'
import { inState } from '../../context.ts'
import { contactKind } from '../../observe/contact-record.ts'
import type { ApplyContext } from '../apply-context.ts'
import { isOtherGone } from '../is-other-gone.ts'
import type { Execution } from '../outcome.ts'
import { staleContact, tagGone } from '../stale.ts'
import { addTags } from '../tag-ids.ts'

/**
 * Adds tags; repeating finds them there. It moves the contact's `udate`, so the next observation reads the contact again, and
 * finds what is remembered here.
 */
export const addActiveCampaignTags = async (
  context: ApplyContext,
  { dynamicsId, activeCampaignId, tags }: AddActiveCampaignTags,
): Promise<Execution> => {
  try {
    await addTags(context, activeCampaignId, tags)
  } catch (error) {
    if (await isOtherGone(context, error, activeCampaignId)) return tagGone
    return staleContact(error, activeCampaignId)
  }
  const known = await inState(context, ({ records }) => records.find(contactKind, [activeCampaignId]))
  const records = known.map((record) => ({ ...record, tags: [...new Set([...record.tags, ...tags])] }))
  return { status: 'done', records, link: { dynamicsId, activeCampaignId } }
}
