import type { Contact } from '@dynacamp/activecampaign-client'
import { hashFields } from '@dynacamp/core'
import { chunks } from '../../chunks.ts'
import { inState } from '../../context.ts'
import { contactKind, contactRecord } from '../../observe/contact-record.ts'
import { isStandardField } from '../../observe/custom-fields.ts'
import type { StoredRecord } from '../../state/state-store.ts'
import type { ApplyContext } from '../apply-context.ts'
import { isHeldBack } from './held-back.ts'
import type { Sending } from './imported-action.ts'

/** ActiveCampaign's largest page. https://developers.activecampaign.com/reference/pagination */
const perLook = 100

/** Those of these contacts that are there. */
const contactsThere = async (
  { activeCampaign, signal }: ApplyContext,
  ids: readonly string[],
): Promise<readonly Contact[]> => {
  const there: Contact[] = []
  for (const some of chunks(ids, perLook)) {
    let missing = some.length
    for await (const { rows } of activeCampaign.contacts.list({ ids: some, signal }).byPage()) {
      there.push(...rows)
      missing -= rows.length
      // A full page does not say that it is the last one.
      if (missing <= 0) break
    }
  }
  return there
}

/**
 * A list has no custom fields. One of those that the import is to change may be what has changed since the contact was read, which its
 * `udate` tells of all of it. Only import holds automations back, so there it goes all the same.
 */
const mayHideChange = (
  context: ApplyContext,
  { action }: Sending,
  contact: Contact,
  known: StoredRecord,
): boolean =>
  (contact.udate ?? '') !== known.version &&
  action.changes.some(({ field }) => !isStandardField(field)) &&
  !isHeldBack(context, action)

/** Whether a contact is what its action was planned from, as far as a list tells. */
const isAsPlanned = (
  context: ApplyContext,
  sending: Sending,
  contact: Contact,
  known: StoredRecord,
): boolean => {
  if (mayHideChange(context, sending, contact, known)) return false
  const { definition } = context
  const {
    action: { preconditions },
    remembered: { email },
  } = sending
  const { activeCampaignHash, activeCampaignFields = [] } = preconditions
  const { fields } = contactRecord(definition, contact, known.fields, known.tags)
  return (
    contact.email.trim().toLowerCase() === email.toLowerCase() &&
    (activeCampaignHash === undefined || hashFields(fields, activeCampaignFields) === activeCampaignHash)
  )
}

/**
 * One more look at the contacts that an import is to change, a call for a hundred: import makes whoever it does not find under the
 * e-mail, with nothing but the changed fields. New contacts need no look.
 *
 * @returns the sendings that may go; what is gone or changed is not among them.
 */
export const lookBeforeImport = async (
  context: ApplyContext,
  sendings: readonly Sending[],
): Promise<readonly Sending[]> => {
  const ids = [...new Set(sendings.flatMap(({ remembered }) => remembered.activeCampaignId ?? []))]
  if (ids.length === 0) return sendings
  const there = new Map((await contactsThere(context, ids)).map((contact) => [contact.id, contact]))
  const records = await inState(context, (state) => state.records.find(contactKind, ids))
  const known = new Map(records.map((record) => [record.id, record]))
  return sendings.filter((sending) => {
    const { activeCampaignId } = sending.remembered
    if (activeCampaignId === null) return true
    const contact = there.get(activeCampaignId)
    const record = known.get(activeCampaignId)
    return contact !== undefined && record !== undefined && isAsPlanned(context, sending, contact, record)
  })
}
