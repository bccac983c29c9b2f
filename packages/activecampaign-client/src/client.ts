import {
  type Clock,
  createHttpClient,
  createRateLimiter,
  type Fetch,
  type HttpEvent,
  systemClock,
} from '@dynacamp/http'
import { originOf } from './base-url.ts'
import { type ApiCall, type CallOptions, createConnection } from './connection.ts'
import { Contacts } from './contacts/contacts.ts'
import { FieldValues } from './fields/field-values.ts'
import { Fields } from './fields/fields.ts'
import { retry } from './retry.ts'
import { ContactTags } from './tags/contact-tags.ts'
import { Tags } from './tags/tags.ts'
import { type AccountInfo, accountInfoRow } from './users/account-info.ts'
import { type User, userBody } from './users/user.ts'

/** Settings of {@link createActiveCampaignClient}. */
export interface ActiveCampaignClientOptions {
  /** The API URL from Settings, Developer: `https://<account>.api-us1.com`. Do not build it from the account's name. */
  readonly url: string
  /** The API key from the same page. It belongs to a user and may do what that user's group may. */
  readonly key: string
  /** Default: the platform's. */
  readonly fetch?: Fetch
  /** Default: the host's. */
  readonly clock?: Clock
  /** Draws from [0, 1) for the jitter between retries. Default: `Math.random`. */
  readonly random?: () => number
  /** Hears of every request, response, retry and pause, without secrets. */
  readonly onEvent?: (event: HttpEvent) => void
  /** How much of the account's 5 requests a second this client takes, above 0 up to 1. Default: 1. The limit is shared by
   * everything that uses the account; what this client leaves, others have. */
  readonly share?: number
  /** Take a `url` outside `api-us1.com` and `activehosted.com`, such as a simulator's. Default: false. */
  readonly allowAnyHost?: boolean
}

/** A client for one ActiveCampaign account. */
export interface ActiveCampaignClient {
  readonly contacts: Contacts
  readonly fields: Fields
  readonly fieldValues: FieldValues
  readonly tags: Tags
  readonly contactTags: ContactTags
  /**
   * The user whom the key belongs to. The cheapest check of URL and key.
   *
   * Endpoint: `GET /users/me`, one call.
   *
   * @throws ActiveCampaignError `forbidden` when the key is wrong
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function whoAmI(client: ActiveCampaignClient) {
   *   const user = await client.me()
   *   return `${user.firstName} ${user.lastName}`
   * }
   * ```
   */
  me(options?: CallOptions): Promise<User>
  /**
   * The account: its name, plan limits and state.
   *
   * Endpoint: `GET /settings/account`, one call.
   *
   * @throws ActiveCampaignError `forbidden` when the key's user is not in the Admin group
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function roomLeft(client: ActiveCampaignClient) {
   *   const { subscriber_limit, subscriber_total } = await client.account()
   *   return (subscriber_limit ?? 0) - (subscriber_total ?? 0)
   * }
   * ```
   */
  account(options?: CallOptions): Promise<AccountInfo>
  /**
   * Any other call of the v3 API, with the same limits, retries and errors.
   *
   * Endpoint: any below `/api/3/`, one call.
   *
   * @throws ActiveCampaignError
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function forms(client: ActiveCampaignClient) {
   *   const { body } = await client.request({ operation: 'forms.list', method: 'GET', path: 'forms' })
   *   return body
   * }
   * ```
   */
  request(call: ApiCall): Promise<{ readonly status: number; readonly body: unknown }>
}

// https://developers.activecampaign.com/reference/rate-limits: per account, whatever its plan
const requestsPerSecond = 5

/**
 * Connects to an ActiveCampaign account. Nothing is sent before the first call.
 *
 * @throws ActiveCampaignError `invalid-argument` when the URL is none or not ActiveCampaign's
 *
 * @example
 * ```ts
 * import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
 *
 * const client = createActiveCampaignClient({
 *   url: process.env.ACTIVECAMPAIGN_URL ?? '',
 *   key: process.env.ACTIVECAMPAIGN_KEY ?? '',
 * })
 * const user = await client.me()
 * ```
 */
export function createActiveCampaignClient(options: ActiveCampaignClientOptions): ActiveCampaignClient {
  const { key, clock = systemClock, share = 1, fetch, random, onEvent } = options
  const http = createHttpClient({
    service: 'activecampaign',
    baseUrl: originOf(options.url, options.allowAnyHost ?? false),
    clock,
    retry,
    limiter: createRateLimiter({ requests: requestsPerSecond, perMs: 1_000, share, clock }),
    authorize: async () => ({ 'Api-Token': key }),
    ...(fetch !== undefined && { fetch }),
    ...(random !== undefined && { random }),
    ...(onEvent !== undefined && { onEvent }),
  })
  const v3 = createConnection(http, '/api/3/')
  return {
    contacts: new Contacts(v3),
    fields: new Fields(v3),
    fieldValues: new FieldValues(v3),
    tags: new Tags(v3),
    contactTags: new ContactTags(v3),
    me: async (options) => {
      const call = { operation: 'me', method: 'GET', path: 'users/me', options } as const
      return (await v3.read(call, userBody)).user
    },
    account: (options) =>
      v3.read({ operation: 'account', method: 'GET', path: 'settings/account', options }, accountInfoRow),
    request: (call) => v3.send(call),
  }
}
