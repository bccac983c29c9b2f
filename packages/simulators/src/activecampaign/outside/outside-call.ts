import type { Call } from '../core/call.ts'
import type { Store } from '../core/store.ts'

/** A call without a request: what outsiders do goes through the same rules as the API. */
export const outsideCall = (store: Store): Call => ({
  store,
  params: {},
  query: new URLSearchParams(),
  headers: new Headers(),
  json: {},
  body: {},
  bytes: 0,
})
