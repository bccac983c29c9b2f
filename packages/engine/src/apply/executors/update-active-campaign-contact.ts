import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import { hashFields, type UpdateActiveCampaignContact } from '@dynacamp/core'
import { inState } from '../../context.ts'
import { contactKind, contactRecord, customFieldsOf } from '../../observe/contact-record.ts'
import type { StoredRecord } from '../../state/state-store.ts'
import type { ApplyContext } from '../apply-context.ts'
import { contactInput } from '../contact-input.ts'
import type { Execution } from '../outcome.ts'
import { writtenContact } from '../written-contact.ts'

const stale = (code: string, message: string): Execution => ({ status: 'stale', code, message })

/**
 * Updates the contact by its id, after one more look at it: ActiveCampaign has no ETag, so a change between the plan and
 * this call would be overwritten unseen. Between the look and the write a moment remains that nothing can close.
 */
export const updateActiveCampaignContact = async (
  context: ApplyContext,
  action: UpdateActiveCampaignContact,
): Promise<Execution> => {
  const { activeCampaign, customFields, signal } = context
  const options = signal ? { signal } : undefined
  try {
    const now = await look(context, action.activeCampaignId)
    const { activeCampaignHash, activeCampaignFields = [] } = action.preconditions
    if (
      activeCampaignHash !== undefined &&
      hashFields(now.fields, activeCampaignFields) !== activeCampaignHash
    ) {
      return stale(
        'contact-changed',
        'The contact changed in ActiveCampaign after the plan; the next plan merges it.',
      )
    }
    const input = contactInput(action.changes, customFields)
    const written = await activeCampaign.contacts.update(action.activeCampaignId, input, options)
    const record = writtenContact(context, action.changes, written, now)
    const { dynamicsId, activeCampaignId } = action
    const link = { dynamicsId, activeCampaignId, answered: { activeCampaign: record.fields } }
    return { status: 'done', records: [record], link }
  } catch (error) {
    if (!isActiveCampaignError(error)) throw error
    if (error.code === 'not-found') {
      return stale('contact-gone', 'The contact was deleted in ActiveCampaign after the plan.')
    }
    if (error.code === 'duplicate') {
      return stale(
        'email-taken',
        'Another contact of ActiveCampaign has this e-mail; the next plan shows both.',
      )
    }
    throw error
  }
}

/** The contact as ActiveCampaign has it at this moment. */
const look = async (context: ApplyContext, id: string): Promise<StoredRecord> => {
  const { activeCampaign, customFields, definition, signal } = context
  const { contact, fieldValues } = await activeCampaign.contacts.get(id, signal ? { signal } : undefined)
  const [known] = await inState(context, ({ records }) => records.find(contactKind, [id]))
  return contactRecord(definition, contact, customFieldsOf(fieldValues, customFields), known?.tags ?? [])
}
