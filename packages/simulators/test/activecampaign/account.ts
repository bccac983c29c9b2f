import {
  type ActiveCampaignSimulator,
  type ActiveCampaignSimulatorOptions,
  createActiveCampaignSimulator,
  createVirtualClock,
  type VirtualClock,
} from '@dynacamp/simulators'

/** An answer with its body parsed; rows are looked into freely. */
interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers as any program would
  readonly body: any
}

export interface TestAccount {
  readonly simulator: ActiveCampaignSimulator
  readonly clock: VirtualClock
  call(method: string, path: string, body?: unknown): Promise<Answered>
  get(path: string): Promise<Answered>
  post(path: string, body: unknown): Promise<Answered>
  put(path: string, body: unknown): Promise<Answered>
  remove(path: string): Promise<Answered>
}

/** 28 May 2026, 10:03:51 UTC: 05:03:51 in Chicago. */
const springMs = Date.UTC(2026, 4, 28, 10, 3, 51)

/** A simulated account, without its rate limit unless asked for, called the way any program calls it. */
export function testAccount(options: ActiveCampaignSimulatorOptions = {}): TestAccount {
  const clock = createVirtualClock(springMs)
  const simulator = createActiveCampaignSimulator({ clock, rateLimit: false, ...options })
  const call = async (method: string, path: string, body?: unknown): Promise<Answered> => {
    const response = await simulator.fetch(
      new Request(`${simulator.baseUrl}${path.startsWith('/') ? path : `/api/3/${path}`}`, {
        method,
        headers: { 'Api-Token': simulator.apiKey },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    const body_ = text === '' ? undefined : JSON.parse(text)
    return { status: response.status, headers: response.headers, text, body: body_ }
  }
  return {
    simulator,
    clock,
    call,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    remove: (path) => call('DELETE', path),
  }
}
