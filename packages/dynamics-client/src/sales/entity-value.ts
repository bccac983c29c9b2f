import { InvalidArgumentError } from '../errors/invalid-argument-error.ts'
import { requireGuid } from '../guid.ts'
import type { Reference } from '../schema/reference.ts'
import { standardPrimaryId } from '../schema/standard-tables.ts'
import type { JsonValue } from '../schema/table.ts'

/** A row as the parameter of an action: its type and its id. */
export const entityValue = (
  { table, id }: Pick<Reference, 'table' | 'id'>,
  primaryId = standardPrimaryId(table),
): Readonly<Record<string, JsonValue>> => {
  if (primaryId === undefined)
    throw new InvalidArgumentError(`The primary id of table '${table}' is not known.`)
  return { '@odata.type': `Microsoft.Dynamics.CRM.${table}`, [primaryId]: requireGuid(id) }
}
