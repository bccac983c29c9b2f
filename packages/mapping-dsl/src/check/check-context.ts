import type { SyncDefinition } from '../definition/definition.ts'
import type { Schema } from '../schema/schema.ts'
import type { Registry } from '../transform/transform.ts'

/** What the checks may know besides the definition. */
export interface CheckOptions {
  /** Transforms of the host. */
  readonly registry?: Registry
  /** The definition in force: what is permanent in it must stay. */
  readonly saved?: SyncDefinition
}

/** What every rule looks at. */
export interface CheckContext extends CheckOptions {
  readonly definition: SyncDefinition
  readonly schema: Schema
}
