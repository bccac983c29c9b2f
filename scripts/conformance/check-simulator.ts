import type { JsonValue } from '@dynacamp/simulators'
import type { Exchange } from './exchange.ts'
import { shapeDifferences } from './shape.ts'

/** What a simulator answered. */
export interface SimulatedAnswer {
  readonly status: number
  /** JSON where it is JSON, the text otherwise, `null` when empty. */
  readonly body: JsonValue
}

/** Brings a fresh simulator into the state an exchange implies, and sends it the recorded request. */
export type Simulation = (exchange: Exchange) => Promise<SimulatedAnswer>

/** Recordings that keep every key. Others were shortened or written by hand: a key they lack says nothing. */
const complete = new Set(['recorded', 'recorded-sanitised'])

/** Where the simulator's answer is not the recorded one: another status, or a body of another shape. */
export async function checkSimulator(exchange: Exchange, simulate: Simulation): Promise<readonly string[]> {
  const { response, quality } = exchange
  const answer = await simulate(exchange).catch((error: unknown) => String(error))
  if (typeof answer === 'string') return [`the state cannot be brought about: ${answer}`]
  if (answer.status !== response.status) {
    return [
      `status ${answer.status}, recorded ${response.status}: ${JSON.stringify(answer.body).slice(0, 200)}`,
    ]
  }
  const extraKeys = complete.has(quality) && !isWholeRow(exchange) ? 'differ' : 'allowed'
  return shapeDifferences(response.body, answer.body, { extraKeys }).map(
    ({ path, problem }) => `${path} ${problem}`,
  )
}

/** Without `$select`, a row of Dataverse has the columns that its environment has, and each has others. */
function isWholeRow({ request }: Exchange): boolean {
  return request.path.includes('/api/data/') && request.query.$select === undefined
}

/** Reads an answer as the checks want it. */
export async function toSimulatedAnswer(response: Response): Promise<SimulatedAnswer> {
  const text = await response.text()
  if (text === '') return { status: response.status, body: null }
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return { status: response.status, body: isJson ? JSON.parse(text) : text }
}
