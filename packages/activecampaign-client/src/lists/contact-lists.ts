import type { ApiCall, CallOptions, Connection } from '../connection.ts'
import { ActiveCampaignError } from '../error.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { type ContactList, contactListRow } from './contact-list.ts'

/** A contact and a list, by their ids. */
export interface SubscriptionInput {
  readonly contact: string
  readonly list: string
}

/** How to subscribe. */
export interface SubscribeOptions extends CallOptions {
  /**
   * Subscribe again a contact who unsubscribed or whose mail bounced. Say so only when the contact asked for it: in many
   * countries the law forbids anything else. Default: false, and such a contact is refused.
   */
  readonly resubscribe?: boolean | undefined
}

// https://developers.activecampaign.com/reference/update-list-status-for-contact
const status = { subscribed: 1, unsubscribed: 2 } as const
const resubscriptionSource = 4

/** Who is on which list. @see https://developers.activecampaign.com/reference/update-list-status-for-contact */
export class ContactLists {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All memberships of all lists, unsubscribed and bounced ones too.
   *
   * Endpoint: `GET /contactLists`, one call per 100 memberships.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function optedOut(client: ActiveCampaignClient) {
   *   const contacts = new Set<string>()
   *   for await (const membership of client.contactLists.list()) {
   *     if (membership.status === 'unsubscribed') contacts.add(membership.contact)
   *   }
   *   return contacts
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<ContactList> {
    const source = { operation: 'contactLists.list', path: 'contactLists' }
    return listRows(this.#connection, { ...source, key: 'contactLists', row: contactListRow, options })
  }

  /**
   * The memberships of one contact. `contacts.get` brings them along.
   *
   * Endpoint: `GET /contacts/{id}/contactLists`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function activeLists(client: ActiveCampaignClient, contactId: string) {
   *   const memberships = await client.contactLists.listForContact(contactId).toArray()
   *   return memberships.filter((membership) => membership.status === 'active').map(({ list }) => list)
   * }
   * ```
   */
  listForContact(contactId: string, options?: CallOptions): PagedList<ContactList> {
    const source = {
      operation: 'contactLists.listForContact',
      path: path`contacts/${contactId}/contactLists`,
    }
    return listRows(this.#connection, { ...source, key: 'contactLists', row: contactListRow, options })
  }

  /**
   * Puts a contact on a list. The service would subscribe again even someone who unsubscribed; this method looks first
   * and refuses, unless `resubscribe` is said.
   *
   * Endpoint: `GET /contacts/{id}/contactLists`, then `POST /contactLists`: two calls, one when it is on the list.
   *
   * @throws ActiveCampaignError `unsubscribed` when the contact left the list, or its mail bounced; `not-found`
   *
   * @example
   * ```ts
   * import { type ActiveCampaignClient, isActiveCampaignError } from '@dynacamp/activecampaign-client'
   *
   * async function subscribe(client: ActiveCampaignClient) {
   *   try {
   *     return await client.contactLists.subscribe({ contact: '17', list: '2' })
   *   } catch (error) {
   *     if (isActiveCampaignError(error) && error.code === 'unsubscribed') return undefined
   *     throw error
   *   }
   * }
   * ```
   */
  async subscribe(subscription: SubscriptionInput, options: SubscribeOptions = {}): Promise<ContactList> {
    const { contact, list } = subscription
    const memberships = await this.listForContact(contact, options).toArray()
    const membership = memberships.find((each) => each.list === list)
    if (membership?.status === 'active') return membership
    const left = membership !== undefined && membership.status !== 'unconfirmed'
    if (left && options.resubscribe !== true)
      throw new ActiveCampaignError(
        `contactLists.subscribe: contact ${contact} is ${membership.status} on list ${list}; nothing was sent. ` +
          'Pass resubscribe: true only if the contact asked to be subscribed again',
        { operation: 'contactLists.subscribe', code: 'unsubscribed' },
      )
    const sourceid = left ? { sourceid: resubscriptionSource } : {}
    return await this.#set(
      'contactLists.subscribe',
      { contact, list, status: status.subscribed, ...sourceid },
      options,
    )
  }

  /**
   * Unsubscribes a contact from a list. Unsubscribing holds per list; a contact that is not on it is put there as
   * unsubscribed.
   *
   * Endpoint: `POST /contactLists`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function unsubscribe(client: ActiveCampaignClient) {
   *   await client.contactLists.unsubscribe({ contact: '17', list: '2' })
   * }
   * ```
   */
  unsubscribe({ contact, list }: SubscriptionInput, options?: CallOptions): Promise<ContactList> {
    return this.#set('contactLists.unsubscribe', { contact, list, status: status.unsubscribed }, options)
  }

  #set(
    operation: string,
    contactList: SubscriptionInput & { readonly status: number },
    options?: CallOptions,
  ) {
    // The same status twice is the same status, so a broken connection is no reason to give up.
    const call = { operation, method: 'POST', path: 'contactLists', repeatable: true } as const
    const withBody: ApiCall = { ...call, json: { contactList }, options }
    return this.#connection.one(withBody, 'contactList', contactListRow)
  }
}
