import { parse } from 'qs'
import { z } from 'zod'
import { problemsOf } from '../answer-error.ts'
import { ActiveCampaignError } from '../error.ts'
import { type Extra, row } from '../row.ts'
import { id, instant, optionalText, reference, text } from '../wire.ts'

// PHP drops everything beyond 1,000 variables as well (max_input_vars).
const parameterLimit = 1_000
const depth = 5
const maxBytes = 1_000_000

const commaSeparated = text.transform((tags) =>
  tags
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean),
)

const block = z.record(z.string(), z.unknown())

/** A contact as an event tells it: a snapshot that may be old when it arrives. Read the contact for what is true. */
const contactBlock = row({
  id,
  email: text,
  first_name: text,
  last_name: text,
  phone: text,
  /** Names. */
  tags: commaSeparated,
  /** By personalisation tag, if the event says so; some events give bare positions, whose order cannot be relied on. */
  fields: z.union([block, z.array(z.unknown())]).nullish(),
  orgname: text,
  customer_acct_name: text,
})

const accountBlock = row({ id, name: text, account_url: optionalText })

const withId = z.object({ id })

// A number, `list[id]=`, or `list[][id]=`, depending on the event.
const listIds = z.transform((list): readonly string[] => {
  const all = Array.isArray(list) ? list : [list]
  return all.flatMap((one) => withId.safeParse(one).data?.id ?? reference.safeParse(one).data ?? [])
})

const eventShape = row({
  /** `update`, `contact_tag_added`, `unsubscribe`, ...: as `webhooks.events` lists them. */
  type: z.string().min(1),
  date_time: instant,
  /** `public`, `admin`, `api` or `system`. */
  initiated_from: text,
  initiated_by: text,
  contact: contactBlock.nullish(),
  account: accountBlock.nullish(),
  /** Name of the tag, where the event is about one. */
  tag: optionalText.catch(null),
  /** Ids of the lists it is about; empty for none. */
  list: listIds,
})

/** An event as it was called out. */
export interface WebhookEvent extends Readonly<Omit<z.output<typeof eventShape>, 'extra'>> {
  /** All of it as it was sent: text, brackets made to objects and arrays. */
  readonly payload: Extra
}

/**
 * Reads the body of a webhook's call, whatever its event: a form with PHP's brackets. Whoever knows the URL can send one,
 * so use it as a hint that something changed, and read from the service what is true.
 *
 * @param body the raw body, `application/x-www-form-urlencoded`
 * @throws ActiveCampaignError `malformed-webhook`
 *
 * @example
 * ```ts
 * import { type ActiveCampaignClient, parseWebhook } from '@dynacamp/activecampaign-client'
 *
 * async function handle(client: ActiveCampaignClient, request: Request) {
 *   const event = parseWebhook(await request.text())
 *   if (event.type === 'update' && event.contact) return await client.contacts.get(event.contact.id)
 *   return undefined
 * }
 * ```
 */
export function parseWebhook(body: string): WebhookEvent {
  if (body.length > maxBytes) throw refused(`the body has more than ${maxBytes} characters`)
  const payload = parse(body, { depth, parameterLimit, duplicates: 'last', plainObjects: true })
  const parsed = eventShape.safeParse(payload)
  if (parsed.success) {
    const { extra: _, ...event } = parsed.data
    return { ...event, payload }
  }
  const [problem] = problemsOf(parsed.error)
  throw refused(`unexpected ${problem?.path || 'body'}: ${problem?.message}`)
}

const refused = (what: string): ActiveCampaignError =>
  new ActiveCampaignError(`parseWebhook: ${what}`, { operation: 'parseWebhook', code: 'malformed-webhook' })
