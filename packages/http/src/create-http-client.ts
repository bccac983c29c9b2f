import { systemClock } from './clock.ts'
import type { HttpClient, HttpClientOptions } from './http-client.ts'
import { defaultRetryPolicy } from './retry-policy.ts'
import { runCall } from './run-call.ts'
import { parseBaseUrl } from './target-url.ts'
import { createTransport } from './transport.ts'

/**
 * A client for one service: sends requests below one base URL, waits for the limiter, repeats what may be
 * repeated, and reports everything else as a typed error.
 *
 * @example
 * ```ts
 * const client = createHttpClient({
 *   service: 'activecampaign',
 *   baseUrl: 'https://example.api-us1.com/api/3',
 *   authorize: async () => ({ 'Api-Token': process.env.ACTIVECAMPAIGN_KEY ?? '' }),
 *   limiter: createRateLimiter({ requests: 5, perMs: 1_000, clock: systemClock }),
 * })
 * const answer = await client.request({ operation: 'contacts.list', method: 'GET', url: 'contacts' })
 * const contacts = answer.json()
 * ```
 * @throws TypeError when `baseUrl` is not https (or http on loopback) or contains credentials.
 */
export const createHttpClient = (options: HttpClientOptions): HttpClient => {
  const clock = options.clock ?? systemClock
  let calls = 0
  const context = {
    options,
    clock,
    base: parseBaseUrl(options.baseUrl, options.allowInsecureHttp ?? false),
    random: options.random ?? Math.random,
    policy: { ...defaultRetryPolicy, ...options.retry },
    transport: createTransport({
      // Looked up at each call, so that a host may wrap the platform's fetch later.
      fetch: options.fetch ?? ((request) => fetch(request)),
      clock,
      timeoutMs: options.timeoutMs ?? 60_000,
      maxResponseBytes: options.maxResponseBytes ?? 64 * 1024 * 1024,
    }),
  }
  return {
    request: (request) => {
      calls += 1
      return runCall(context, request, calls)
    },
  }
}
