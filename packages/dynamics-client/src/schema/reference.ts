import { InvalidArgumentError } from '../errors/invalid-argument-error.ts'
import { recordPath } from '../record-key.ts'
import type { LookupColumn, LookupTarget } from './columns.ts'
import { standardEntitySet } from './standard-tables.ts'

/** A row of another table, as the value of a lookup. */
export interface Reference<Table extends string = string> {
  readonly table: Table
  readonly entitySet: string
  /** The row's GUID, or `$n` for the n-th request of the same change set. */
  readonly id: string
}

/**
 * A typed reference to a row, for lookups in creates and updates.
 * @example
 * import { account, reference } from '@dynacamp/dynamics-client'
 *
 * const employer = reference(account, '7d577253-3ef0-4a0a-bb7f-8335c2596e70')
 */
export const reference = <Table extends string>(
  table: { readonly logicalName: Table; readonly entitySet: string },
  id: string,
): Reference<Table> => ({ table: table.logicalName, entitySet: table.entitySet, id })

/**
 * A reference to the row that an earlier request of the same change set creates; requests count from 1.
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api
 * @example
 * import { account, createdInChangeSet } from '@dynacamp/dynamics-client'
 *
 * const employer = createdInChangeSet(account, 1)
 */
export const createdInChangeSet = <Table extends string>(
  table: { readonly logicalName: Table; readonly entitySet: string },
  contentId: number,
): Reference<Table> => ({ table: table.logicalName, entitySet: table.entitySet, id: `$${contentId}` })

/** The value of an `@odata.bind`. */
export const bindPath = (target: Reference): string =>
  /^\$\d+$/.test(target.id) ? target.id : `/${recordPath(target.entitySet, target.id)}`

const targetName = (target: LookupTarget): string =>
  typeof target === 'string' ? target : target.logicalName

/** The entity set of one of a lookup's targets. */
export const targetEntitySet = (column: LookupColumn, table: string): string | undefined => {
  const target = column.targets.find((candidate) => targetName(candidate) === table)
  return typeof target === 'object' ? target.entitySet : standardEntitySet(table)
}

/** The logical name of a lookup's target when it has exactly one. */
export const onlyTarget = (column: LookupColumn): string | undefined => {
  const [first, second] = column.targets
  return first !== undefined && second === undefined ? targetName(first) : undefined
}

/** The navigation property that a write of a lookup goes through; a clearing write may use any of them. */
export const navigationProperty = (name: string, column: LookupColumn, table: string | undefined): string => {
  const base = column.schemaName ?? name
  if (column.navigation === 'single' || column.targets.length === 1) return base
  const chosen = table ?? column.targets.map(targetName)[0]
  if (chosen === undefined || !column.targets.some((target) => targetName(target) === chosen)) {
    throw new InvalidArgumentError(`Column '${name}' cannot refer to table '${String(chosen)}'.`)
  }
  return `${base}_${chosen}`
}
