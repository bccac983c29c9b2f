import { compareText } from './compare.ts'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** From here on `sort` is quicker than inserting key by key, which takes time with the square of their number. */
const manyKeys = 32

/** Sorts in place, by code units. Most objects have a dozen keys: inserted one by one, they need no call for each comparison. */
const sorted = (keys: string[]): readonly string[] => {
  if (keys.length >= manyKeys) return keys.sort(compareText)
  for (let next = 1; next < keys.length; next += 1) {
    const key = keys[next] ?? ''
    let place = next
    for (let before = keys[place - 1]; before !== undefined && before > key; before = keys[place - 1]) {
      keys[place] = before
      place -= 1
    }
    keys[place] = key
  }
  return keys
}

/** A copy whose objects have their keys in order, as `JSON.stringify` writes them. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isObject(value)) return value
  const copy: Record<string, unknown> = {}
  for (const key of sorted(Object.keys(value))) {
    // Assigned, it would become the prototype and be lost.
    if (key === '__proto__')
      Object.defineProperty(copy, key, { value: inOrder(value[key]), enumerable: true })
    else copy[key] = inOrder(value[key])
  }
  return copy
}

/**
 * JSON with the keys of every object in code-unit order (whole numbers first, as objects keep them): two values that are
 * equal have the same bytes, whatever order a store (PostgreSQL's `jsonb`, say) gave their keys on the way. One call of
 * `JSON.stringify` on a sorted copy takes half the time of putting the text together here.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(inOrder(value))
