import type { CustomObjectSchema, SchemaFieldInput, SchemaInput } from '@dynacamp/activecampaign-client'
import { contactRelationship, type ObjectField } from '@dynacamp/core'

/** What people see: `estimated-value` is "Estimated Value". */
const labelOf = (id: string): string =>
  id
    .split('-')
    .filter((word) => word !== '')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ')

/** Labels are needed for one and for many. */
const labelsOf = (id: string) => {
  const singular = labelOf(id)
  return { singular, plural: singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s` }
}

const fieldInput = ({ id, type, required, currency, scale, options }: ObjectField): SchemaFieldInput => ({
  id,
  labels: labelsOf(id),
  type,
  required,
  ...(currency !== null && { defaultCurrency: currency }),
  ...(scale !== null && { scale }),
  ...(options.length > 0 && { options: options.map((value) => ({ value })) }),
})

/** A new object: its fields, and the relation that shows its records on one contact each. */
export const newSchema = (slug: string, fields: readonly ObjectField[]): SchemaInput => ({
  slug,
  labels: labelsOf(slug),
  description: 'Opportunities of Dynamics 365.',
  fields: fields.map(fieldInput),
  relationships: [
    {
      id: contactRelationship,
      labels: { singular: 'Contact', plural: 'Contacts' },
      namespace: 'contacts',
      hasMany: false,
    },
  ],
})

type SchemaField = CustomObjectSchema['fields'][number]

/** A field of the service, to be sent back as it is. */
const asItIs = ({
  id,
  labels,
  type,
  required,
  description,
  scale,
  defaultCurrency,
  options,
}: SchemaField) => ({
  id,
  labels: labels ?? labelsOf(id),
  type,
  required,
  ...(description !== null && { description }),
  ...(scale !== null && { scale }),
  ...(defaultCurrency !== null && { defaultCurrency }),
  ...(options.length > 0 && {
    options: options.map(({ id: optionId, value }) => ({
      value,
      ...(optionId !== null && { id: optionId }),
    })),
  }),
})

const withOptions = (field: SchemaFieldInput, wanted: readonly string[]): SchemaFieldInput => {
  const options = field.options ?? []
  const missing = wanted.filter((value) => !options.some((option) => option.value === value))
  return missing.length === 0
    ? field
    : { ...field, options: [...options, ...missing.map((value) => ({ value }))] }
}

const namespaceOf = (namespace: string) =>
  namespace === 'accounts' || namespace === 'deals' ? namespace : 'contacts'

/** The whole schema as it is, with what it lacks; undefined when it lacks nothing any more. */
export const extendedSchema = (
  schema: CustomObjectSchema,
  wanted: readonly ObjectField[],
): SchemaInput | undefined => {
  const live = schema.fields.filter(({ status }) => status === null).map(asItIs)
  const kept = live.map((field) =>
    withOptions(field, wanted.find(({ id }) => id === field.id)?.options ?? []),
  )
  const added = wanted.filter(({ id }) => !live.some((field) => field.id === id)).map(fieldInput)
  if (added.length === 0 && kept.every((field, index) => field === live[index])) return undefined
  return {
    slug: schema.slug,
    labels: schema.labels ?? labelsOf(schema.slug),
    ...(schema.description !== null && { description: schema.description }),
    fields: [...kept, ...added],
    ...(schema.icons?.default !== undefined && { icons: { default: schema.icons.default } }),
    relationships: schema.relationships.map(({ id, labels, description, namespace, hasMany }) => ({
      id,
      labels: labels ?? { singular: 'Contact', plural: 'Contacts' },
      namespace: namespaceOf(namespace),
      hasMany,
      ...(description !== null && { description }),
    })),
  }
}
