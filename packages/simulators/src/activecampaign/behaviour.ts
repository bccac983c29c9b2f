/**
 * What nobody has written down about the service, or what differs from account to account. Each default is the
 * choice that is hardest on a client; `docs/discoveries/activecampaign-*.md` has a note for each.
 *
 * @example
 * ```ts
 * createActiveCampaignSimulator({ behaviour: { updatedAfter: 'inclusive', deals: false } })
 * ```
 */
export interface ActiveCampaignBehaviour {
  /** The keys rows have: today's, or those of 2020, for clients that must not count on newer ones. */
  readonly columns: 'current' | '2020'
  /**
   * `GET /contacts/{id}` of a contact that a user deleted or merged: `readable` answers 200 with the address
   * rewritten to `deleted+<id>@…`, `gone` answers 404. A contact deleted through the API is always gone.
   */
  readonly removedContacts: 'readable' | 'gone'
  /** What "never" looks like on contacts made outside the API: `mixed` draws `null` and zero dates by seed. */
  readonly zeroDates: 'mixed' | 'null'
  /** Does `filters[updated_after]` leave out a contact changed exactly then? */
  readonly updatedAfter: 'exclusive' | 'inclusive'
  /** The column `filters[updated_after]` looks at. Engagement moves `updated_timestamp` but not `udate`. */
  readonly updatedAfterColumn: 'udate' | 'updated_timestamp'
  /** The zone of a filter's date-time without an offset. */
  readonly filterZone: 'central' | 'utc'
  /** `contact/sync` that changes nothing: does it move `udate`? */
  readonly noopSync: 'moves-udate' | 'keeps-udate'
  /** Does subscribing or unsubscribing move the contact's `udate`? */
  readonly listChange: 'moves-udate' | 'keeps-udate'
  /** Does taking a tag off a contact move its `udate`, as putting one on does? */
  readonly tagRemoval: 'moves-udate' | 'keeps-udate'
  /** `""` sent for a date or date-time field. */
  readonly emptyDate: 'ignored' | 'cleared'
  /** A value that is none of a dropdown's, radio's, listbox's or checkbox's options. */
  readonly unknownOption: 'stored' | 'rejected'
  /** `POST /tags` with a name that exists. */
  readonly duplicateTag: 'rejected' | 'existing'
  /** A different `account` in `PUT /accountContacts/{id}`. */
  readonly accountContactMove: 'ignored' | 'moved'
  /** Does putting a contact into an account, or taking it out, move the contact's `udate`? */
  readonly accountContactWrite: 'moves-contact' | 'keeps-contact'
  /** Does a written account field move the account's `updatedTimestamp`? */
  readonly accountFieldWrite: 'moves-account' | 'keeps-account'
  /** Fields left out when a custom-object record is updated. */
  readonly omittedRecordFields: 'cleared' | 'kept'
  /** `POST /contactAutomations` on an automation that allows one entry, for a contact that had it. */
  readonly secondEntry: 'rejected' | 'accepted'
  /** The field values in a webhook's payload: by position, in an order that changes, or by personalisation tag. */
  readonly webhookFields: 'by-position' | 'by-tag'
  /** `messageid=0` in v1 `campaign_send`: the campaign's own message, or an error. */
  readonly messageIdZero: 'rejected' | 'accepted'
  /** May contacts exist without an e-mail address (with `allowNullEmail` and a phone)? */
  readonly phoneOnlyContacts: boolean
  /** May a key be used for reading a deal in full? `false`: plans without Deals, whose rows are stubs. */
  readonly deals: boolean
  /** Does the plan allow private custom object schemas (Enterprise)? */
  readonly customObjects: boolean
  /** Contacts the plan allows; a bulk import fails those above it. */
  readonly contactLimit: number
  /** Most rows of any page, below the endpoint's own limit: a small one makes paging happen with few rows. */
  readonly pageLimit: number
  /** Addresses beyond ASCII in a bulk import: refused as malformed, with the whole request, or taken. */
  readonly importAddresses: 'ascii' | 'any'
  /** How long a bulk import waits in the queue, and how long it then runs, in milliseconds. */
  readonly importWaitMs: number
  readonly importRunMs: number
  /** How long a custom-object delete answered with 202 takes, in milliseconds. */
  readonly asyncDeleteMs: number
  /** How long a segment run takes, in milliseconds. */
  readonly segmentRunMs: number
}

export const defaultBehaviour: ActiveCampaignBehaviour = {
  columns: 'current',
  removedContacts: 'readable',
  zeroDates: 'mixed',
  updatedAfter: 'exclusive',
  updatedAfterColumn: 'updated_timestamp',
  filterZone: 'central',
  noopSync: 'moves-udate',
  listChange: 'keeps-udate',
  tagRemoval: 'keeps-udate',
  emptyDate: 'ignored',
  unknownOption: 'stored',
  duplicateTag: 'rejected',
  accountContactMove: 'ignored',
  accountContactWrite: 'keeps-contact',
  accountFieldWrite: 'keeps-account',
  omittedRecordFields: 'cleared',
  secondEntry: 'rejected',
  webhookFields: 'by-position',
  messageIdZero: 'rejected',
  phoneOnlyContacts: false,
  deals: true,
  customObjects: true,
  contactLimit: Number.POSITIVE_INFINITY,
  pageLimit: Number.POSITIVE_INFINITY,
  importAddresses: 'ascii',
  importWaitMs: 5000,
  importRunMs: 10_000,
  asyncDeleteMs: 2000,
  segmentRunMs: 4000,
}
