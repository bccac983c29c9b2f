import { lostFields } from './compare-decoded.ts'
import { requestProblems } from './compare-request.ts'
import type { Exchange } from './exchange.ts'
import { createProbe, type SentRequest } from './probe.ts'

/** Makes the client send one exchange's request, over the given `fetch`, and returns what it made of the answer. */
export type ClientCall = (
  exchange: Exchange,
  fetch: (request: Request) => Promise<Response>,
) => Promise<unknown>

/** What a client does with an exchange: the request it sends, and what it makes of the recorded response. */
export interface ClientOutcome {
  readonly request: readonly string[]
  readonly decode: readonly string[]
}

/** Without a method for the endpoint there is nothing to check, and that is a shortfall of both. */
export async function checkClient(exchange: Exchange, call: ClientCall | undefined): Promise<ClientOutcome> {
  if (call === undefined) {
    const problem = 'no method of the client sends this'
    return { request: [problem], decode: [problem] }
  }
  const { sent, outcome } = await run(exchange, call)
  return { request: requestOf(exchange, sent, outcome), decode: decodeProblems(exchange, outcome) }
}

type Outcome = { readonly result: unknown } | { readonly error: unknown }

async function run(exchange: Exchange, call: ClientCall) {
  const { fetch, sent } = createProbe(exchange)
  const outcome: Outcome = await call(exchange, fetch).then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  )
  return { sent, outcome }
}

function requestOf(exchange: Exchange, sent: readonly SentRequest[], outcome: Outcome): readonly string[] {
  const [first] = sent
  if (first !== undefined) return requestProblems(exchange, first)
  return [`the client sends nothing${'error' in outcome ? `: ${textOf(outcome.error)}` : ''}`]
}

function decodeProblems({ request, response }: Exchange, outcome: Outcome): readonly string[] {
  const failed = response.status >= 400
  if ('error' in outcome) {
    if (!failed) return [`the client refuses the answer: ${textOf(outcome.error)}`]
    return errorProblems(response, outcome.error)
  }
  // A batch that failed in part is answered with its parts, which the call has held against the recorded ones.
  if (typeof response.body === 'string') return []
  // Clients may take a 404 as an answer: a repeated delete finds nothing.
  if (failed) return response.status === 404 ? [] : [`the client takes a ${response.status} for success`]
  // A deletion answers with a sentence, if at all.
  return request.method === 'DELETE' ? [] : lostFields(response.body, outcome.result)
}

/** An error answer must arrive as the client's own error, with the status and the texts of the body. */
function errorProblems({ status, body }: Exchange['response'], error: unknown): string[] {
  if (!(error instanceof Error) || !('status' in error) || error.status !== status) {
    return [`a ${status} arrives as ${textOf(error)}`]
  }
  const told = `${error.message} ${JSON.stringify(error, deepKeys(error))}`
  return messagesIn(body)
    .filter((message) => !told.includes(JSON.stringify(message).slice(1, -1)) && !told.includes(message))
    .map((message) => `the error does not tell ${JSON.stringify(message)}`)
}

/** Errors hide their message and cause from JSON; every own key is told. */
function deepKeys(error: Error): (key: string, value: unknown) => unknown {
  return (key, value) => (key === '' && value !== error ? { ...error, ...Object(value) } : value)
}

/** The texts of an error body that say what is wrong: codes, titles, details and messages. */
function messagesIn(body: unknown): string[] {
  if (Array.isArray(body))
    return body.flatMap((item) => (typeof item === 'string' ? [item] : messagesIn(item)))
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body).flatMap(([key, value]) => {
    if (typeof value !== 'string') return messagesIn(value)
    return /^(?:code|title|detail|message|errors|error)$/.test(key) && value !== '' ? [value] : []
  })
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
