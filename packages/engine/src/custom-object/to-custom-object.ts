import type { CustomObjectSchema } from '@dynacamp/activecampaign-client'
import { type CustomObject, contactRelationship } from '@dynacamp/core'

/** A schema of the service as the planner looks at it. */
export const toCustomObject = ({ fields, relationships }: CustomObjectSchema): CustomObject => ({
  fields: fields
    .filter(({ status }) => status === null)
    .map(({ id, type, required, defaultCurrency, scale, options }) => ({
      id,
      type,
      required,
      currency: type === 'currency' ? defaultCurrency : null,
      scale: type === 'number' ? scale : null,
      options: options.map(({ value }) => value),
    })),
  deleted: fields.filter(({ status }) => status !== null).map(({ id }) => id),
  showsContact: relationships.some(
    ({ id, namespace }) => id === contactRelationship && namespace === 'contacts',
  ),
})
