import {
  type Clock,
  createHttpClient,
  createRateLimiter,
  type Fetch,
  type HttpClient,
  type HttpEvent,
  type RateLimiter,
  type RetryPolicy,
  systemClock,
} from '@dynacamp/http'
import { AccountContacts } from './accounts/account-contacts.ts'
import { AccountFieldValues } from './accounts/account-field-values.ts'
import { AccountFields } from './accounts/account-fields.ts'
import { Accounts } from './accounts/accounts.ts'
import { Activities } from './activities/activities.ts'
import { Automations } from './automations/automations.ts'
import { ContactAutomations } from './automations/contact-automations.ts'
import { originOf } from './base-url.ts'
import { Campaigns } from './campaigns/campaigns.ts'
import { Messages } from './campaigns/messages.ts'
import { type ApiCall, type CallOptions, type Connection, createConnection } from './connection.ts'
import { Contacts } from './contacts/contacts.ts'
import { Records } from './custom-objects/records.ts'
import { Schemas } from './custom-objects/schemas.ts'
import { FieldGroups } from './fields/field-groups.ts'
import { FieldOptions } from './fields/field-options.ts'
import { FieldRelations } from './fields/field-relations.ts'
import { FieldValues } from './fields/field-values.ts'
import { Fields } from './fields/fields.ts'
import { Imports } from './imports/imports.ts'
import { ContactLists } from './lists/contact-lists.ts'
import { Exclusions } from './lists/exclusions.ts'
import { Lists } from './lists/lists.ts'
import { Notes } from './notes/notes.ts'
import { bulkRetry, retry } from './retry.ts'
import { Segments } from './segments/segments.ts'
import { ContactTags } from './tags/contact-tags.ts'
import { Tags } from './tags/tags.ts'
import { type AccountInfo, accountInfoRow } from './users/account-info.ts'
import { Groups } from './users/groups.ts'
import { type User, userRow } from './users/user.ts'
import { Users } from './users/users.ts'
import { Webhooks } from './webhooks/webhooks.ts'

/** Settings of {@link createActiveCampaignClient}. */
export interface ActiveCampaignClientOptions {
  /** The API URL from Settings, Developer: `https://<account>.api-us1.com`. Do not build it from the account's name. */
  readonly url: string
  /** The API key from the same page. It belongs to a user and may do what that user's group may. */
  readonly key: string
  /** Default: the platform's. */
  readonly fetch?: Fetch | undefined
  /** Default: the host's. */
  readonly clock?: Clock | undefined
  /** Draws from [0, 1) for the jitter between retries. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
  /** Hears of every request, response, retry and pause, without secrets. */
  readonly onEvent?: ((event: HttpEvent) => void) | undefined
  /** How much of the account's 5 requests a second this client takes, above 0 up to 1. Default: 1. The limit is shared by
   * everything that uses the account; what this client leaves, others have. */
  readonly share?: number | undefined
  /** Take a `url` outside `api-us1.com` and `activehosted.com`, such as a simulator's. Default: false. */
  readonly allowAnyHost?: boolean | undefined
}

