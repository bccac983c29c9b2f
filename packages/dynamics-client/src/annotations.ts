import { InvalidArgumentError } from './errors/invalid-argument-error.ts'
import { formattedValueAnnotation, lookupTableAnnotation } from './prefer.ts'
import type { LookupColumn } from './schema/columns.ts'
import { onlyTarget, type Reference, targetEntitySet } from './schema/reference.ts'
import type { ColumnMap, RowBase, Table } from './schema/table.ts'
import { isLookup } from './schema/table-columns.ts'

const textAt = (row: object, key: string): string | undefined => {
  const value: unknown = Reflect.get(row, key)
  return typeof value === 'string' ? value : undefined
}

/**
 * What a person sees instead of the value, in the user's language; undefined for null, or when the row was read
 * without `formattedValues`.
 *
 * @example
 * import { contact, formattedValue, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const status = async (client: DynamicsClient, id: string) => {
 *   const row = await client.table(contact).get(id, { select: ['statuscode'], formattedValues: true })
 *   return formattedValue(row, 'statuscode')
 * }
 */
export const formattedValue = (row: RowBase, column: string): string | undefined =>
  textAt(row, `${column}@${formattedValueAnnotation}`) ??
  textAt(row, `_${column}_value@${formattedValueAnnotation}`)

type LookupName<Columns extends ColumnMap> = {
  [Name in keyof Columns & string]: Columns[Name] extends LookupColumn ? Name : never
}[keyof Columns & string]

type TargetOf<C> = C extends LookupColumn<infer Target> ? Target : never

/**
 * The row that a lookup refers to, ready to be written elsewhere; undefined when the lookup is empty.
 *
 * @throws InvalidArgumentError when the lookup has several targets and the row was read without `lookupTables`
 * @example
 * import { contact, referenceOf, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const employer = async (client: DynamicsClient, id: string) => {
 *   const row = await client.table(contact).get(id, { select: ['parentcustomerid'] })
 *   return referenceOf(contact, row, 'parentcustomerid')
 * }
 */
export const referenceOf = <Columns extends ColumnMap, const Name extends LookupName<Columns>>(
  table: Table<Columns>,
  row: RowBase,
  name: Name,
): Reference<TargetOf<Columns[Name]>> | undefined => {
  const column = table.columns[name]
  const id = textAt(row, `_${name}_value`)
  if (id === undefined || !isLookup(column)) return undefined
  const target = onlyTarget(column) ?? textAt(row, `_${name}_value@${lookupTableAnnotation}`)
  const isTarget = (candidate: string): candidate is TargetOf<Columns[Name]> =>
    targetEntitySet(column, candidate) !== undefined
  if (target === undefined || !isTarget(target)) {
    throw new InvalidArgumentError(
      `Which table '${name}' refers to is unknown: read the row with lookupTables, and declare every target.`,
    )
  }
  return { table: target, entitySet: targetEntitySet(column, target) ?? '', id }
}
