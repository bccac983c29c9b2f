import { createHttpClient, type Fetch, type HttpClientOptions, type HttpEvent } from '@dynacamp/http'
import { createVirtualClock, type VirtualClock } from '@dynacamp/simulators'

/** A server as a function of the request and of how many came before it. */
export type Serve = (request: Request, before: number) => Response | Promise<Response>

interface HarnessOptions extends Partial<HttpClientOptions> {
  readonly clock?: VirtualClock
}

/** A client on virtual time whose jitter is none: a drawn pause is the full one. */
export const harness = (serve: Serve, options: HarnessOptions = {}) => {
  const clock = options.clock ?? createVirtualClock()
  const startMs = clock.now()
  const requests: { readonly request: Request; readonly body: string; readonly atMs: number }[] = []
  const events: HttpEvent[] = []
  const fetch: Fetch = async (request) => {
    const atMs = clock.now() - startMs
    requests.push({ request, body: request.body === null ? '' : await request.clone().text(), atMs })
    return await serve(request, requests.length - 1)
  }
  const client = createHttpClient({
    service: 'test',
    baseUrl: 'https://api.example.com/v1',
    random: () => 1,
    onEvent: (event) => events.push(event),
    ...options,
    clock,
    fetch,
  })
  /** Milliseconds after the start at which each request was sent. */
  const sentAtMs = () => requests.map((each) => each.atMs)
  return { client, clock, startMs, requests, events, sentAtMs }
}

/** The error that a promise is rejected with. */
export const errorOf = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It should have failed')
}

export const get = { operation: 'things.get', method: 'GET', url: 'things/1' } as const
export const post = {
  operation: 'things.create',
  method: 'POST',
  url: 'things',
  body: { json: { name: 'x' } },
} as const
