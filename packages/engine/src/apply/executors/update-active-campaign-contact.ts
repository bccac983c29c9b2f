import type { UpdateActiveCampaignContact } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { ApplyContext } from '../apply-context.ts'
import { contactInput } from '../contact-input.ts'
import { isOtherGone } from '../is-other-gone.ts'
import { lookAtContact } from '../look-at-contact.ts'
import type { Execution } from '../outcome.ts'
import { contactChanged, staleContact } from '../stale.ts'
import { takeAwayKept } from '../take-away-kept.ts'
import { writtenContact } from '../written-contact.ts'

/**
 * Updates the contact by its id, after one more look at it: ActiveCampaign has no ETag, so a change between the plan and
 * this call would be overwritten unseen. Between the look and the write a moment remains that nothing can close.
 */
export const updateActiveCampaignContact = async (
  context: ApplyContext,
  entity: CompiledEntity,
  action: UpdateActiveCampaignContact,
): Promise<Execution> => {
  const { activeCampaign, customFields, signal } = context
  const { dynamicsId, activeCampaignId, changes } = action
  try {
    const { now, unchanged, fieldValues } = await lookAtContact(context, action)
    if (!unchanged) return contactChanged
    const input = contactInput(changes, customFields)
    const answer = await activeCampaign.contacts.update(
      activeCampaignId,
      input,
      signal ? { signal } : undefined,
    )
    const written = await takeAwayKept(context, entity, changes, answer, fieldValues)
    const record = writtenContact(context, changes, written, now)
    const link = { dynamicsId, activeCampaignId, answered: { activeCampaign: record.fields } }
    return { status: 'done', records: [record], link }
  } catch (error) {
    // A custom field that it writes: the contact is held with the error.
    if (await isOtherGone(context, error, activeCampaignId)) throw error
    return staleContact(error, activeCampaignId)
  }
}
