/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

/** A JSON object, as bodies and rows are held inside the simulator. */
export interface JsonObject {
  readonly [key: string]: Json
}

/** A stored row: the columns as the service shows them, without `links`. */
export interface Row extends JsonObject {
  readonly id: string
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isJsonArray = (value: unknown): value is readonly Json[] => Array.isArray(value)

/** Can the value be a column of a row as it is? */
export const isJson = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

/** The object under `key`, or an empty one. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key]
  return isJsonObject(value) ? value : {}
}

/** The objects of the array under `key`. */
export function objectsAt(object: JsonObject, key: string): readonly JsonObject[] {
  const value = object[key]
  return isJsonArray(value) ? value.filter(isJsonObject) : []
}

/** A scalar as text; nothing, an array or an object is `''`. */
export function text(value: Json | undefined): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  return ''
}

/** What the service stores and later shows of a scalar it was sent: text, with `null` kept. */
export const stored = (value: Json): Json =>
  typeof value === 'number' || typeof value === 'boolean' ? text(value) : value

export function pick(object: JsonObject, keys: Iterable<string>): JsonObject {
  const picked: Record<string, Json> = {}
  for (const key of keys) {
    const value = object[key]
    if (value !== undefined) picked[key] = value
  }
  return picked
}

/** JSON as PHP writes it: slashes escaped, as in every recorded answer. */
export const phpJson = (value: Json): string => JSON.stringify(value).replaceAll('/', '\\/')
