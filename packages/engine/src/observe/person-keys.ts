import type { WireRow } from '@dynacamp/dynamics-client'
import type { EntityName } from '@dynacamp/mapping-dsl'

/** The key under which the state finds opportunities that name this row as their person. */
export const personKey = (entity: EntityName, id: string): string => `person:${entity}/${id}`

/** Whom an opportunity may be shown on. A customer may be an account as well: a contact has no such GUID. */
const columns = [
  ['_parentcontactid_value', 'contacts'],
  ['_customerid_value', 'contacts'],
  ['_originatingleadid_value', 'leads'],
] as const

/** Under these keys the state finds an opportunity when it looks at a person. */
export const personKeys = (entity: EntityName, row: WireRow): readonly string[] =>
  entity !== 'opportunities'
    ? []
    : columns.flatMap(([column, person]) => {
        const id = row[column]
        return typeof id === 'string' && id !== '' ? [personKey(person, id)] : []
      })
