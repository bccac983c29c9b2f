import { underWayKey, underWayName } from '../state/import-state.ts'
import type { StateTransaction, StoredRecord } from '../state/state-store.ts'

const namesOf = (record: StoredRecord): readonly string[] => [
  underWayName(record),
  ...record.keys.map(underWayKey),
]

/**
 * Records without those that a bulk import is about to change, or whose partner it is about to make: what the state knows of
 * them is no longer so, or not yet.
 */
export const notUnderWay = async (
  { imports }: StateTransaction,
  records: readonly StoredRecord[],
): Promise<readonly StoredRecord[]> => {
  const busy = await imports.underWay(records.flatMap(namesOf))
  return busy.size === 0
    ? records
    : records.filter((record) => !namesOf(record).some((name) => busy.has(name)))
}
