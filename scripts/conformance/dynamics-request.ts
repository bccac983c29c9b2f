import type { RecordKey } from '@dynacamp/dynamics-client'
import type { JsonValue } from '@dynacamp/simulators'
import { recordedQuery } from './compare-request.ts'
import { endpointOf } from './endpoint.ts'
import type { Exchange } from './exchange.ts'

/** A recorded request to Dataverse, taken apart. */
export interface DynamicsRequest {
  readonly method: string
  /** Below the API's root, without a slash in front, as recorded. */
  readonly path: string
  /** The first part of the path without its key: an entity set, a function or an action. */
  readonly set: string
  readonly key: RecordKey | undefined
  /** What follows the key: a navigation property, a column, `$ref`, a bound function. */
  readonly below: string
  /** Decoded, whether recorded so or not. */
  readonly query: Readonly<Record<string, string | undefined>>
  /** As it was on the wire. */
  readonly queryText: string
  readonly headers: Headers
  readonly prefer: Preferences
  readonly body: JsonValue
}

interface Preferences {
  readonly representation: boolean
  readonly trackChanges: boolean
  readonly pageSize: number | undefined
  /** The annotations asked for, as written. */
  readonly annotations: string | undefined
}

export function dynamicsRequest(exchange: Exchange): DynamicsRequest {
  const { request } = exchange
  const path = endpointOf(exchange).path.slice(1)
  const [, set = '', key, below = ''] = /^([^(/]+)(?:\(([^)]*)\))?\/?(.*)$/.exec(path) ?? []
  const pairs = recordedQuery(exchange)
  return {
    method: request.method,
    path,
    set,
    key: key === undefined || key === '' ? undefined : keyOf(key),
    below,
    query: Object.fromEntries(pairs.map(([name, value]) => [name, decoded(value)])),
    queryText: request.query_string ?? pairs.map(([name, value]) => `${name}=${value}`).join('&'),
    headers: new Headers(request.headers),
    prefer: preferencesOf(new Headers(request.headers).get('prefer') ?? ''),
    body: request.body,
  }
}

/** A GUID, or `name=value` pairs of an alternate key. */
function keyOf(text: string): RecordKey {
  if (!text.includes('=')) return text
  const parts = text.split(',').map((part) => part.split('='))
  return Object.fromEntries(
    parts.map(([name = '', value = '']) => [
      name,
      value.startsWith("'") ? value.slice(1, -1) : Number(value),
    ]),
  )
}

function preferencesOf(prefer: string): Preferences {
  const pageSize = /odata\.maxpagesize=(\d+)/.exec(prefer)?.[1]
  return {
    representation: prefer.includes('return=representation'),
    trackChanges: prefer.includes('odata.track-changes'),
    pageSize: pageSize === undefined ? undefined : Number(pageSize),
    annotations: /odata\.include-annotations="?([^"]*)"?/.exec(prefer)?.[1],
  }
}

/** Recorded values are decoded, encoded, or (paging cookies) encoded twice, which is their own form. */
function decoded(value: string): string {
  return /%[0-9a-f]{2}/i.test(value) ? decodeURIComponent(value) : value
}
