import { guidOrder } from './guid-order.ts'

export type Scalar = string | number | boolean

/**
 * A stored row, never changed in place. Keys are names in JSON (`_ownerid_value`), empty columns are absent; beside
 * a lookup, `<name>@table` says which table it points to.
 */
export type Row = Readonly<Partial<Record<string, Scalar>>>

const markers = new Map<string, string>()

/** Name of the entry beside a lookup that says which table it points to. Asked for every row: kept, not built. */
export function tableOf(property: string): string {
  const known = markers.get(property)
  if (known !== undefined) return known
  const marker = `${property}@table`
  markers.set(property, marker)
  return marker
}

interface Ordered {
  readonly key: string
  readonly id: string
}

interface Change {
  readonly version: number
  readonly id: string
}

/** First index whose item is not before. */
function lowerBound<Item>(items: readonly Item[], isBefore: (item: Item) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = items[middle]
    if (item !== undefined && isBefore(item)) low = middle + 1
    else high = middle
  }
  return low
}

/** Rows of one table with what is needed to page, to find by a value and to track changes without scanning. */
export interface TableStore {
  readonly size: number
  /** Grows with every write; equal numbers mean equal contents. */
  readonly revision: number
  get(id: string): Row | undefined
  /** Rows in the order of the primary key, after `afterId` when given. */
  inKeyOrder(afterId?: string): Iterable<Row>
  /** Sets or replaces a row; `undefined` deletes it and leaves a tombstone of `version`. */
  put(id: string, row: Row | undefined, version: number): void
  /** Undoes a `put`: as it was, without a trace in the changes. */
  restore(id: string, row: Row | undefined): void
  /** Ids of the rows whose `property` holds this text, case not counting; the property is indexed from then on. */
  matching(property: string, text: string): readonly string[]
  /** What is newer than `version`: rows and ids of deleted rows, each in the order of their versions. A row that was restored is in both. */
  changesSince(version: number): { readonly rows: readonly Row[]; readonly deleted: readonly Change[] }
}

export function createTableStore(versionOf: (row: Row) => number): TableStore {
  const rows = new Map<string, Row>()
  const tombstones = new Map<string, number>()
  const changes: Change[] = []
  const indexes = new Map<string, Map<string, Set<string>>>()
  let order: Ordered[] | undefined
  let revision = 0

  const sorted = (): Ordered[] => {
    order ??= [...rows.keys()]
      .map((id) => ({ key: guidOrder(id), id }))
      .sort((left, right) => (left.key < right.key ? -1 : 1))
    return order
  }

  const note = (
    property: string,
    index: Map<string, Set<string>>,
    id: string,
    row: Row,
    add: boolean,
  ): void => {
    const value = row[property]
    if (typeof value !== 'string') return
    const target = value.toLowerCase()
    const ids = index.get(target) ?? new Set()
    if (add) index.set(target, ids.add(id))
    else ids.delete(id)
  }

  const set = (id: string, row: Row | undefined): void => {
    const before = rows.get(id)
    revision += 1
    for (const [property, index] of indexes) {
      if (before !== undefined) note(property, index, id, before, false)
      if (row !== undefined) note(property, index, id, row, true)
    }
    if (row === undefined) rows.delete(id)
    else rows.set(id, row)
    if (order === undefined || (before === undefined) === (row === undefined)) return
    const key = guidOrder(id)
    const at = lowerBound(order, (other) => other.key < key)
    if (row === undefined) order.splice(at, 1)
    else order.splice(at, 0, { key, id })
  }

  return {
    get size() {
      return rows.size
    },
    get revision() {
      return revision
    },
    get: (id) => rows.get(id),
    *inKeyOrder(afterId) {
      const ordered = sorted()
      const after = afterId === undefined ? '' : guidOrder(afterId)
      for (const { id } of ordered.slice(lowerBound(ordered, ({ key }) => key <= after))) {
        const row = rows.get(id)
        if (row !== undefined) yield row
      }
    },
    put(id, row, version) {
      if (row === undefined) tombstones.set(id, version)
      changes.push({ version, id })
      set(id, row)
    },
    restore(id, row) {
      if (row !== undefined) tombstones.delete(id)
      set(id, row)
    },
    matching(property, text) {
      let index = indexes.get(property)
      if (index === undefined) {
        index = new Map()
        for (const [id, row] of rows) note(property, index, id, row, true)
        indexes.set(property, index)
      }
      return [...(index.get(text.toLowerCase()) ?? [])]
    },
    changesSince(version) {
      const found: Row[] = []
      const deleted: Change[] = []
      for (const change of changes.slice(lowerBound(changes, (known) => known.version <= version))) {
        const row = rows.get(change.id)
        // Only the newest change of a row counts: an older one, or one that was rolled back, has another version.
        if (row !== undefined && versionOf(row) === change.version) found.push(row)
        else if (tombstones.get(change.id) === change.version) deleted.push(change)
      }
      return { rows: found, deleted }
    },
  }
}
