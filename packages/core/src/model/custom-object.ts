/** A field of a custom object, as a plan asks for it or as ActiveCampaign has it. */
export interface ObjectField {
  /** Chosen by whoever made it, such as `value`; permanent. */
  readonly id: string
  /** `text`, `dropdown`, …; ActiveCampaign may know types that no definition can ask for. */
  readonly type: string
  readonly required: boolean
  /** ISO 4217 code of a `currency` field; null for all others. */
  readonly currency: string | null
  /** Digits after the point of a `number` field; null for all others, and where nobody says. */
  readonly scale: number | null
  /** What a `dropdown` or `multiselect` field can hold; empty for all others. */
  readonly options: readonly string[]
}

/**
 * What was last seen of the custom object that opportunities flow to.
 *
 * @example
 * const object: CustomObject = {
 *   fields: [{ id: 'name', type: 'text', required: true, currency: null, scale: null, options: [] }],
 *   deleted: [], showsContact: true,
 * }
 */
export interface CustomObject {
  readonly fields: readonly ObjectField[]
  /** Ids of fields that somebody deleted. The service keeps their ids for itself, and with them their mappings. */
  readonly deleted: readonly string[]
  /** Whether its records are shown on a contact, through the relationship `primary-contact`. */
  readonly showsContact: boolean
}

/** `unavailable`: the account's plan, or the key, has no custom objects. Null: there is no such object yet. */
export type ObservedCustomObject = CustomObject | null | 'unavailable'

/** The relationship by which a record is shown on a contact; ActiveCampaign's own name for it. */
export const contactRelationship = 'primary-contact'
