import { compareText } from './compare.ts'

/** A copy whose objects have their keys in order, as `JSON.stringify` writes them. */
const inOrder = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inOrder)
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b))
  return Object.fromEntries(entries.map(([key, entry]) => [key, inOrder(entry)]))
}

/**
 * JSON with the keys of every object in code-unit order (whole numbers first, as objects keep them): two values that are
 * equal have the same bytes, whatever order a store (PostgreSQL's `jsonb`, say) gave their keys on the way. One call of
 * `JSON.stringify` on a sorted copy takes half the time of putting the text together here.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(inOrder(value))
