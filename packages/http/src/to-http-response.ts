import { type Answer, decodeText, requestIdOf } from './answer.ts'
import { type Call, detailsOf } from './call-context.ts'
import { MalformedResponseError } from './errors/malformed-response-error.ts'
import type { HttpResponse } from './http-client.ts'

const jsonType = /^[^;]*[/+]json\b/i

/** Why a body cannot be taken as JSON although it may parse, or undefined. */
const objection = (text: string, valid: boolean, contentType: string): string | undefined => {
  if (!valid) return 'it is not valid UTF-8'
  if (/^\s*</.test(text)) return `it is ${/^\s*<(!doctype|html)/i.test(text) ? 'HTML' : 'markup'}`
  // PHP servers send JSON as text/html; a bare word of another type would only look like JSON.
  if (contentType !== '' && !jsonType.test(contentType) && !/^\s*[[{]/.test(text)) {
    return `its content type is ${contentType.split(';', 1)[0]}`
  }
  return undefined
}

/** The public face of an answer. */
export const toHttpResponse = (answer: Answer, call: Call): HttpResponse => {
  const { status, headers, url } = answer
  const { text, valid } = decodeText(answer.bytes)
  const requestId = requestIdOf(headers)

  const malformed = (cause: string) =>
    new MalformedResponseError(`${call.request.operation}: the answer (${status}) is not JSON: ${cause}`, {
      ...detailsOf(call),
      status,
      requestId,
      retryable: call.repeatable,
    })

  const json = (): unknown => {
    if (text.trim() === '') return undefined
    const cause = objection(text, valid, headers.get('content-type') ?? '')
    if (cause !== undefined) throw malformed(cause)
    try {
      return JSON.parse(text)
    } catch {
      // The parser's own message quotes the body, which may hold personal data.
      throw malformed(`it cannot be parsed (${text.length} characters, perhaps cut short)`)
    }
  }

  return { status, headers, text, json, requestId, url }
}
