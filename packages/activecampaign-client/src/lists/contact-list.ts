import type { z } from 'zod'
import { row } from '../row.ts'
import { id, instant, number, optionalText, reference, text } from '../wire.ts'

const statuses = new Map<number | null, SubscriptionStatus>([
  [0, 'unconfirmed'],
  [1, 'active'],
  [2, 'unsubscribed'],
  [3, 'bounced'],
])

/** Where a contact stands on a list; `unknown` for a number this client does not know. */
export type SubscriptionStatus = 'unconfirmed' | 'active' | 'unsubscribed' | 'bounced' | 'unknown'

export const contactListRow = row({
  id,
  contact: id,
  list: id,
  status: number.transform((value): SubscriptionStatus => statuses.get(value) ?? 'unknown'),
  /** When the contact subscribed. */
  sdate: instant,
  /** When it unsubscribed. */
  udate: instant,
  unsubreason: text,
  /** Id of the campaign whose link unsubscribed it. */
  campaign: reference,
  message: reference,
  automation: reference,
  sourceid: optionalText,
  channel: optionalText,
  created_timestamp: instant,
  updated_timestamp: instant,
})

/** A contact's membership of a list. */
export type ContactList = Readonly<z.output<typeof contactListRow>>
