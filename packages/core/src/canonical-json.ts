import { compareText } from './compare.ts'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** A copy whose objects have their keys in order, as `JSON.stringify` writes them. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isObject(value)) return value
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value).sort(compareText)) {
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
