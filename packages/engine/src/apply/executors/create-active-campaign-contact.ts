import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { CreateActiveCampaignContact } from '@dynacamp/core'
import type { ApplyContext } from '../apply-context.ts'
import { contactInput } from '../contact-input.ts'
import type { Execution } from '../outcome.ts'
import { contactExists } from '../stale.ts'
import { writtenContact } from '../written-contact.ts'

/**
 * Makes the contact with create, which refuses a known e-mail, rather than with the upsert, which would overwrite a
 * contact that somebody made after the plan was reviewed (docs/decisions/0004-create-contacts-with-create.md).
 */
export const createActiveCampaignContact = async (
  context: ApplyContext,
  action: CreateActiveCampaignContact,
): Promise<Execution> => {
  const { activeCampaign, customFields, signal } = context
  try {
    const input = contactInput(action.changes, customFields)
    const written = await activeCampaign.contacts.create(input, signal ? { signal } : undefined)
    const record = writtenContact(context, action.changes, written)
    const answered = { activeCampaign: record.fields }
    const link = { dynamicsId: action.dynamicsId, activeCampaignId: record.id, answered }
    return { status: 'done', records: [record], link }
  } catch (error) {
    if (!isActiveCampaignError(error) || error.code !== 'duplicate') throw error
    return contactExists
  }
}
