import type { Fields } from '@dynacamp/mapping-dsl'
import type { RelatedContact } from '../../actions/related-contact.ts'
import { referenceKey } from '../../model/reference.ts'
import type { BatchContext } from '../batch-context.ts'
import { enterNeed } from '../ledger.ts'

/** What is known of the person an opportunity belongs to. */
export type ContactLookup =
  | { readonly kind: 'found'; readonly contact: RelatedContact; readonly dependsOn: readonly string[] }
  /** Nobody has looked yet; a need was entered. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none'; readonly message: string }

const nobody = 'It names no contact.'
const notInSync = 'Its contact is not in sync.'

/** One row that the opportunity refers to. */
const lookUp = (
  { ledger, references }: BatchContext,
  entity: RelatedContact['entity'],
  id: string,
): ContactLookup => {
  const target = references[referenceKey('dynamics', entity, id)]
  if (target === undefined) {
    enterNeed(ledger, { kind: 'reference', side: 'dynamics', entity, id })
    return { kind: 'unknown' }
  }
  const { activeCampaignId, plannedBy } = target
  if (activeCampaignId === null && plannedBy === null) return { kind: 'none', message: notInSync }
  return {
    kind: 'found',
    contact: { entity, dynamicsId: id, activeCampaignId },
    dependsOn: plannedBy === null ? [] : [plannedBy],
  }
}

/**
 * The person an opportunity is shown on: its contact (`parentcontactid`); where it names none, its customer, if that is a
 * contact; where that is nobody either, the lead it came from. Only those whose table is in sync count.
 */
export const relatedContact = (context: BatchContext, fields: Fields): ContactLookup => {
  const syncs = (name: string): boolean => context.definition.entities.some(({ entity }) => entity === name)
  const idIn = (column: string): string | undefined => {
    const id = fields[`_${column}_value`]
    return typeof id === 'string' && id !== '' ? id : undefined
  }
  const parent = syncs('contacts') ? idIn('parentcontactid') : undefined
  if (parent !== undefined) return lookUp(context, 'contacts', parent)
  const customer = syncs('contacts') ? idIn('customerid') : undefined
  // A customer may be an account as well, and is then no contact that anybody knows.
  const found: ContactLookup =
    customer === undefined ? { kind: 'none', message: nobody } : lookUp(context, 'contacts', customer)
  const lead = syncs('leads') ? idIn('originatingleadid') : undefined
  if (found.kind !== 'none' || lead === undefined) return found
  return lookUp(context, 'leads', lead)
}
