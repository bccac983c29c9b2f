import type { SimulatorClock } from '../shared/clock.ts'
import type { Answer, SimulatorRequest } from '../shared/exchange.ts'
import { createRouter, type Resolved, type Route } from '../shared/router.ts'
import { type Endpoint, toCall } from './core/call.ts'
import { phpJson } from './core/json.ts'
import { asOf2020 } from './core/older-columns.ts'
import { createRateLimit, type RateLimitOptions } from './core/rate-limit.ts'
import { Rejection, type Reply } from './core/reply.ts'
import type { Store } from './core/store.ts'
import { endpoints } from './endpoints.ts'
import { answerV1 } from './v1/v1.ts'

const toAnswer = (reply: Reply, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: reply.status,
  headers: {
    'content-type': 'application/json',
    'cache-control': 'no-store, no-cache, must-revalidate',
    ...headers,
    ...reply.headers,
  },
  ...(reply.body === undefined ? {} : { body: phpJson(reply.body) }),
})

const messages: Readonly<Record<number, string>> = {
  402: 'The account has expired.',
  403: 'Forbidden',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/** The service's own body for a status that stands in front of every endpoint. */
export const refusal = (status: number): Answer =>
  toAnswer({ status, body: { message: messages[status] ?? 'Internal Server Error' } })

/** What both generations of the API need to answer. */
interface ApiOptions {
  readonly store: Store
  readonly apiKey: string
  readonly clock: SimulatorClock
  readonly rateLimit: RateLimitOptions | false
}

/** Finds the handler of any request: v3, v1, or the 404 and 405 that stand for everything else. */
export function createApi({ store, apiKey, clock, rateLimit }: ApiOptions) {
  const admit =
    rateLimit === false ? () => ({ admitted: true, headers: {} }) : createRateLimit(clock, rateLimit)

  const answer = (request: SimulatorRequest, run: () => Reply): Answer => {
    const { admitted, headers } = admit()
    if (!admitted) return toAnswer({ status: 429, body: { message: 'Too Many Requests' } }, headers)
    store.origin = request.origin
    store.settle()
    const seen = { ...headers, 'x-request-id': store.hex() }
    try {
      const reply = run()
      const older = store.behaviour.columns === '2020' && reply.body !== undefined
      return toAnswer(older ? { ...reply, body: asOf2020(reply.body, reply.status) } : reply, seen)
    } catch (problem) {
      if (problem instanceof Rejection) return toAnswer(problem.reply, seen)
      throw problem
    }
  }

  const v3 = (endpoint: Endpoint): Route => ({
    operation: endpoint.operation,
    method: endpoint.method,
    path: `/api/3/${endpoint.path}`,
    handle: ({ request, params }) =>
      answer(request, () => {
        if (request.headers.get('api-token') !== apiKey) throw new Rejection(403, { message: 'Forbidden' })
        return endpoint.handle(toCall(store, request, params))
      }),
  })

  const find = createRouter(endpoints.map(v3))
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
  return (request: SimulatorRequest): Resolved => {
    if (request.url.pathname === '/admin/api.php') {
      return {
        operation: `v1.${request.url.searchParams.get('api_action') ?? 'none'}`,
        run: () => answer(request, () => answerV1(store, apiKey, request)),
      }
    }
    const found = find(request)
    if (found !== undefined) return found
    const known = methods.some((method) => find({ ...request, method }) !== undefined)
    const reply: Reply = known
      ? { status: 405, body: { message: 'Method Not Allowed' } }
      : { status: 404, body: { message: 'Not Found' } }
    return { operation: 'unknown', run: () => answer(request, () => reply) }
  }
}
