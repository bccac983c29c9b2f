import type { SimulatorRequest } from '../../shared/exchange.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import type { Reply } from './reply.ts'
import { Rejection } from './reply.ts'
import type { Store } from './store.ts'

/** One API call: the request taken apart, and the account it works on. */
export interface Call {
  readonly store: Store
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly json: Json
  /** The body when it is an object, or an empty one. */
  readonly body: JsonObject
  readonly bytes: number
}

/** A row of the simulator's route table: `path` is relative to `/api/3/`. */
export interface Endpoint {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly handle: (call: Call) => Reply
}

export const param = (call: Call, name: string): string => call.params[name] ?? ''

function parseBody(body: string): Json {
  if (body.trim() === '') return {}
  try {
    return JSON.parse(body)
  } catch {
    throw new Rejection(400, { message: 'The request body is not valid JSON.' })
  }
}

export function toCall(
  store: Store,
  request: SimulatorRequest,
  params: Readonly<Record<string, string>>,
): Call {
  const json = parseBody(request.body)
  return {
    store,
    params,
    query: request.url.searchParams,
    headers: request.headers,
    json,
    body: isJsonObject(json) ? json : {},
    bytes: Buffer.byteLength(request.body),
  }
}

/** A call without a request: what happens outside the API goes through the same rules. */
export const bareCall = (store: Store): Call => ({
  store,
  params: {},
  query: new URLSearchParams(),
  headers: new Headers(),
  json: {},
  body: {},
  bytes: 0,
})
