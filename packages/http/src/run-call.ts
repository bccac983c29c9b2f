import type { Answer } from './answer.ts'
import { type Call, type ClientContext, detailsOf, type OutgoingBody, tell } from './call-context.ts'
import { TimeoutError } from './errors/timeout-error.ts'
import type { HttpRequest, HttpResponse } from './http-client.ts'
import { pauseOrFail } from './pause-or-fail.ts'
import { sendAttempt } from './send-attempt.ts'
import { setbackOf } from './setback.ts'
import { requestUrl, resolveTarget } from './target-url.ts'
import { withTimeLimit } from './time-limit.ts'
import { toHttpResponse } from './to-http-response.ts'

const repeatableMethods: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE'])
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const maxRedirects = 5

const isAnswer = (request: HttpRequest, status: number): boolean =>
  (status >= 200 && status < 300) || request.expect?.includes(status) === true

const bodyOf = ({ body }: HttpRequest): OutgoingBody | undefined => {
  if (body === undefined || 'text' in body) return body
  return { text: JSON.stringify(body.json), contentType: 'application/json' }
}

/** Where a redirect leads, when it is one to follow. @throws ForeignOriginError, whatever the method */
const redirectTarget = (call: Call, answer: Answer): URL | undefined => {
  const location = answer.headers.get('location')
  if (!redirectStatuses.has(answer.status) || location === null) return undefined
  const absolute = URL.canParse(location, answer.url) ? new URL(location, answer.url).href : location
  const target = resolveTarget(call.request, absolute, call.base)
  return call.request.method === 'GET' ? target : undefined
}

const loop = async (call: Call, signal: AbortSignal): Promise<HttpResponse> => {
  let redirects = 0
  let refreshed = false
  let refresh = false
  for (;;) {
    const attempt = await sendAttempt(call, refresh, signal)
    refresh = false
    if ('answer' in attempt) {
      const { answer } = attempt
      if (isAnswer(call.request, answer.status)) return toHttpResponse(answer, call)
      const target = redirectTarget(call, answer)
      if (target !== undefined && redirects < maxRedirects) {
        redirects += 1
        call.url = target
        continue
      }
      if (answer.status === 401 && call.options.authorize !== undefined && !refreshed) {
        // Refused before any work was done, so safe for every method.
        refreshed = true
        refresh = true
        tell(call, { type: 'retry', reason: 'unauthorized', delayMs: 0 })
        continue
      }
    }
    call.tries += 1
    await pauseOrFail(call, setbackOf(call, attempt), signal)
  }
}

/** Runs one call to its end: one answer, or one error that says all that is known. */
export const runCall = async (
  context: ClientContext,
  request: HttpRequest,
  number: number,
): Promise<HttpResponse> => {
  const { clock, base } = context
  const { deadlineMs, signal } = request
  const repeatable = request.repeatable ?? repeatableMethods.has(request.method)
  const call: Call = {
    ...context,
    request,
    body: bodyOf(request),
    repeatable,
    number,
    url: requestUrl(request, base),
    attempt: 0,
    tries: 0,
    untilMs: deadlineMs === undefined ? Number.POSITIVE_INFINITY : clock.now() + deadlineMs,
  }
  const reason = () =>
    new TimeoutError(`${request.operation}: not done within its deadline of ${deadlineMs} ms`, {
      ...detailsOf(call),
      retryable: true,
    })
  return withTimeLimit({ clock, ms: deadlineMs, signal, reason }, (inner) => loop(call, inner))
}
