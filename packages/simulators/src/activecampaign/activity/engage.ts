import { campaignLinks } from '../campaigns/campaign-parts.ts'
import { contactOr404 } from '../contacts/write-contact.ts'
import type { Call } from '../core/call.ts'
import type { JsonObject, Row } from '../core/json.ts'
import type { Store } from '../core/store.ts'
import { setMembership } from '../lists/contact-lists.ts'
import { record } from './record.ts'

/**
 * Something a person did with a mail, or a mail server about it.
 *
 * @example
 * ```ts
 * const click: Engagement = { contact: 1, kind: 'click', campaign: 1, link: 'https://example.com/offer' }
 * ```
 */
export interface Engagement {
  readonly contact: string | number
  readonly kind:
    | 'open'
    | 'privacy-open'
    | 'click'
    | 'reply'
    | 'forward'
    | 'share'
    | 'hard-bounce'
    | 'soft-bounce'
  readonly campaign: string | number
  /** The address that was clicked. */
  readonly link?: string
}

/** Engagement moves `edate` and `updated_timestamp` and leaves `udate`. */
function engageContact(store: Store, id: string, columns: JsonObject): void {
  const contact = contactOr404(store, id)
  store.contacts.put({
    ...contact,
    stampedAt: store.now(),
    columns: { ...contact.columns, ...columns, adate: store.iso() },
  })
}

function count(store: Store, campaign: string, column: string): void {
  const row = store.tables.campaigns.get(campaign)
  if (row !== undefined) store.tables.campaigns.put({ ...row, [column]: String(Number(row[column]) + 1) })
}

/** Opens and clicks are rows of one table; an open is a visit to the link called `open`. */
function addLinkData(call: Call, contact: string, campaign: Row, address: string): Row {
  const { store } = call
  const link = campaignLinks(call, campaign).find((row) => row.link === address)
  return store.tables.linkData.put({
    contact,
    campaign: campaign.id,
    link: link?.id ?? null,
    url: address,
    email: contactOr404(store, contact).email,
    tstamp: store.iso(),
    times: '1',
    id: store.tables.linkData.nextId(),
  })
}

function addBounce(store: Store, contact: string, campaign: Row, hard: boolean): void {
  const { email, columns } = contactOr404(store, contact)
  const column = hard ? 'bounced_hard' : 'bounced_soft'
  store.tables.bounceLogs.put({
    tstamp: store.iso(),
    bounceid: '1',
    subscriberid: contact,
    campaignid: campaign.id,
    messageid: campaign.message_id ?? '0',
    codeid: hard ? '1' : '2',
    email,
    error: hard ? '550 5.1.1 The account does not exist.' : '452 4.2.2 The mailbox is full.',
    source: '',
    created_timestamp: store.stamp(),
    updated_timestamp: store.stamp(),
    created_by: null,
    updated_by: null,
    bounce: '1',
    contact,
    campaign: campaign.id,
    message: campaign.message_id ?? '0',
    code: hard ? '1' : '2',
    id: store.tables.bounceLogs.nextId(),
  })
  engageContact(store, contact, {
    [column]: String(Number(columns[column]) + 1),
    bounced_date: store.iso().slice(0, 10),
  })
}

/** Lets a contact do something with a campaign's mail. */
export function engage(call: Call, engagement: Engagement): void {
  const { store } = call
  const [contact, campaignId] = [String(engagement.contact), String(engagement.campaign)]
  const campaign = store.tables.campaigns.get(campaignId)
  if (campaign === undefined) throw new Error(`There is no campaign ${campaignId}.`)
  const event = (type: string): void =>
    store.emit({ type, contact, blocks: { campaign: { id: campaign.id, name: campaign.name ?? '' } } })
  const engaged = (columns: JsonObject): void =>
    engageContact(store, contact, { edate: store.iso(), ...columns })

  switch (engagement.kind) {
    case 'open':
    case 'privacy-open': {
      const machine = engagement.kind === 'privacy-open'
      const row = addLinkData(call, contact, campaign, 'open')
      engaged(
        machine ? { last_mpp_open_date: store.iso(), mpp_tracking: '1' } : { last_open_date: store.iso() },
      )
      record(store, contact, { type: machine ? 'MppLinkData' : 'LinkData', referenceId: row.id })
      count(store, campaign.id, 'opens')
      event('open')
      return
    }
    case 'click': {
      const row = addLinkData(call, contact, campaign, engagement.link ?? '')
      engaged({ last_click_date: store.iso() })
      record(store, contact, { type: 'LinkData', referenceId: row.id })
      count(store, campaign.id, 'linkclicks')
      event('click')
      return
    }
    case 'hard-bounce':
    case 'soft-bounce': {
      const hard = engagement.kind === 'hard-bounce'
      addBounce(store, contact, campaign, hard)
      count(store, campaign.id, hard ? 'hardbounces' : 'softbounces')
      event('bounce')
      return
    }
    case 'reply':
    case 'forward':
    case 'share': {
      engaged({})
      const type = engagement.kind === 'reply' ? 'Reply' : 'Forward'
      if (engagement.kind !== 'share') record(store, contact, { type, referenceId: campaign.id })
      count(
        store,
        campaign.id,
        { reply: 'replies', forward: 'forwards', share: 'socialshares' }[engagement.kind],
      )
      event(engagement.kind)
    }
  }
}

/** The contact leaves a list by the link in a mail. */
export function unsubscribe(store: Store, contact: string, list: string): void {
  setMembership(store, contact, list, '2')
}

/** An event of the contact on a tracked site. Values are cut at 250 characters. */
export function trackEvent(store: Store, contact: string, name: string, value: string): void {
  const { trackingLogs } = store.tables
  const row = trackingLogs.put({
    subscriberid: contact,
    type: name,
    value: value.slice(0, 250),
    tstamp: store.iso(),
    hash: `${store.hex()}${store.hex().slice(0, 8)}`,
    contact,
    id: trackingLogs.nextId(),
  })
  engageContact(store, contact, { edate: store.iso() })
  record(store, contact, { type: 'TrackingLog', referenceId: row.id })
}
