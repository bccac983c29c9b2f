import type { AccountContact, FieldValue } from '@dynacamp/activecampaign-client'
import { type Action, hashFields } from '@dynacamp/core'
import { accountAmong } from '../accounts/account-contacts.ts'
import { inState } from '../context.ts'
import { contactKind, contactRecord, customFieldsOf } from '../observe/contact-record.ts'
import type { StoredRecord } from '../state/state-store.ts'
import type { ApplyContext } from './apply-context.ts'

/** The contact as ActiveCampaign has it at this moment, and whether it is still what the action was planned from. */
export const lookAtContact = async (
  context: ApplyContext,
  { activeCampaignId, preconditions }: Action & { readonly activeCampaignId: string },
): Promise<{
  readonly now: StoredRecord
  readonly unchanged: boolean
  readonly accountContacts: readonly AccountContact[]
  readonly fieldValues: readonly FieldValue[]
}> => {
  const { activeCampaign, customFields, definition, signal } = context
  const options = signal ? { signal } : undefined
  const found = await activeCampaign.contacts.get(activeCampaignId, options)
  const { contact, fieldValues, accountContacts, problems } = found
  const [known] = await inState(context, ({ records }) => records.find(contactKind, [activeCampaignId]))
  const fields = {
    // What is known of a field that is not there any more.
    ...known?.fields,
    ...customFieldsOf(fieldValues, customFields),
    ...accountAmong(definition, accountContacts),
  }
  const now = contactRecord(definition, contact, fields, known?.tags ?? [])
  const { activeCampaignHash, activeCampaignFields = [] } = preconditions
  // What cannot be read cannot be vouched for.
  const unchanged =
    problems.length === 0 &&
    (activeCampaignHash === undefined || hashFields(now.fields, activeCampaignFields) === activeCampaignHash)
  return { now, unchanged, accountContacts, fieldValues }
}
