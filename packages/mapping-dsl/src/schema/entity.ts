/** The D365 tables that can be kept in sync. */
export const entityNames = ['leads', 'contacts', 'accounts', 'opportunities'] as const

/** A D365 table that can be kept in sync, by its entity set name. */
export type EntityName = (typeof entityNames)[number]

/**
 * Where an entity's rows live in ActiveCampaign: leads and contacts are both contacts there, opportunities
 * are records of a custom object.
 */
export const placeOf = {
  leads: 'contacts',
  contacts: 'contacts',
  accounts: 'accounts',
  opportunities: 'objects',
} as const satisfies Record<EntityName, string>

/** The three kinds of things with fields in ActiveCampaign; each writes values in its own way. */
export type Place = (typeof placeOf)[EntityName]
