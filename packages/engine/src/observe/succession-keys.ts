import type { WireRow } from '@dynacamp/dynamics-client'
import type { EntityName } from '@dynacamp/mapping-dsl'

/**
 * How a row says that another one stands for it, or that it stands for another one. A merge leaves the loser inactive with
 * the winner in `masterid`; qualifying makes a contact with the lead in `originatingleadid`, or takes the contact that the
 * lead names already.
 *
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/merge-records
 */
export type SuccessionKind = 'merged-into' | 'qualified-from' | 'qualified-to'

/** The key under which the state finds rows that name this one. */
export const successionKey = (kind: SuccessionKind, id: string): string => `${kind}:${id}`

/** Whom a row names, by its keys. */
export const namedBy = (keys: readonly string[], kind: SuccessionKind): string | undefined =>
  keys.find((key) => key.startsWith(`${kind}:`))?.slice(kind.length + 1)

const naming = (kind: SuccessionKind, value: unknown): readonly string[] =>
  typeof value === 'string' ? [successionKey(kind, value.toLowerCase())] : []

/** `statecode` of a lead that was qualified; a disqualified one may name a contact too. */
const qualified = 1

/** Under these keys the state finds a row when it looks at the one that this row names. */
export const successionKeys = (entity: EntityName, row: WireRow): readonly string[] => {
  const merged = naming('merged-into', row._masterid_value)
  if (entity === 'contacts') return [...merged, ...naming('qualified-from', row._originatingleadid_value)]
  if (entity !== 'leads' || row.statecode !== qualified) return merged
  return [...merged, ...naming('qualified-to', row._parentcontactid_value)]
}
