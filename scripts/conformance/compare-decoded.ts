import type { JsonValue } from '@dynacamp/simulators'
import { isList, isObject, type JsonObject, objectsOf } from './json.ts'

/**
 * What of a recorded body the client's result lost. A row of the body is looked for among all objects of the
 * result by its id; of a row that is found, each key must be there, under its own name or among the `extra`
 * keys, and hold something where the recording does. A list must be found whole once its first row is.
 * A method that hands nothing over declares nothing. A receipt, a body of scalars, may be taken apart: its
 * values must be somewhere in the result, but for the sentence that says that it went well.
 */
export function lostFields(recorded: JsonValue, result: unknown): readonly string[] {
  const rows = recordedRows(recorded)
  if (rows.length === 0 || result === undefined) return []
  const found = objectsIn(result)
  const problems: string[] = []
  let matched = 0
  for (const { path, row } of rows) {
    const candidates = found.filter((object) => sameRow(row, object))
    const best = candidates.map((object) => lostOf(row, object, path)).sort((a, b) => a.length - b.length)[0]
    if (best === undefined) continue
    matched += 1
    problems.push(...best)
  }
  if (matched > 0) return [...new Set(problems)]
  const [only] = rows
  if (only?.path === '') return lostValues(only.row, new Set(scalarsIn(result)))
  return ['no row of the body is in what the client returns']
}

const wentWell = /^(?:success|succeeded|message)$/i

function lostValues(receipt: JsonObject, kept: ReadonlySet<string>): string[] {
  return Object.entries(receipt)
    .filter(([key, value]) => isList(value) || !wentWell.test(key))
    .filter(([, value]) => !isNothing(value) && scalarsIn(value).some((scalar) => !kept.has(scalar)))
    .map(([key]) => `${key} is lost`)
}

function scalarsIn(value: unknown): string[] {
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(scalarsIn)
    : [String(value)]
}

type Plain = Readonly<Record<string, unknown>>

interface RecordedRow {
  readonly path: string
  readonly row: JsonObject
}

/** The objects right below the top of a body, alone or in a list; the body itself when it holds none. */
function recordedRows(body: JsonValue): RecordedRow[] {
  if (!isObject(body)) return []
  const below = Object.entries(body).flatMap(([key, value]) => {
    if (key === 'meta') return []
    if (isList(value)) return objectsOf(value).map((row) => ({ path: `${key}[]`, row }))
    return isObject(value) ? [{ path: key, row: value }] : []
  })
  const isRow = Object.values(body).some((value) => typeof value !== 'object')
  return below.length === 0 && isRow ? [{ path: '', row: body }] : below
}

function objectsIn(value: unknown): Plain[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (!isPlain(value)) return []
  return [value, ...Object.values(value).flatMap(objectsIn)]
}

/** The same row: the same id, or, for rows without one, at least half of the keys. */
function sameRow(row: Plain, object: Plain): boolean {
  const id = idOf(row)
  const columns = Object.entries(row).filter(isColumn)
  const known = columns.filter(([key]) => fieldOf(object, key) !== undefined).length
  if (id !== undefined && idOf(object) !== undefined && String(id) !== String(idOf(object))) return false
  return known * 2 >= columns.length
}

/** Everything but OData's notes on the whole answer. */
function isColumn([key]: readonly [string, unknown]): boolean {
  return !key.startsWith('@') || key === '@odata.etag'
}

function idOf(row: Plain): unknown {
  return row.id ?? row['@odata.etag']
}

/** Under its own name, in camel case, or among the keys that the client does not know. */
function fieldOf(object: Plain, key: string): unknown {
  const camelCase = key.charAt(0).toLowerCase() + key.slice(1)
  const extra = isPlain(object.extra) ? object.extra : {}
  for (const [name, holder] of [
    [key, object],
    [camelCase, object],
    [key, extra],
  ] as const) {
    if (Object.hasOwn(holder, name)) return holder[name]
  }
  return undefined
}

function lostOf(row: Plain, object: Plain, path: string): string[] {
  return (
    Object.entries(row)
      .filter(isColumn)
      // A deleted row of a change feed says so by its kind.
      .filter(([key, value]) => !(key === 'reason' && value === 'deleted' && object.kind === 'deletion'))
      .flatMap(([key, value]) => {
        const decoded = fieldOf(object, key)
        const at = path === '' ? key : `${path}.${key}`
        if (decoded === undefined) return [`${at} is lost`]
        return isNothing(decoded) && !isNothing(value)
          ? [`${at} is ${JSON.stringify(value)}, decoded as nothing`]
          : []
      })
  )
}

/** What ActiveCampaign writes for "none": null, empty texts and lists, zero references and zero dates. */
function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return (
    value === null ||
    value === undefined ||
    value === '' ||
    value === '0' ||
    /^0000-00-00/.test(String(value))
  )
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
