import type { Compatibility, Flow } from '../codec/compatibility.ts'
import type { Columns } from '../schema/column.ts'
import type { EntityName, placeOf } from '../schema/entity.ts'
import type { FieldSet } from '../schema/field.ts'
import type { Schema } from '../schema/schema.ts'
import type { Direction, ObjectFieldType } from './field-mapping.ts'

/** What a mapping that makes no sense is compared with, so that the compiler prints the reason. */
export interface MappingError<Reason extends string> {
  readonly mappingError: Reason
}

type TableOf<T, K, None> = K extends keyof T ? (T[K] extends None ? T[K] : None) : None

/** The columns that an entity's mappings can name. */
export type ColumnsFor<S extends Schema, E extends EntityName> = TableOf<S['dynamics'], E, Columns>

/** The ActiveCampaign fields that an entity's mappings can name. */
export type FieldsFor<S extends Schema, E extends EntityName> = TableOf<
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

/** A field has a direction of its own only where the entity is bidirectional, also one that says the same. */
type MayDirect<M, Entity extends Direction> = Entity extends 'bidirectional'
  ? true
  : M extends { readonly direction: unknown }
    ? false
    : true

type HowToFlow<W extends Flow, Entity extends Direction> = Entity extends 'bidirectional'
  ? `add { direction: '${W}' }`
  : `the entity is ${Entity}`

/** `true` when values that flow as `Wanted` may flow in a pair (or entity) that allows `Allowed`. */
type Allows<Allowed, Wanted> = Allowed extends 'bidirectional' ? true : Wanted extends Allowed ? true : false

/** An entity's direction that is wrong, or known at run time only, is every direction here: it is refused elsewhere. */
type CheckFlow<M, W extends Flow, D extends string, A extends string, Entity extends Direction> = [
  Direction,
] extends [Entity]
  ? M
  : MayDirect<M, Entity> extends true
    ? Allows<W, DirectionOf<M, Entity>> extends true
      ? M
      : MappingError<`${D} to ${A} can only flow ${W}: ${HowToFlow<W, Entity>}`>
    : MappingError<`a field has a direction of its own only where the entity is bidirectional; this one is ${Entity}`>

type CheckTypes<M, D extends string, A extends string, C, F, Entity extends Direction> =
  FlowOf<C, F> extends infer W extends Flow
    ? CheckFlow<M, W, D, A, Entity>
    : MappingError<`${D} (${C & string}) cannot be mapped to ${A} (${F & string})`>

/**
 * The mapping itself when it makes sense in the schema, else a {@link MappingError} that says why not. A schema that is
 * known at run time only, such as a pulled one, is checked there.
 */
export type CheckMapping<S extends Schema, E extends EntityName, Entity extends Direction, M> = M extends {
  readonly dynamics: infer D extends string
  readonly activeCampaign: infer A extends string
}
  ? string extends D
    ? M
    : Schema extends S
      ? M
      : D extends keyof ColumnsFor<S, E>
        ? A extends keyof FieldsFor<S, E>
          ? CheckTypes<M, D, A, TypeName<ColumnsFor<S, E>[D]>, TypeName<FieldsFor<S, E>[A]>, Entity>
          : MappingError<
              A extends `deal${string}`
                ? `'${A}' is a field of deals, which cannot be mapped: map a field of the contact or the account`
                : `${E} have no ActiveCampaign field '${A}' in this schema`
            >
        : MappingError<`${E} have no Dynamics 365 column '${D}' in this schema`>
  : never

/** The same for opportunities, whose custom object is made from `as`. */
export type CheckObjectMapping<S extends Schema, M> = M extends {
  readonly dynamics: infer D extends string
  readonly activeCampaign: infer A extends string
}
  ? string extends D
    ? M
    : Schema extends S
      ? M
      : D extends keyof ColumnsFor<S, 'opportunities'>
        ? M extends { readonly as: infer As extends ObjectFieldType }
          ? CheckTypes<M, D, A, TypeName<ColumnsFor<S, 'opportunities'>[D]>, As, 'outbound'>
          : MappingError<`say what type of field '${A}' is: add { as: 'text' }`>
        : MappingError<`opportunities have no Dynamics 365 column '${D}' in this schema`>
  : never
