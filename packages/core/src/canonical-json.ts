import { compareText } from './compare.ts'

/**
 * JSON with the keys of every object in code-unit order: two values that are equal have the same bytes, whatever order
 * a store (PostgreSQL's `jsonb`, say) gave their keys on the way.
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  entries.sort(([a], [b]) => compareText(a, b))
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`
}
