import type { JsonValue } from '@dynacamp/simulators'
import { isList, isObject, type JsonObject } from './json.ts'

/** One place where a body does not have the shape of the recorded one. */
export interface ShapeDifference {
  readonly path: string
  readonly problem: string
}

export interface ShapeOptions {
  /** Whether keys that the recording lacks count; they do not when it is known to be shortened. */
  readonly extraKeys: 'differ' | 'allowed'
}

/**
 * Where `actual` has not the shape of `expected`: the same keys, the same JSON types. `null` stands for any
 * type, since the recording does not say which. A key that some rows of a recorded list lack is optional.
 */
export function shapeDifferences(
  expected: JsonValue,
  actual: JsonValue,
  options: ShapeOptions = { extraKeys: 'differ' },
): readonly ShapeDifference[] {
  return compare([expected], actual, '', options)
}

function compare(
  recorded: readonly JsonValue[],
  actual: JsonValue,
  path: string,
  options: ShapeOptions,
): ShapeDifference[] {
  const known = recorded.filter((value) => value !== null)
  if (actual === null || known.length === 0) return []
  const same = known.filter((value) => typeName(value) === typeName(actual))
  if (same.length === 0) {
    const types = [...new Set(known.map(typeName))].join(' or ')
    return [{ path, problem: `is ${typeName(actual)}, recorded as ${types}` }]
  }
  if (isList(actual)) return compareLists(same.filter(isList), actual, path, options)
  if (isObject(actual)) return compareObjects(same.filter(isObject), actual, path, options)
  return []
}

function compareLists(
  recorded: readonly (readonly JsonValue[])[],
  actual: readonly JsonValue[],
  path: string,
  options: ShapeOptions,
) {
  const rows = recorded.flat()
  if (rows.length === 0) return []
  if (actual.length === 0 && recorded.every((list) => list.length > 0)) {
    return [{ path, problem: 'is empty, recorded with rows' }]
  }
  const kinds = new Set(rows.map(kindOf))
  return unique(
    actual.flatMap((row) => {
      const kind = kindOf(row)
      // Lists of several kinds of rows: each kind has its own shape.
      const alike = rows.filter((other) => kindOf(other) === kind)
      return kind !== undefined && !kinds.has(kind)
        ? []
        : compare(alike.length > 0 ? alike : rows, row, `${path}[]`, options)
    }),
  )
}

function kindOf(row: JsonValue): JsonValue | undefined {
  return isObject(row) ? row['@odata.type'] : undefined
}

function compareObjects(
  recorded: readonly JsonObject[],
  actual: JsonObject,
  path: string,
  options: ShapeOptions,
) {
  const keys = new Set([...recorded.flatMap((object) => Object.keys(object)), ...Object.keys(actual)])
  return [...keys].flatMap((key): ShapeDifference[] => {
    const at = path === '' ? key : `${path}.${key}`
    const value = actual[key]
    const having = recorded.filter((object) => Object.hasOwn(object, key))
    if (having.length === 0)
      return options.extraKeys === 'allowed' ? [] : [{ path: at, problem: 'is not in the recording' }]
    if (value === undefined)
      return having.length < recorded.length ? [] : [{ path: at, problem: 'is missing' }]
    return compare(
      having.map((object) => object[key] ?? null),
      value,
      at,
      options,
    )
  })
}

function unique(differences: readonly ShapeDifference[]): ShapeDifference[] {
  return [
    ...new Map(
      differences.map((difference) => [`${difference.path} ${difference.problem}`, difference]),
    ).values(),
  ]
}

function typeName(value: JsonValue): string {
  if (isList(value)) return 'a list'
  if (isObject(value)) return 'an object'
  return value === null ? 'null' : `a ${typeof value}`
}
