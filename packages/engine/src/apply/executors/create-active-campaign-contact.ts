import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { CreateActiveCampaignContact } from '@dynacamp/core'
import type { StoredRecord } from '../../state/state-store.ts'
import type { ApplyContext } from '../apply-context.ts'
import { contactInput } from '../contact-input.ts'
import type { Execution } from '../outcome.ts'
import { contactExists } from '../stale.ts'
import { addTags } from '../tag-ids.ts'
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
    const record = await tagged(context, writtenContact(context, action.changes, written), action.tags)
    const answered = { activeCampaign: record.fields }
    const link = { dynamicsId: action.dynamicsId, activeCampaignId: record.id, answered }
    return { status: 'done', records: [record], link }
  } catch (error) {
    if (!isActiveCampaignError(error) || error.code !== 'duplicate') throw error
    return contactExists
  }
}

/** The contact is there whatever becomes of its tags: those it lacks are in the next plan. */
const tagged = async (
  context: ApplyContext,
  record: StoredRecord,
  tags: readonly string[],
): Promise<StoredRecord> => {
  try {
    await addTags(context, record.id, tags)
    return { ...record, tags: [...record.tags, ...tags] }
  } catch (error) {
    if (!isActiveCampaignError(error)) throw error
    return record
  }
}
