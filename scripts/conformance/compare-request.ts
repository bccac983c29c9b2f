import type { JsonValue } from '@dynacamp/simulators'
import { batchProblems } from './batch.ts'
import { type Endpoint, endpointOf } from './endpoint.ts'
import type { Exchange } from './exchange.ts'
import { isList, isObject } from './json.ts'
import type { SentRequest } from './probe.ts'

/**
 * Parameters that a client of ActiveCampaign adds to every list, since the service's own page is 20 rows:
 * they may be more than recorded, and their values are the client's choice.
 */
const paging: Readonly<Record<Endpoint['service'], ReadonlySet<string>>> = {
  activecampaign: new Set(['limit', 'offset', 'orders[id]', 'orders[tstamp]']),
  dynamics: new Set(),
}

/** Headers of Dataverse that change what a request means. */
export const meaningfulHeaders: readonly string[] = [
  'if-match',
  'if-none-match',
  'prefer',
  'mscrm.suppressduplicatedetection',
  'mscrmcallerid',
  'callerobjectid',
]

/** Where a request is not the recorded one: method, path, query, body, and the headers that matter. */
export function requestProblems(exchange: Exchange, sent: SentRequest): readonly string[] {
  const { request } = exchange
  const endpoint = endpointOf(exchange)
  const path = endpointOf({ request: { ...request, path: sent.url.pathname } }).path
  return [
    ...(sent.method === request.method ? [] : [`method: sends ${sent.method}, recorded ${request.method}`]),
    ...(samePath(path, endpoint.path) ? [] : [`path: sends ${path}, recorded ${endpoint.path}`]),
    ...queryProblems(exchange, endpoint, sent.url.searchParams),
    ...(endpoint.service === 'dynamics' ? headerProblems(request.headers, sent.headers) : []),
    ...bodyProblems(request.body, sent),
  ]
}

function queryProblems(exchange: Exchange, { service }: Endpoint, sent: URLSearchParams): string[] {
  const recorded = new Map(recordedQuery(exchange).filter(([, value]) => value !== ''))
  const free = paging[service]
  const missing = [...recorded].flatMap(([name, value]) => {
    const values = sent.getAll(name)
    if (values.length === 0) return [`query: ${name} is not sent`]
    if (free.has(name) || values.some((other) => sameValue(name, other, value))) return []
    return [`query: ${name} is ${values.join(', ')}, recorded ${value}`]
  })
  const extra = [...sent.keys()].filter((name) => !recorded.has(name) && !free.has(name))
  return [...missing, ...extra.map((name) => `query: ${name} is sent, not recorded`)]
}

/** The query as name and value pairs, decoded. Some recordings hold encoded values. */
export function recordedQuery({ request }: Exchange): [string, string][] {
  return Object.entries(request.query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, one]),
  )
}

function headerProblems(recorded: Readonly<Record<string, string>>, sent: Headers): string[] {
  const wanted = new Headers(recorded)
  // `If-None-Match: null` only keeps caches away (Microsoft's recommendation); it asks for nothing.
  const valueIn = (headers: Headers, name: string) =>
    headers.get(name) === 'null' ? null : headers.get(name)
  return meaningfulHeaders.flatMap((name) => {
    const want = valueIn(wanted, name)
    const have = valueIn(sent, name)
    if (want === have || (want !== null && have !== null && sameList(want, have))) return []
    return [`header: ${name} is ${have ?? 'not sent'}, recorded ${want ?? 'without'}`]
  })
}

function bodyProblems(recorded: JsonValue, { text, headers }: SentRequest): string[] {
  // Of some batches only the answer was recorded.
  if (recorded === null) return text === '' || isMultipart(headers) ? [] : ['body: is sent, recorded without']
  if (text === '') return ['body: is not sent']
  if (typeof recorded === 'string') {
    return isMultipart(headers) ? batchProblems(recorded, text) : ['body: is not multipart']
  }
  return differences(recorded, JSON.parse(text), 'body')
}

function isMultipart(headers: Headers): boolean {
  return headers.get('content-type')?.startsWith('multipart/') ?? false
}

/** ActiveCampaign takes ids and numbers as text or number, so `1` and `"1"` are the same; `null` and absent are too. */
function differences(recorded: JsonValue, sent: JsonValue, path: string): string[] {
  if (isObject(recorded) && isObject(sent)) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(sent)])
    return [...keys].flatMap((key) => differences(recorded[key] ?? null, sent[key] ?? null, `${path}.${key}`))
  }
  if (isList(recorded) && isList(sent) && recorded.length === sent.length) {
    return recorded.flatMap((item, index) => differences(item, sent[index] ?? null, `${path}[${index}]`))
  }
  const [want, have] = [JSON.stringify(recorded), JSON.stringify(sent)]
  if (want === have || (isScalar(recorded) && isScalar(sent) && String(recorded) === String(sent))) return []
  return [`${path}: sends ${have}, recorded ${want}`]
}

function isScalar(value: JsonValue): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

/** A function without parameters may be called with parentheses or without. */
function samePath(a: string, b: string): boolean {
  return sameText(a.replace(/\(\)$/, ''), b.replace(/\(\)$/, ''))
}

/** Equal once fully percent-decoded: recordings keep some values encoded, once or twice. */
function sameText(a: string, b: string): boolean {
  return decoded(a) === decoded(b)
}

/** Selected columns are a set; documentation has a comma too many now and then. */
function sameValue(name: string, a: string, b: string): boolean {
  const columns = (text: string) =>
    text
      .split(',')
      .filter((column) => column !== '')
      .sort()
      .join(',')
  return name === '$select' ? sameText(columns(a), columns(b)) : sameText(a, b) || sameInstant(a, b)
}

/** The same moment, in whatever offset and precision it is written; a date alone is its midnight in UTC. */
function sameInstant(a: string, b: string): boolean {
  const [first, second] = [decoded(a), decoded(b)]
  return isInstant(first) && isInstant(second) && Date.parse(first) === Date.parse(second)
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?$/.test(text)
}

function decoded(text: string): string {
  try {
    const next = decodeURIComponent(text)
    return next === text ? text : decoded(next)
  } catch {
    return text
  }
}

function sameList(a: string, b: string): boolean {
  const parts = (text: string) =>
    text
      .split(/,\s*(?=[^"]*(?:"[^"]*"[^"]*)*$)/)
      .map((part) => part.trim())
      .sort()
  return JSON.stringify(parts(a)) === JSON.stringify(parts(b))
}
