import type { JsonValue } from '@dynacamp/simulators'
import type { Exchange } from './exchange.ts'

/** A request as a client sent it. */
export interface SentRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly text: string
}

/** A `fetch` that answers every request with the recorded response, and remembers what was asked. */
export function createProbe({ response }: Exchange) {
  const sent: SentRequest[] = []
  const fetch = async (request: Request): Promise<Response> => {
    sent.push({
      method: request.method,
      url: new URL(request.url),
      headers: request.headers,
      text: await request.text(),
    })
    return recordedResponse(response)
  }
  return { fetch, sent }
}

/** The recorded response. Headers that describe the bytes on the wire are left to the runtime. */
function recordedResponse({ status, headers, body }: Exchange['response']): Response {
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(?:content-(?:encoding|length)|transfer-encoding)$/i.test(name),
  )
  const empty = body === null || status === 204 || status === 304
  const all = new Headers(kept)
  if (!empty && !all.has('content-type')) all.set('content-type', contentTypeOf(body))
  return new Response(empty ? null : bodyText(body), { status, headers: all })
}

/** Recordings without headers: a multipart body names its boundary in its first line. */
function contentTypeOf(body: JsonValue): string {
  const boundary = typeof body === 'string' ? /^--([^\r\n]+)/.exec(body)?.[1] : undefined
  return boundary === undefined ? 'application/json' : `multipart/mixed; boundary=${boundary}`
}

/** A recorded body as it was on the wire: texts are multipart bodies, everything else is JSON. */
function bodyText(body: JsonValue): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}
