import { createTableStore, type Row, type TableStore } from './table-store.ts'

/** What a transaction did to one row, from its state before to its state after. */
export interface Write {
  readonly table: string
  readonly id: string
  readonly before: Row | undefined
  readonly after: Row | undefined
}

/** All rows of an environment: one version counter, pairs of many-to-many relationships, transactions. */
export interface Store {
  table(name: string): TableStore
  /** The newest version given out. */
  readonly version: number
  /** Takes the next version; `atLeast` lets seeded rows carry the versions they had elsewhere. */
  nextVersion(atLeast?: number): number
  put(table: string, id: string, row: Row | undefined, version: number): void
  /** Ids paired with `id`, which is on the `first` or second side. */
  linked(relationship: string, id: string, side: 'first' | 'second'): readonly string[]
  link(relationship: string, first: string, second: string): boolean
  unlink(relationship: string, first: string, second: string): boolean
  /** Runs `work`; when it throws, everything it wrote is undone. Versions that it took stay taken. */
  transaction<Result>(work: () => Result): Result
  /** Hears what was written, once it stays written. */
  onCommit(listener: (writes: readonly Write[]) => void): void
}

export function createStore(firstVersion: number): Store {
  const tables = new Map<string, TableStore>()
  const pairs = new Map<string, Map<string, Set<string>>>()
  let journal: (() => void)[] | undefined
  let written: Write[] = []
  const listeners: ((writes: readonly Write[]) => void)[] = []
  let version = firstVersion

  const table = (name: string): TableStore => {
    const known = tables.get(name)
    if (known !== undefined) return known
    const created = createTableStore((row) => Number(row.versionnumber ?? 0))
    tables.set(name, created)
    return created
  }

  const commit = (): void => {
    const writes = written
    written = []
    if (writes.length > 0) for (const listener of listeners) listener(writes)
  }

  const partners = (relationship: string, side: 'first' | 'second', id: string): Set<string> => {
    const key = `${relationship}/${side}`
    const known = pairs.get(key) ?? new Map<string, Set<string>>()
    pairs.set(key, known)
    const ids = known.get(id) ?? new Set<string>()
    known.set(id, ids)
    return ids
  }

  const setPair = (relationship: string, first: string, second: string, paired: boolean): boolean => {
    const seconds = partners(relationship, 'first', first)
    if (seconds.has(second) === paired) return false
    const firsts = partners(relationship, 'second', second)
    if (paired) {
      seconds.add(second)
      firsts.add(first)
    } else {
      seconds.delete(second)
      firsts.delete(first)
    }
    journal?.push(() => setPair(relationship, first, second, !paired))
    return true
  }

  return {
    table,
    get version() {
      return version
    },
    nextVersion(atLeast = 0) {
      version = Math.max(version + 1, atLeast)
      return version
    },
    put(name, id, row, rowVersion) {
      const into = table(name)
      const before = into.get(id)
      journal?.push(() => into.restore(id, before))
      into.put(id, row, rowVersion)
      if (listeners.length === 0) return
      written.push({ table: name, id, before, after: row })
      if (journal === undefined) commit()
    },
    linked: (relationship, id, side) => [...partners(relationship, side, id)],
    link: (relationship, first, second) => setPair(relationship, first, second, true),
    unlink: (relationship, first, second) => setPair(relationship, first, second, false),
    transaction(work) {
      if (journal !== undefined) return work()
      const undo: (() => void)[] = []
      journal = undo
      try {
        const result = work()
        journal = undefined
        commit()
        return result
      } catch (error) {
        journal = undefined
        written = []
        for (const step of undo.reverse()) step()
        throw error
      }
    },
    onCommit: (listener) => {
      listeners.push(listener)
    },
  }
}
