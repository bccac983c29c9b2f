import type { SimulatorClock } from '../shared/clock.ts'
import type { Answer, SimulatorRequest } from '../shared/exchange.ts'
import { createRouter, type Resolved, type Route } from '../shared/router.ts'
import { type Endpoint, toCall } from './core/call.ts'
import { phpJson } from './core/json.ts'
import { createRateLimit, type RateLimitOptions } from './core/rate-limit.ts'
import { Rejection, type Reply } from './core/reply.ts'
import type { Store } from './core/store.ts'
import { endpoints } from './endpoints.ts'

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

/** The service's own body for a status that stands in front of every endpoint. */
export const refusal = (status: number): Answer => {
  const messages: Readonly<Record<number, string>> = {
    402: 'The account has expired.',
    403: 'Forbidden',
    429: 'Too Many Requests',
    503: 'Service Unavailable',
  }
  return toAnswer({ status, body: { message: messages[status] ?? 'Internal Server Error' } })
}

/** What the two generations of the API need to answer. */
export interface ApiOptions {
  readonly store: Store
  readonly apiKey: string
  readonly clock: SimulatorClock
  readonly rateLimit: RateLimitOptions | false
}

/** Finds the handler of any request: API v3, or the 404 and 405 that stand for paths it does not have. */
export function createApi({ store, apiKey, clock, rateLimit }: ApiOptions) {
  const admit =
    rateLimit === false ? () => ({ admitted: true, headers: {} }) : createRateLimit(clock, rateLimit)

  const answer = (request: SimulatorRequest, run: () => Reply): Answer => {
    const { admitted, headers } = admit()
    if (!admitted) return toAnswer({ status: 429, body: { message: 'Too Many Requests' } }, headers)
    store.origin = request.origin
    store.settle()
    try {
      return toAnswer(run(), { ...headers, 'x-request-id': store.hex() })
    } catch (problem) {
      if (problem instanceof Rejection)
        return toAnswer(problem.reply, { ...headers, 'x-request-id': store.hex() })
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
  const otherMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
  return (request: SimulatorRequest): Resolved => {
    const found = find(request)
    if (found !== undefined) return found
    const known = otherMethods.some((method) => find({ ...request, method }) !== undefined)
    const status = known ? 405 : 404
    const message = known ? 'Method Not Allowed' : 'Not Found'
    return {
      operation: 'unknown',
      run: () => answer(request, () => ({ status, body: { message } })),
    }
  }
}
