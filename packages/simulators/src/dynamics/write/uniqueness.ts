import { own } from '../../shared/own.ts'
import { DataverseError } from '../dataverse-error.ts'
import type { Environment } from '../environment.ts'
import { rowsByKey } from '../read/key.ts'
import type { Table } from '../schema/table.ts'
import type { Row, Scalar } from '../store/table-store.ts'
import type { Draft } from './computed.ts'

type Values = Readonly<Record<string, Scalar>>

/** Values of these columns, or nothing when one is empty: then there is nothing to compare. */
const valuesOf = (table: Table, columns: readonly string[], draft: Draft): Values | undefined => {
  const pairs = columns.map((name): [string, Scalar | undefined] => {
    const property = table.columns.get(name)?.property ?? name
    return [property, own(draft, property)]
  })
  const values: Record<string, Scalar> = {}
  for (const [property, value] of pairs) {
    if (value === undefined) return undefined
    values[property] = value
  }
  return values
}

const others = (environment: Environment, table: Table, id: string, values: Values): readonly Row[] =>
  rowsByKey(environment, table, values).filter((row) => row[table.primaryId] !== id)

/** Alternate keys are unique; rows with an empty key column are not checked. */
export function refuseDuplicateKeys(environment: Environment, table: Table, id: string, draft: Draft): void {
  for (const key of table.keys) {
    const values = valuesOf(table, key.columns, draft)
    if (values === undefined || others(environment, table, id, values).length === 0) continue
    const labels = key.columns.map((name) => table.columns.get(name)?.label ?? name).join(', ')
    throw new DataverseError(
      412,
      '0x80060892',
      'DuplicateRecordEntityKey',
      `Entity Key ${key.name} violated. A record with the same value for ${labels} already exists. A duplicate record cannot be created. Select one or more unique values and try again.`,
    )
  }
}

/** Duplicate rules strike only when the caller asked for them with `MSCRM.SuppressDuplicateDetection: false`. */
export function refuseRuledDuplicates(
  environment: Environment,
  table: Table,
  id: string,
  draft: Draft,
): void {
  for (const rule of environment.duplicateRules) {
    if (rule.table !== table.logicalName) continue
    const values = valuesOf(table, rule.columns, draft)
    if (values === undefined || others(environment, table, id, values).length === 0) continue
    throw new DataverseError(
      environment.behaviour.duplicateStatus,
      '0x80040333',
      'DuplicateRecordsFound',
      'A record was not created or updated because a duplicate of the current record already exists.',
    )
  }
}
