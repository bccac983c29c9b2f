import type { DynamicsTables } from './column.ts'
import type { FieldSet } from './field.ts'

/**
 * Both sides' tables, fields and types, as plain data. Write it by hand with {@link defineSchema}, start from
 * the shipped `standardSchema` with {@link extendSchema}, or pull it from your own two environments.
 */
export interface Schema {
  readonly dynamics: DynamicsTables
  readonly activeCampaign: {
    readonly contacts: FieldSet
    readonly accounts?: FieldSet
    /** Custom objects by slug. */
    readonly objects?: Readonly<Record<string, FieldSet>>
  }
}

/**
 * States a schema and keeps its literal types.
 *
 * @example
 * ```ts
 * import { column, defineSchema, field } from '@dynacamp/mapping-dsl'
 *
 * export const schema = defineSchema({
 *   dynamics: { contacts: { emailaddress1: column.email(), jobtitle: column.text(100) } },
 *   activeCampaign: { contacts: { email: field.email(), POSITION: field.text() } },
 * })
 * ```
 */
export const defineSchema = <const S extends Schema>(schema: S): S => schema

/** What may be added to a schema: columns and fields, by table. */
export interface SchemaExtension {
  readonly dynamics?: DynamicsTables
  readonly activeCampaign?: Partial<Schema['activeCampaign']>
}

type Tables = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>

type Merge<Base, More> = {
  readonly [T in keyof Base | keyof More]: T extends keyof More
    ? T extends keyof Base
      ? Omit<Base[T], keyof More[T]> & More[T]
      : More[T]
    : T extends keyof Base
      ? Base[T]
      : never
}

type Added<X, Side extends string> = X extends { readonly [K in Side]: infer T } ? T : Record<never, never>

/** `S` with the tables of `X` added; a column of both is that of `X`. */
export interface ExtendedSchema<S extends Schema, X extends SchemaExtension> {
  readonly dynamics: Merge<S['dynamics'], Added<X, 'dynamics'>>
  readonly activeCampaign: Merge<S['activeCampaign'], Added<X, 'activeCampaign'>>
}

const merge = (base: Tables, more: Tables = {}): Tables => {
  const names = [...new Set([...Object.keys(base), ...Object.keys(more)])]
  return Object.fromEntries(names.map((name) => [name, { ...base[name], ...more[name] }]))
}

/**
 * Adds your own columns and fields to a schema, which stays as it is.
 *
 * @example
 * ```ts
 * import { column, extendSchema, field, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * export const schema = extendSchema(standardSchema, {
 *   dynamics: { contacts: { new_segment: column.choice({ 1: 'Gold', 2: 'Silver' }) } },
 *   activeCampaign: { contacts: { SEGMENT: field.dropdown(['Gold', 'Silver']) } },
 * })
 * ```
 */
export function extendSchema<const S extends Schema, const X extends SchemaExtension>(
  schema: S,
  extension: X,
): ExtendedSchema<S, X>
export function extendSchema(schema: Schema, extension: SchemaExtension): object {
  return {
    dynamics: merge(schema.dynamics, extension.dynamics),
    activeCampaign: merge(schema.activeCampaign, extension.activeCampaign),
  }
}
