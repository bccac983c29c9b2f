import type { EntityName, Fields } from '@dynacamp/mapping-dsl'

/**
 * What both sides held when they were last in sync, each in its own service's wire values, so that a codec
 * that loses something causes no echo. A field that is missing was never in sync: it merges as at a first link.
 */
export interface Base {
  readonly dynamics: Fields
  readonly activeCampaign: Fields
}

/**
 * Beside the fields, the ActiveCampaign half of a base has the ids of the lists that the sync itself unsubscribed the contact from,
 * sorted and joined by commas, under this name; `:unconfirmed` follows the id of one that the person had not confirmed. No field has it: personalisation tags have no colon.
 */
export const unsubscribedBySync = 'lists:unsubscribed'

/**
 * "This row and this contact are one person": identity that survives a change of e-mail on either side.
 *
 * @example
 * const link: Link = {
 *   id: linkIdFor('contacts', '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a01'),
 *   entity: 'contacts', dynamicsId: '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a01', activeCampaignId: '113',
 *   base: { dynamics: { firstname: 'Ana' }, activeCampaign: { firstName: 'Ana' } },
 * }
 */
export interface Link {
  /** {@link linkIdFor} of the entity and the row. */
  readonly id: string
  readonly entity: EntityName
  readonly dynamicsId: string
  readonly activeCampaignId: string
  readonly base: Base
}

/** The id of a row's link: known before the other side exists, so a create can name it. */
export const linkIdFor = (entity: EntityName, dynamicsId: string): string => `${entity}/${dynamicsId}`
