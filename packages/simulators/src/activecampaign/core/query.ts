import type { Call } from './call.ts'

/** Reads a whole number of the query, with a fallback for anything else. */
export function numberOf(query: URLSearchParams, key: string, fallback: number): number {
  const value = query.get(key)
  return value !== null && /^-?\d+$/.test(value.trim()) ? Number(value) : fallback
}

/** `limit` and `offset`: 20 rows unless asked, never more than the endpoint's limit (100 nearly everywhere). */
export function pageOf(query: URLSearchParams, maximum = 100, usual = 20): { limit: number; offset: number } {
  const limit = numberOf(query, 'limit', usual)
  return {
    limit: Math.min(limit > 0 ? limit : usual, maximum),
    offset: Math.max(numberOf(query, 'offset', 0), 0),
  }
}

/** A bracketed parameter such as `filters[name][op]=eq`: path `['name', 'op']`, value `'eq'`. */
export interface Bracketed {
  readonly path: readonly string[]
  readonly value: string
}

export const bracketed = (query: URLSearchParams, name: string): readonly Bracketed[] =>
  [...query].flatMap(([key, value]) =>
    key.startsWith(`${name}[`)
      ? [{ path: [...key.matchAll(/\[([^\]]*)\]/g)].map((m) => m[1] ?? ''), value }]
      : [],
  )

/** The value of `filters[name]`. */
export const filterOf = (call: Call, name: string): string | null => call.query.get(`filters[${name}]`)

/** `orders[field]=ASC`, in the order of the query, which is their precedence. */
export const ordersOf = (query: URLSearchParams): readonly { field: string; descending: boolean }[] =>
  bracketed(query, 'orders').map(({ path, value }) => ({
    field: path[0] ?? '',
    descending: value.toUpperCase() === 'DESC',
  }))

/** Numbers by size, everything else by text. */
export function compare(a: string, b: string): number {
  const difference = Number(a) - Number(b)
  if (a !== '' && b !== '' && !Number.isNaN(difference)) return difference
  return a < b ? -1 : a > b ? 1 : 0
}
