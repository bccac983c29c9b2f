import type { Fields } from '@dynacamp/mapping-dsl'

/**
 * What was last seen of one D365 row, over the mapped columns and those the scope looks at.
 * A column that is missing from `fields` counts as blank.
 *
 * @example
 * const row: DynamicsObservation = {
 *   id: '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a01', etag: 'W/"1042"',
 *   fields: { emailaddress1: 'ana@example.com', firstname: 'Ana' },
 *   active: true, modifiedOn: '2026-11-20T08:00:00Z',
 * }
 */
export interface DynamicsObservation {
  /** The row's GUID, lower case, without braces. */
  readonly id: string
  /** `@odata.etag` as the service sent it; goes into `If-Match`. */
  readonly etag: string
  readonly fields: Fields
  /** `statecode` says active. Missing: the table has no state, or it was not read; counts as active. */
  readonly active?: boolean
  /** ISO 8601 instant of creation; used where the oldest of several rows with one e-mail speaks for the contact. */
  readonly createdOn?: string
  /** ISO 8601 instant of the last change of the whole row; used by `mostRecent` and `latestModified` only. */
  readonly modifiedOn?: string
}

/** A contact's standing on one list. */
export interface ListStatus {
  /** The list's numeric id, as the string the API sends. */
  readonly id: string
  readonly name: string
  readonly status: 'unconfirmed' | 'active' | 'unsubscribed' | 'bounced'
}

/**
 * What was last seen of one ActiveCampaign contact: standard fields by their API name, custom ones by PERSTAG.
 * A field that is missing from `fields` counts as blank: the service keeps no row for an empty custom field.
 *
 * @example
 * const contact: ActiveCampaignObservation = {
 *   id: '113', fields: { email: 'ana@example.com', firstName: 'Ana' }, tags: ['[D365: Contact]'],
 * }
 */
export interface ActiveCampaignObservation {
  /** The contact's numeric id, as the string the API sends. */
  readonly id: string
  readonly fields: Fields
  /** Names of the contact's tags. Missing: not read yet; a rule that depends on them then asks for them. */
  readonly tags?: readonly string[]
  /** The lists the contact is or was on. Missing: not read yet; a rule that depends on them then asks for them. */
  readonly lists?: readonly ListStatus[]
  /** ISO 8601 instant of the last change of the whole contact; used by the `mostRecent` policy only. */
  readonly updatedOn?: string
}

/**
 * Beside the fields of a contact of which something could not be read: the names of that, joined by commas, as ActiveCampaign has them. Its
 * other fields are what was last read of it. No field has this name: personalisation tags have no colon.
 */
export const unreadableFields = 'record:unreadable'

/** A record that was there once and is gone from its service. */
export interface Deleted {
  readonly id: string
  readonly deleted: true
}

/** True for the mark of a record that is gone. */
export const isDeleted = <T extends { readonly id: string }>(observed: T | Deleted): observed is Deleted =>
  'deleted' in observed && observed.deleted === true