/** A client for one ActiveCampaign account. */
export interface ActiveCampaignClient {
  /** The account that every call goes to: the origin of the `url` that was given. */
  readonly url: string
  /** Requests sent so far, repeats included. */
  readonly requestsSent: number
  /** People, by e-mail address. */
  readonly contacts: Contacts
  /** Tags on contacts. */
  readonly contactTags: ContactTags
  /** Who is on which list. */
  readonly contactLists: ContactLists
  /** Who is in which automation. */
  readonly contactAutomations: ContactAutomations
  /** What contacts did, and what was sent to them. */
  readonly activities: Activities
  /** Notes on contacts and accounts. */
  readonly notes: Notes
  /** Many contacts at once. */
  readonly imports: Imports
  /** Custom fields of contacts. */
  readonly fields: Fields
  /** Choices of custom fields. */
  readonly fieldOptions: FieldOptions
  /** For which lists a custom field is shown. */
  readonly fieldRelations: FieldRelations
  /** Boxes of custom fields in the app. */
  readonly fieldGroups: FieldGroups
  /** What custom fields hold. */
  readonly fieldValues: FieldValues
  /** Tags. */
  readonly tags: Tags
  /** Lists that contacts subscribe to. */
  readonly lists: Lists
  /** Addresses that get nothing at all. */
  readonly exclusions: Exclusions
  /** Companies. */
  readonly accounts: Accounts
  /** Who belongs to which company. */
  readonly accountContacts: AccountContacts
  /** Custom fields of companies. */
  readonly accountFields: AccountFields
  /** What custom fields of companies hold. */
  readonly accountFieldValues: AccountFieldValues
  /** Automations. */
  readonly automations: Automations
  /** Campaigns, and sending one to one contact. */
  readonly campaigns: Campaigns
  /** What campaigns send. */
  readonly messages: Messages
  /** Contacts by conditions. */
  readonly segments: Segments
  /** People who use the account. */
  readonly users: Users
  /** What users may do. */
  readonly groups: Groups
  /** Calls that the service makes when something happens; read them with `parseWebhook`. */
  readonly webhooks: Webhooks
  /** Kinds of records of one’s own, and their records. */
  readonly customObjects: { readonly schemas: Schemas; readonly records: Records }
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

// https://developers.activecampaign.com/reference/bulk-import-contacts: requests of several contacts, and of one
const importsPerMinute = 100
const singleImportsPerMinute = 20

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
  const url = originOf(options.url, options.allowAnyHost ?? false)
  let sent = 0
  const account = createRateLimiter({ requests: requestsPerSecond, perMs: 1_000, share, clock })
  const connect = (limiter: RateLimiter, policy: Partial<RetryPolicy>): HttpClient =>
    createHttpClient({
      service: 'activecampaign',
      baseUrl: url,
      clock,
      retry: policy,
      limiter,
      authorize: async () => ({ 'Api-Token': key }),
      fetch,
      random,
      onEvent: (event) => {
        if (event.type === 'request') sent += 1
        onEvent?.(event)
      },
    })
  const bulk = (requests: number): Connection => {
    const minutes = createRateLimiter({ requests, perMs: 60_000, share, within: account, clock })
    return createConnection(connect(minutes, bulkRetry), '/api/3/')
  }
  const http = connect(account, retry)
  const v3 = createConnection(http, '/api/3/')
  const v1 = createConnection(http, '/admin/')
  return {
    url,
    get requestsSent() {
      return sent
    },
    contacts: new Contacts(v3),
    contactTags: new ContactTags(v3),
    contactLists: new ContactLists(v3),
    contactAutomations: new ContactAutomations(v3),
    activities: new Activities(v3),
    notes: new Notes(v3),
    imports: new Imports({ single: bulk(singleImportsPerMinute), multi: bulk(importsPerMinute) }, v3, clock),
    fields: new Fields(v3),
    fieldOptions: new FieldOptions(v3),
    fieldRelations: new FieldRelations(v3),
    fieldGroups: new FieldGroups(v3),
    fieldValues: new FieldValues(v3),
    tags: new Tags(v3),
    lists: new Lists(v3),
    exclusions: new Exclusions(v3),
    accounts: new Accounts(v3),
    accountContacts: new AccountContacts(v3),
    accountFields: new AccountFields(v3),
    accountFieldValues: new AccountFieldValues(v3),
    automations: new Automations(v3),
    campaigns: new Campaigns(v3, v1),
    messages: new Messages(v3),
    segments: new Segments(v3, clock),
    users: new Users(v3),
    groups: new Groups(v3),
    webhooks: new Webhooks(v3),
    customObjects: { schemas: new Schemas(v3), records: new Records(v3) },
    me: (options) => v3.one({ operation: 'me', method: 'GET', path: 'users/me', options }, 'user', userRow),
    account: (options) =>
      v3.read({ operation: 'account', method: 'GET', path: 'settings/account', options }, accountInfoRow),
    request: (call) => v3.send(call),
  }
}
