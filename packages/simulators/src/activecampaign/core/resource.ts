import type { Call } from './call.ts'
import type { Json, JsonObject, Row } from './json.ts'
import type { Store } from './store.ts'
import type { TableName } from './tables.ts'

/** One of the service's ordinary collections: what its rows look like and where it differs from the others. */
export interface Resource {
  /** The path below `/api/3/`, which is also the key of a list. */
  readonly path: TableName
  /** The key of a single row: `tag`, `accountCustomFieldMetum`. */
  readonly one: string
  /** The service's internal name, as in `No Result found for SubscriberTag with id 1`. */
  readonly model: string
  readonly links: readonly string[]
  /** Every column of a stored row, with the value it has when nothing is sent. */
  readonly defaults: (store: Store) => JsonObject
  /** Columns a body cannot set. */
  readonly readOnly?: readonly string[]
  /** Turns what was sent into columns, or rejects it. Called before anything is written. */
  readonly accept?: (call: Call, sent: JsonObject, current: Row | undefined) => JsonObject
  /** Columns an answer to a creation has besides those sent. */
  readonly created?: (row: Row, sent: JsonObject, store: Store) => JsonObject
  /** Columns an answer to a change shows otherwise than a read. */
  readonly updated?: (row: Row, sent: JsonObject) => JsonObject
  /** Columns of an answer that are not stored. */
  readonly computed?: (row: Row, store: Store, call: Call) => JsonObject
  /** Columns that only rows of a list have. */
  readonly listed?: (row: Row, store: Store, call: Call) => JsonObject
  /** Stored columns that a single row or a list row does not show. */
  readonly hidden?: readonly string[]
  /** Further top-level keys of an answer. */
  readonly beside?: (
    rows: readonly Row[],
    store: Store,
    occasion: 'create' | 'update' | 'get' | 'list',
    call: Call,
  ) => JsonObject
  /** What a write brings about elsewhere. */
  readonly wrote?: (row: Row, call: Call, before: Row | undefined) => void
  readonly removed?: (row: Row, call: Call) => void
  /** The column that is set to the time of every change. */
  readonly touched?: (store: Store) => JsonObject
  readonly list?: {
    /** Columns `filters[x]` and plain `search` look into; `contains` instead of equality. */
    readonly contains?: readonly string[]
    /** Other names of columns in filters. */
    readonly aliases?: Readonly<Record<string, string>>
    readonly searches?: readonly string[]
    readonly maximum?: number
    readonly usual?: number
    readonly total?: 'number'
    readonly meta?: (store: Store) => JsonObject
  }
  /** Status of a creation where it is not 201. */
  readonly createdStatus?: number
  /** Body of a deletion where it is not `{}`; `undefined` for an empty one. */
  readonly deletedBody?: { readonly body: Json | undefined }
  /** The 404 where it is not `No Result found…`. */
  readonly notFound?: () => Error
  /** Column of the key user's group that must be "1": by action. */
  readonly permission?: {
    readonly create?: string
    readonly update?: string
    readonly remove?: string
    readonly detail?: string
  }
}
