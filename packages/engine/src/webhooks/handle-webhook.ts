import type { RecordName } from '../state/kinds.ts'
import { readBody } from './read-body.ts'
import { secretCheck } from './secret.ts'
import { type WebhookHandler, type WebhookOptions, WebhookRefusal } from './webhook-handler.ts'

const answer = (
  status: number,
  body: Readonly<Record<string, string>>,
  headers: Record<string, string> = {},
): Response => Response.json(body, { status, headers })

const refused = ({ status, code, message }: WebhookRefusal): Response =>
  answer(status, { code, message }, status === 405 ? { allow: 'POST' } : {})

/** A body that cannot be read as what the service sends. What is in it is not repeated: it may be somebody's data. */
const malformed = (): WebhookRefusal =>
  new WebhookRefusal(400, 'malformed', 'The body is not what this service sends to a webhook.')

/**
 * The way of every webhook: method, secret, size, then which record it is about. A valid call is answered with 2xx whatever becomes
 * of it: a 5xx would roll a user's save back where Dataverse calls within the save, and the next run finds the record anyway.
 *
 * @param recordOf the record that a body is about; `undefined`: none that takes part. Throws when it cannot be read.
 */
export const handleWebhook = (
  { sync, secret, onError = () => undefined }: WebhookOptions,
  recordOf: (body: string) => RecordName | undefined,
): WebhookHandler => {
  const checkSecret = secretCheck(secret)

  const recordIn = async (request: Request): Promise<RecordName | undefined> => {
    if (request.method !== 'POST') throw new WebhookRefusal(405, 'method-not-allowed', 'Webhooks are posted.')
    checkSecret(request)
    const body = await readBody(request)
    try {
      return recordOf(body)
    } catch {
      throw malformed()
    }
  }

  const follow = async (record: RecordName): Promise<string> => {
    try {
      return (await sync.runRecord(record)).status
    } catch (error) {
      // One that fails itself, now or later, must not become the answer, nor end the process.
      await Promise.resolve()
        .then(() => onError(error, record))
        .catch(() => undefined)
      return 'failed'
    }
  }

  return async (request, context) => {
    let record: RecordName | undefined
    try {
      record = await recordIn(request)
    } catch (error) {
      return refused(error instanceof WebhookRefusal ? error : malformed())
    }
    if (record === undefined) return answer(200, { status: 'ignored' })
    const work = follow(record)
    if (context === undefined) return answer(200, { status: await work })
    context.waitUntil(work)
    return answer(202, { status: 'accepted' })
  }
}
