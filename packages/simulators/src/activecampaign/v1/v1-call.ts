import type { Call } from '../core/call.ts'
import type { JsonObject } from '../core/json.ts'
import type { Store } from '../core/store.ts'

/** A call of the old API: an action and flat parameters, from the query and a form body. */
export interface V1Call {
  readonly store: Store
  readonly params: URLSearchParams
  /** The same call for code of the new API. */
  readonly inner: Call
}

/** Errors of the old API are answers with 200. */
export const failed = (message: string): JsonObject => ({ result_code: 0, result_message: message })

export const done = (message: string, more: JsonObject = {}): JsonObject => ({
  ...more,
  result_code: 1,
  result_message: message,
})
