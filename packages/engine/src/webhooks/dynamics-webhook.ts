import * as z from 'zod'
import { tables } from '../observe/tables.ts'
import type { RecordName } from '../state/kinds.ts'
import { handleWebhook } from './handle-webhook.ts'
import type { WebhookHandler, WebhookOptions } from './webhook-handler.ts'

/** What is read of a `RemoteExecutionContext`; its values are left alone. */
const executionContext = z.looseObject({
  PrimaryEntityName: z.string().max(128),
  PrimaryEntityId: z.guid().toLowerCase(),
})

/** A deeper body is not Dataverse's, and could exhaust whatever walks it. */
const maxDepth = 64

/** One pass, before anything is parsed. A bracket within a text counts for nothing. */
const checkDepth = (json: string): void => {
  let depth = 0
  let inText = false
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at]
    if (inText && character === '\\') at += 1
    else if (character === '"') inText = !inText
    else if (inText) continue
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    if (depth > maxDepth) throw new RangeError('too deep')
  }
}

const recordOf = (body: string): RecordName | undefined => {
  checkDepth(body)
  const { PrimaryEntityName: name, PrimaryEntityId: id } = executionContext.parse(JSON.parse(body))
  const table = Object.entries(tables).find(([, { logicalName }]) => logicalName === name)
  return table === undefined ? undefined : { side: 'dynamics', entity: table[0], id }
}

/**
 * A handler for the webhooks of Dataverse: whatever the message, the row it is about is synced at once. Register steps
 * on contact, lead, account and opportunity as asynchronous ones: a synchronous step would make users wait, and would
 * show the row as it was before.
 *
 * @throws TypeError when the secret is too short
 *
 * @example
 * ```ts
 * import { dynamicsWebhook, type Sync } from '@dynacamp/engine'
 *
 * export const handlerFor = (sync: Sync) => dynamicsWebhook({ sync, secret: process.env.WEBHOOK_SECRET ?? '' })
 * ```
 */
export const dynamicsWebhook = (options: WebhookOptions): WebhookHandler => handleWebhook(options, recordOf)
