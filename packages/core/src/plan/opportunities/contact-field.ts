import type { CompiledField, FieldValue } from '@dynacamp/mapping-dsl'
import type { RelatedContact } from '../../actions/related-contact.ts'
import { contactRelationship } from '../../model/custom-object.ts'
import type { Base } from '../../model/link.ts'

/** The column under which the person's GUID is merged and remembered, whichever lookup it came from. */
export const contactColumn = '_parentcontactid_value'

const same = (a: FieldValue, b: FieldValue): boolean => (a ?? '') === (b ?? '')

/**
 * The relation of a record to its contact as a field like any other: a GUID in D365, a contact's id in ActiveCampaign. Where
 * the contact is still to be made its id is not known, and the executor looks it up.
 */
export const contactField = ({ activeCampaignId }: RelatedContact): CompiledField => ({
  key: `contact:${contactRelationship}`,
  dynamics: contactColumn,
  activeCampaign: contactRelationship,
  direction: 'outbound',
  conflict: 'dynamicsWins',
  blank: 'ignoreBlank',
  sensitive: false,
  toActiveCampaign: () => ({ ok: true, value: activeCampaignId }),
  toDynamics: () => ({ ok: false, code: 'one-way', message: 'Opportunities flow from Dynamics 365 only.' }),
  equivalent: (_, activeCampaign) => same(activeCampaign, activeCampaignId),
  sameInDynamics: same,
  sameInActiveCampaign: same,
})

/**
 * The base, as it counts for the relation: a person who came to another contact since, because it was merged there or linked
 * anew, counts as another person: the base then has, instead of the row, the contact that it was.
 */
export const contactBase = (base: Base, { activeCampaignId }: RelatedContact): Base => {
  const known = base.activeCampaign[contactRelationship]
  if (known === undefined || same(known, activeCampaignId)) return base
  return { ...base, dynamics: { ...base.dynamics, [contactColumn]: known } }
}
