import { z } from 'zod'
import { row } from '../row.ts'
import { flag, id, number, optionalText, text } from '../wire.ts'

const labels = z.object({ singular: text, plural: text }).nullish()

/** Types of fields of custom objects. */
export type CustomObjectFieldType =
  | 'text'
  | 'textarea'
  | 'date'
  | 'datetime'
  | 'dropdown'
  | 'multiselect'
  | 'number'
  | 'decimal'
  | 'currency'

const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])

const schemaFieldRow = row({
  /** Chosen by whoever made the schema. */
  id,
  labels,
  /** One of {@link CustomObjectFieldType}, or one that this client does not know yet. */
  type: text.transform((type): CustomObjectFieldType | (string & {}) => type),
  description: optionalText,
  required: flag,
  /** Digits after the point. */
  scale: number,
  defaultCurrency: optionalText,
  options: list(z.object({ id: optionalText, value: text })),
  /** From the public schema that this one is a child of. */
  inherited: flag,
  /** `marked_for_deletion` once deleted; its id stays taken for some time. */
  status: optionalText,
})

/** A field of a custom object. */
export type SchemaField = Readonly<z.output<typeof schemaFieldRow>>

const schemaRelationshipRow = row({
  id,
  labels,
  description: optionalText,
  /** `contacts`, `accounts` or `deals`. */
  namespace: text,
  hasMany: flag,
  inherited: flag,
})

export const schemaRow = row({
  id,
  slug: text,
  /** `private` or `public`. */
  visibility: text,
  parentId: optionalText,
  appId: optionalText,
  labels,
  description: optionalText,
  fields: list(schemaFieldRow),
  relationships: list(schemaRelationshipRow),
  icons: z.object({ default: text }).nullish(),
  /** UTC with nine decimals, as it arrived. */
  createdTimestamp: optionalText,
  updatedTimestamp: optionalText,
})

/** What the records of a custom object look like. @see https://developers.activecampaign.com/reference/custom-object-schemas */
export type CustomObjectSchema = Readonly<z.output<typeof schemaRow>>

/** Name of one and of many. */
export interface Labels {
  readonly singular: string
  readonly plural: string
}

/** A field to write. */
export interface SchemaFieldInput {
  readonly id: string
  readonly labels: Labels
  /** One of the known types, or one that a schema of the service was read with. */
  readonly type: CustomObjectFieldType | (string & {})
  readonly required?: boolean | undefined
  readonly description?: string | undefined
  readonly scale?: number | undefined
  readonly defaultCurrency?: string | undefined
  readonly options?: readonly { readonly id?: string; readonly value: string }[]
}

/** A whole schema to write. */
export interface SchemaInput {
  readonly slug: string
  readonly labels: Labels
  readonly description?: string | undefined
  readonly fields: readonly SchemaFieldInput[]
  readonly relationships: readonly {
    readonly id: string
    readonly labels: Labels
    readonly description?: string
    readonly namespace: 'contacts' | 'accounts' | 'deals'
    readonly hasMany: boolean
  }[]
  readonly icons?: { readonly default: string }
}
