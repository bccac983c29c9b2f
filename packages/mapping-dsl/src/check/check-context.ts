import type { EntityDefinition, SyncDefinition } from '../definition/definition.ts'
import type { Direction, FieldMapping } from '../definition/field-mapping.ts'
import type { Column, Columns } from '../schema/column.ts'
import type { EntityName } from '../schema/entity.ts'
import type { Field, FieldSet } from '../schema/field.ts'
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

/** What the checks of an entity look at; of a mapping, with the mapping's own path. */
export interface MappingPlace {
  readonly path: string
  readonly name: EntityName
  readonly entity: EntityDefinition
  readonly columns: Columns
  readonly fields: FieldSet
  /** `false` where so much is wrong that nobody looks for what each name meant. */
  readonly suggests?: boolean
}

/** What to do about a pair that flows one way only: a field's own direction helps where the entity flows both ways. */
export const onlyFlows = (flow: Direction, { entity, name }: MappingPlace): string =>
  entity.direction === 'bidirectional' ? `say \`direction: '${flow}'\`` : `${name} are ${entity.direction}`

/** A mapping whose two sides exist. */
export interface MappedPair {
  readonly mapping: FieldMapping
  readonly column: Column
  readonly field: Field
  /** The mapping's own direction, or the entity's. */
  readonly direction: Direction
  readonly place: MappingPlace
}
