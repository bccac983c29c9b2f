import type { Clock, Fetch } from '@dynacamp/http'
import { createDynamicsClient, type DynamicsClientOptions, tokenCallback } from '../src/index.ts'

const environmentUrl = 'https://example.crm4.dynamics.com'
export const apiUrl = `${environmentUrl}/api/data/v9.2`

/** Time that passes only by sleeping, at once. */
export const instantClock = (): Clock & { readonly sleptMs: number[] } => {
  let nowMs = 0
  const sleptMs: number[] = []
  return {
    sleptMs,
    now: () => nowMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      // A waiting time limit never fires here: only pauses between attempts pass.
      if (ms >= 60_000)
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      sleptMs.push(ms)
      nowMs += ms
    },
  }
}

export const jsonResponse = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; odata.metadata=minimal', ...headers },
  })

/** A client whose service says what the test wants, and the requests it received. */
export const scripted = (
  answer: (request: Request, index: number) => Response | Promise<Response>,
  options: Partial<DynamicsClientOptions> = {},
) => {
  const requests: Request[] = []
  const fetch: Fetch = async (request) => {
    requests.push(request.clone())
    return answer(request, requests.length - 1)
  }
  const clock = instantClock()
  const client = createDynamicsClient({
    environmentUrl,
    credentials: tokenCallback(async () => 'secret-token'),
    fetch,
    clock,
    random: () => 0.5,
    ...options,
  })
  return { client, requests, clock }
}
