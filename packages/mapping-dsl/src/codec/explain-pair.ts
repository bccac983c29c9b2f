import type { ColumnType } from '../schema/column.ts'
import type { FieldType } from '../schema/field.ts'
import { compatible, type Flow, incompatibility } from './compatibility.ts'
import { equivalences } from './equivalence.ts'

/** What a mapping of two types can do, for people who choose one. */
export type PairExplanation =
  | {
      readonly compatible: true
      readonly flow: Flow
      /** When values of the two sides count as the same. */
      readonly equivalence: string
      /** What of a value does not get through. */
      readonly loss?: string
    }
  | { readonly compatible: false; readonly reason: string }

/**
 * Says which way a column type and a field type can be mapped, what is lost, or why they cannot.
 *
 * @example
 * ```ts
 * import { explainPair } from '@dynacamp/mapping-dsl'
 *
 * console.log(explainPair('dateTime', 'date'))
 * ```
 */
export const explainPair = (column: ColumnType, field: FieldType): PairExplanation => {
  const pair = compatible(column, field)
  return pair === undefined
    ? { compatible: false, reason: incompatibility(column, field) }
    : { compatible: true, equivalence: equivalences[column], ...pair }
}
