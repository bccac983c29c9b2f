import type { Call } from './call.ts'
import type { Json, JsonObject, Row } from './json.ts'
import type { Resource } from './resource.ts'
import type { Store } from './store.ts'

export function linksOf(store: Store, path: string, id: string, names: readonly string[]): Json {
  // PHP writes an empty map as a list.
  if (names.length === 0) return []
  return Object.fromEntries(names.map((name) => [name, `${store.origin}/api/3/${path}/${id}/${name}`]))
}

/** The whole row, as `GET` answers it. */
export function fullRow(resource: Resource, row: Row, call: Call): JsonObject {
  const shown = {
    ...row,
    links: linksOf(call.store, resource.path, row.id, resource.links),
    ...resource.computed?.(row, call.store, call),
  }
  if (resource.hidden === undefined) return shown
  const hidden = resource.hidden
  return Object.fromEntries(Object.entries(shown).filter(([column]) => !hidden.includes(column)))
}

export const listRow = (resource: Resource, row: Row, call: Call): JsonObject => ({
  ...fullRow(resource, row, call),
  ...resource.listed?.(row, call.store, call),
})

/** The thin row a creation answers: the sent columns with the types they were sent with, and a few generated. */
export function createdRow(resource: Resource, row: Row, sent: JsonObject, call: Call): JsonObject {
  return {
    ...echo(row, sent),
    ...resource.created?.(row, sent, call.store),
    links: linksOf(call.store, resource.path, row.id, resource.links),
    id: row.id,
  }
}

/** The whole row with the sent columns as they were sent: `"status":1` stays a number until it is read again. */
export const updatedRow = (resource: Resource, row: Row, sent: JsonObject, call: Call): JsonObject => ({
  ...fullRow(resource, row, call),
  ...echo(row, sent),
  ...resource.computed?.(row, call.store, call),
  ...resource.updated?.(row, sent),
})

const scalar = (value: Json | undefined): boolean => value === null || typeof value !== 'object'

/** Sent values that were stored unchanged, in the type they came in. Values the service rewrote show as stored. */
function echo(row: Row, sent: JsonObject): JsonObject {
  const known = Object.keys(sent).filter((column) => Object.hasOwn(row, column) && column !== 'id')
  return Object.fromEntries(
    known.map((column) => {
      const value = sent[column] ?? null
      const kept = row[column] ?? null
      return [column, scalar(value) && sameScalar(value, kept) ? value : kept]
    }),
  )
}

const sameScalar = (sent: Json, kept: Json): boolean =>
  String(typeof sent === 'boolean' ? Number(sent) : sent) === String(kept)
