import { createVirtualClock } from '@dynacamp/simulators'
import { type ActiveCampaignClient, createActiveCampaignClient } from '../src/index.ts'

/** What a hostile service sends: a status and a body, as text or as JSON. */
export interface ScriptedAnswer {
  readonly status?: number
  readonly json?: unknown
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface ScriptedService {
  readonly client: ActiveCampaignClient
  readonly requests: { readonly method: string; readonly url: string; readonly body: string }[]
  readonly events: unknown[]
}

/** A client of a service that answers what no simulator would: by script, one answer per call, the last one for ever. */
export function scriptedService(...answers: readonly ScriptedAnswer[]): ScriptedService {
  const requests: ScriptedService['requests'] = []
  const events: unknown[] = []
  const client = createActiveCampaignClient({
    url: 'https://example.api-us1.com',
    key: 'secret-key',
    clock: createVirtualClock(),
    random: () => 0.5,
    onEvent: (event) => events.push(event),
    fetch: async (request) => {
      requests.push({ method: request.method, url: request.url, body: await request.text() })
      const answer = answers[Math.min(requests.length, answers.length) - 1] ?? {}
      const { status = 200, json, text = JSON.stringify(json ?? {}), headers } = answer
      return new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } })
    },
  })
  return { client, requests, events }
}

/** What a promise rejects with. */
export const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work
  } catch (error) {
    return error
  }
  throw new Error('expected a rejection')
}
