import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'
import { namedBy, successionKey } from '../observe/succession-keys.ts'
import { endOf } from '../state/ends.ts'
import type { StateTransaction, StoredRecord } from '../state/state-store.ts'

/** A row may be merged into one that is merged into a third; nobody merges longer than this by hand. */
const maxMerges = 10

/** A row of D365 with its table. */
export interface Row {
  readonly entity: EntityName
  readonly record: StoredRecord
}

export const syncs = ({ entities }: CompiledDefinition, name: EntityName): boolean =>
  entities.some(({ entity }) => entity === name)

/** The rows of a table that have one of these keys, or one of these ids. */
const rowsBy = async (
  { records }: StateTransaction,
  entity: EntityName,
  keys: readonly string[],
  id?: string,
): Promise<readonly Row[]> => {
  const kind = endOf(entity, 'dynamics')
  const found = [
    ...(await records.findByKey(kind, keys)),
    ...(id === undefined ? [] : await records.find(kind, [id])),
  ]
  return [...new Map(found.map((record) => [record.id, { entity, record }])).values()]
}

/** The row that stands for this one, if it is merged or qualified. */
const nextOf = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  { entity, record }: Row,
): Promise<Row | undefined> => {
  if (record.active) return undefined
  const into = namedBy(record.keys, 'merged-into')
  if (into !== undefined) return (await rowsBy(state, entity, [], into))[0]
  if (entity !== 'leads' || !syncs(definition, 'contacts')) return undefined
  const made = successionKey('qualified-from', record.id)
  return (await rowsBy(state, 'contacts', [made], namedBy(record.keys, 'qualified-to')))[0]
}

/** The row at the end of all merges; undefined when this one stands for itself. */
export const lastAfter = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  from: Row,
): Promise<Row | undefined> => {
  let last: Row | undefined
  for (let merges = 0; merges < maxMerges; merges += 1) {
    const next = await nextOf(state, definition, last ?? from)
    if (next === undefined) break
    last = next
  }
  return last
}

/** Rows that were merged into this one, and into those, and the leads that they were qualified from. */
export const forerunnersOf = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  row: Row,
): Promise<readonly Row[]> => {
  const found = new Map<string, Row>()
  let latest: readonly Row[] = [row]
  for (let merges = 0; merges < maxMerges && latest.length > 0; merges += 1) {
    const before: Row[] = []
    for (const { entity, record } of latest) {
      before.push(...(await rowsBy(state, entity, [successionKey('merged-into', record.id)])))
      if (entity !== 'contacts' || !syncs(definition, 'leads')) continue
      const made = successionKey('qualified-to', record.id)
      before.push(...(await rowsBy(state, 'leads', [made], namedBy(record.keys, 'qualified-from'))))
    }
    latest = before.filter(({ record }) => !found.has(record.id))
    for (const next of latest) found.set(next.record.id, next)
  }
  return [...found.values()]
}
