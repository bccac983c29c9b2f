import type { Schema } from '../schema/schema.ts'
import type { Store } from '../store/store.ts'

/** What a filter needs besides the row. */
export interface FilterContext {
  readonly schema: Schema
  readonly store: Store
  /** Milliseconds since 1970. */
  readonly now: number
  readonly caller: {
    readonly userId: string
    readonly businessUnitId: string
    readonly teamIds: readonly string[]
  }
  /** Does `ne 'x'` find rows whose column is empty? */
  readonly notEqualFindsNull: boolean
}
