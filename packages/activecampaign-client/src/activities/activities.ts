import type { z } from 'zod'
import type { CallOptions, Connection } from '../connection.ts'
import { type Contact, contactRow } from '../contacts/contact.ts'
import { type Instant, isoOf } from '../instant.ts'
import { listRows } from '../paging/list-by-offset.ts'
import { type PagedList, pagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import {
  type Activity,
  activityRow,
  type BounceLog,
  bounceLogRow,
  type ContactData,
  type ContactGoal,
  type ContactLog,
  contactDataRow,
  contactGoalRow,
  contactLogRow,
  type EmailActivity,
  emailActivityRow,
  type GeoIp,
  geoIpRow,
  type LinkData,
  linkDataRow,
  type ScoreValue,
  scoreValueRow,
  type TrackingLog,
  trackingLogRow,
} from './activity.ts'

/** Which activity to list. */
export interface ActivityQuery extends CallOptions {
  /** Only what happened after this moment. */
  readonly after?: Instant | undefined
  /** Kinds of rows to send along, such as `reference.campaign`; they come under each page's `included`. */
  readonly include?: readonly string[] | undefined
  /** Default: `newest`. */
  readonly first?: 'newest' | 'oldest' | undefined
  /** `false` leaves the contents of mails out. */
  readonly emails?: false | undefined
}

/** What a contact did, and what was done to it. */
export class Activities {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * A contact's timeline. The service brings it up to date when the contact is read, so that is done first.
   *
   * Endpoint: `GET /contacts/{id}`, then `GET /activities`: two calls, and one more per 100 further activities.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function timeline(client: ActiveCampaignClient, contactId: string) {
   *   const include = ['reference', 'reference.campaign', 'reference.log.campaign']
   *   for await (const page of client.activities.list(contactId, { include }).byPage()) {
   *     for (const { tstamp, reference_type } of page.rows) console.log(tstamp, reference_type)
   *     console.log(page.included.campaigns)
   *   }
   * }
   * ```
   */
  list(contactId: string, query: ActivityQuery = {}): PagedList<Activity> {
    const { after, include, first = 'newest', emails } = query
    const refresh = {
      operation: 'activities.refresh',
      method: 'GET',
      path: path`contacts/${contactId}`,
      options: query,
    } as const
    const activities = listRows(this.#connection, {
      operation: 'activities.list',
      path: 'activities',
      query: {
        contact: contactId,
        after: after && isoOf(after),
        include: include?.join(','),
        'orders[tstamp]': first === 'newest' ? 'DESC' : 'ASC',
        emails: emails === false ? 'false' : undefined,
      },
      options: query,
      key: 'activities',
      row: activityRow,
    })
    const connection = this.#connection
    return pagedList('activities.list', async function* (continuationToken) {
      await connection.send(refresh)
      yield* activities.byPage({ continuationToken })
    })
  }

  /**
   * Visits to pages and events of one's own.
   *
   * Endpoint: `GET /contacts/{id}/trackingLogs`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function events(client: ActiveCampaignClient, contactId: string) {
   *   return (await client.activities.trackingLogs(contactId).toArray()).map(({ type, value }) => [type, value])
   * }
   * ```
   */
  trackingLogs(contactId: string, options?: CallOptions): PagedList<TrackingLog> {
    return this.#of(contactId, 'trackingLogs', trackingLogRow, options)
  }

  /**
   * The contact of a visit or an event.
   *
   * Endpoint: `GET /trackingLogs/{id}/contact`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function who(client: ActiveCampaignClient, trackingLogId: string) {
   *   return (await client.activities.contactOf(trackingLogId)).email
   * }
   * ```
   */
  contactOf(trackingLogId: string, options?: CallOptions): Promise<Contact> {
    const call = { operation: 'activities.contactOf', path: path`trackingLogs/${trackingLogId}/contact` }
    return this.#connection.one({ ...call, method: 'GET', options }, 'contact', contactRow)
  }

  /**
   * Mails that came back.
   *
   * Endpoint: `GET /contacts/{id}/bounceLogs`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function reasons(client: ActiveCampaignClient, contactId: string) {
   *   return (await client.activities.bounceLogs(contactId).toArray()).map((bounce) => bounce.error)
   * }
   * ```
   */
  bounceLogs(contactId: string, options?: CallOptions): PagedList<BounceLog> {
    return this.#of(contactId, 'bounceLogs', bounceLogRow, options)
  }

  /**
   * Mails that were sent.
   *
   * Endpoint: `GET /contacts/{id}/contactLogs`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function sent(client: ActiveCampaignClient, contactId: string) {
   *   return (await client.activities.contactLogs(contactId).toArray()).length
   * }
   * ```
   */
  contactLogs(contactId: string, options?: CallOptions): PagedList<ContactLog> {
    return this.#of(contactId, 'contactLogs', contactLogRow, options)
  }

  /**
   * Goals that were reached.
   *
   * Endpoint: `GET /contacts/{id}/contactGoals`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function goals(client: ActiveCampaignClient, contactId: string) {
   *   return (await client.activities.goals(contactId).toArray()).map(({ goal, tstamp }) => [goal, tstamp])
   * }
   * ```
   */
  goals(contactId: string, options?: CallOptions): PagedList<ContactGoal> {
    return this.#of(contactId, 'contactGoals', contactGoalRow, options)
  }

  /**
   * Scores.
   *
   * Endpoint: `GET /contacts/{id}/scoreValues`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function total(client: ActiveCampaignClient, contactId: string) {
   *   const scores = await client.activities.scores(contactId).toArray()
   *   return scores.reduce((sum, score) => sum + (score.scoreValue ?? 0), 0)
   * }
   * ```
   */
  scores(contactId: string, options?: CallOptions): PagedList<ScoreValue> {
    return this.#of(contactId, 'scoreValues', scoreValueRow, options)
  }

  /**
   * Where a contact was last seen.
   *
   * Endpoint: `GET /contacts/{id}/contactData`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function country(client: ActiveCampaignClient, contactId: string) {
   *   return (await client.activities.contactData(contactId)).geoCountry2
   * }
   * ```
   */
  contactData(contactId: string, options?: CallOptions): Promise<ContactData> {
    const call = { operation: 'activities.contactData', path: path`contacts/${contactId}/contactData` }
    return this.#connection.one({ ...call, method: 'GET', options }, 'contactDatum', contactDataRow)
  }

  /**
   * Places that a contact's mails were opened from.
   *
   * Endpoint: `GET /contacts/{id}/geoIps`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function lastPlace(client: ActiveCampaignClient, contactId: string) {
   *   return (await client.activities.geoIps(contactId).toArray()).at(-1)?.geoAddress
   * }
   * ```
   */
  geoIps(contactId: string, options?: CallOptions): PagedList<GeoIp> {
    return this.#of(contactId, 'geoIps', geoIpRow, options)
  }

  /**
   * Mails between users and a contact, one to one.
   *
   * Endpoint: `GET /emailActivities`, one call per 100 mails.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function mails(client: ActiveCampaignClient, contactId: string) {
   *   return (await client.activities.emails(contactId).toArray()).map((mail) => mail.subject)
   * }
   * ```
   */
  emails(contactId: string, options?: CallOptions): PagedList<EmailActivity> {
    return listRows(this.#connection, {
      operation: 'activities.emails',
      path: 'emailActivities',
      query: { 'filters[subscriberid]': contactId },
      options,
      key: 'emailActivities',
      row: emailActivityRow,
    })
  }

  /**
   * Clicks and opens of all contacts. Not documented, and missing on some plans: then `not-found`.
   *
   * Endpoint: `GET /linkData`, one call per 100 clicks.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function clickers(client: ActiveCampaignClient) {
   *   const contacts = new Set<string | null>()
   *   for await (const click of client.activities.linkData()) contacts.add(click.contact)
   *   return contacts
   * }
   * ```
   */
  linkData(options?: CallOptions): PagedList<LinkData> {
    const source = { operation: 'activities.linkData', path: 'linkData' }
    return listRows(this.#connection, { ...source, key: 'linkData', row: linkDataRow, options })
  }

  #of<T>(contactId: string, key: string, row: z.ZodType<T>, options: CallOptions | undefined): PagedList<T> {
    const source = { operation: `activities.${key}`, path: path`contacts/${contactId}/${key}` }
    return listRows(this.#connection, { ...source, key, row, options })
  }
}
