import type { JsonValue } from '@dynacamp/simulators'
import type { Exchange } from './exchange.ts'
import { isList, isObject } from './json.ts'
import { answersIn, parseBatch, statusOf } from './multipart.ts'
import { type ShapeDifference, shapeDifferences } from './shape.ts'

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
  // Counts are plain text, which some recordings hold as numbers.
  if (typeof response.body === 'number' && /^\d+$/.test(String(answer.body))) return []
  if (typeof response.body === 'string') return batchDifferences(response.body, String(answer.body))
  return problems(shapeDifferences(asked(exchange), answer.body, { extraKeys }))
}

function problems(differences: readonly ShapeDifference[]): readonly string[] {
  return differences.map(({ path, problem }) => `${path} ${problem}`)
}

/** A batch's answer, part by part: statuses and bodies. */
function batchDifferences(recorded: string, answered: string): readonly string[] {
  const [wanted, got] = [parseBatch(recorded).flatMap(answersIn), parseBatch(answered).flatMap(answersIn)]
  if (wanted.length !== got.length) return [`has ${got.length} answers, recorded ${wanted.length}`]
  return wanted.flatMap((part, index) => {
    const other = got[index]
    if (other === undefined) return []
    const [status, code] = [statusOf(part), statusOf(other)]
    if (status !== code) return [`part ${index + 1} has status ${code}, recorded ${status}`]
    const bodies = [part, other].map(({ body }): JsonValue => (body === '' ? null : JSON.parse(body)))
    const differences = shapeDifferences(bodies[0] ?? null, bodies[1] ?? null, { extraKeys: 'allowed' })
    return problems(differences).map((problem) => `part ${index + 1}: ${problem}`)
  })
}

/** The recorded body without what `$select` does not ask for: some mocks answer with more than was asked. */
function asked({ request, response: { body } }: Exchange): JsonValue {
  const select = request.query.$select
  if (typeof select !== 'string' || !request.path.includes('/api/data/')) return body
  const expand = String(request.query.$expand ?? '')
  const names = new Set(select.split(',').map((name) => name.trim()))
  const isAsked = (name: string, value: JsonValue) =>
    names.has(name) ||
    (typeof value === 'object' && value !== null
      ? expand.includes(name)
      : /[@_]|^[a-z\d]+id$|^MetadataId$/.test(name))
  const prune = (value: JsonValue): JsonValue =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).filter(([name, each]) => isAsked(name, each)))
      : value
  if (!isObject(body)) return body
  return isList(body.value) ? { ...body, value: body.value.map(prune) } : prune(body)
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
