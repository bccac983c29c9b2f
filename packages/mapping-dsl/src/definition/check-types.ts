import type { Compatibility, Flow } from '../codec/compatibility.ts'
import type { Columns } from '../schema/column.ts'
import type { EntityName, placeOf } from '../schema/entity.ts'
import type { FieldSet } from '../schema/field.ts'
import type { Schema } from '../schema/schema.ts'
import type { Direction, FieldMapping } from './field-mapping.ts'

/** What a mapping that makes no sense is compared with, so that the compiler prints the reason. */
export interface MappingError<Reason extends string> {
  readonly mappingError: Reason
}

type Tables<T, K, None> = K extends keyof T ? (T[K] extends None ? T[K] : None) : None

/** The columns that an entity's mappings can name. */
type ColumnsFor<S extends Schema, E extends EntityName> = Tables<S['dynamics'], E, Columns>

/** The ActiveCampaign fields that an entity's mappings can name. */
type FieldsFor<S extends Schema, E extends EntityName> = Tables<
  S['activeCampaign'],
  (typeof placeOf)[E],
  FieldSet
>

type FlowOf<C, F> = C extends keyof Compatibility
  ? F extends keyof Compatibility[C]
    ? Compatibility[C][F] extends { readonly flow: infer W extends Flow }
      ? W
      : 'none'
    : 'none'
  : 'none'

type TypeName<T> = T extends { readonly type: infer N extends string } ? N : never

type DirectionOf<M, Entity extends Direction> = M extends { readonly direction: infer D extends Direction }
  ? D
  : Entity

/** `true` when values that flow as `Wanted` flow in a pair (or entity) that allows `Allowed`. */
type Allows<Allowed, Wanted> = Allowed extends 'bidirectional' ? true : Wanted extends Allowed ? true : false

type CheckTypes<M, D extends string, A extends string, C, F, Entity extends Direction> =
  FlowOf<C, F> extends infer W extends Flow
    ? Allows<Entity, DirectionOf<M, Entity>> extends true
      ? Allows<W, DirectionOf<M, Entity>> extends true
        ? M
        : MappingError<`${D} to ${A} can only flow ${W}: add { direction: '${W}' }`>
      : MappingError<`a field has a direction of its own only where the entity is bidirectional; this one is ${Entity}`>
    : MappingError<`${D} (${C & string}) cannot be mapped to ${A} (${F & string})`>

/** The mapping itself when it makes sense in the schema, else a {@link MappingError} that says why not. */
export type CheckMapping<S extends Schema, E extends EntityName, Entity extends Direction, M> =
  M extends FieldMapping<infer D, infer A, Record<never, never>>
    ? string extends D
      ? M
      : D extends keyof ColumnsFor<S, E>
        ? A extends keyof FieldsFor<S, E>
          ? CheckTypes<M, D, A, TypeName<ColumnsFor<S, E>[D]>, TypeName<FieldsFor<S, E>[A]>, Entity>
          : MappingError<`${E} have no ActiveCampaign field '${A}' in this schema`>
        : MappingError<`${E} have no Dynamics 365 column '${D}' in this schema`>
    : never
