import type { Columns } from './column.ts'
import { type EntityName, placeOf } from './entity.ts'
import type { FieldSet } from './field.ts'
import type { Schema } from './schema.ts'

/** The columns of an entity, none when the schema does not have it. */
export const columnsFor = (schema: Schema, entity: EntityName): Columns => schema.dynamics[entity] ?? {}

/** The ActiveCampaign fields of an entity's place. */
export const fieldsFor = (schema: Schema, entity: EntityName): FieldSet => {
  switch (placeOf[entity]) {
    case 'contacts':
      return schema.activeCampaign.contacts
    case 'accounts':
      return schema.activeCampaign.accounts ?? {}
    case 'objects':
      return {}
  }
}
