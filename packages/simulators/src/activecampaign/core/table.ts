/** Rows in ascending order of id, found by id or by an indexed value, without a scan. */
export class Table<R extends { readonly id: string }> {
  readonly #rows: R[] = []
  readonly #byId = new Map<string, R>()
  readonly #keys: Readonly<Record<string, (row: R) => string>>
  readonly #indexes = new Map<string, Map<string, Map<string, R>>>()
  #lastId = 0
  /** Grows with every write: what was computed from the table before is stale. */
  version = 0

  constructor(keys: Readonly<Record<string, (row: R) => string>> = {}) {
    this.#keys = keys
    for (const name of Object.keys(keys)) this.#indexes.set(name, new Map())
  }

  get size(): number {
    return this.#rows.length
  }

  get rows(): readonly R[] {
    return this.#rows
  }

  nextId(): string {
    return String(this.#lastId + 1)
  }

  get(id: string): R | undefined {
    return this.#byId.get(id)
  }

  /** Rows whose indexed value is `value`, in the order they were written. */
  by(index: string, value: string): readonly R[] {
    const found = this.#indexes.get(index)?.get(value)
    return found === undefined ? [] : [...found.values()]
  }

  /** Adds the row, or replaces the one that has its id. */
  put(row: R): R {
    this.version += 1
    const before = this.#byId.get(row.id)
    if (before === undefined) this.#rows.splice(this.#place(row.id), 0, row)
    else this.#rows[this.#place(row.id)] = row
    this.#byId.set(row.id, row)
    this.#lastId = Math.max(this.#lastId, Number(row.id) || 0)
    this.#index(row, before)
    return row
  }

  remove(id: string): boolean {
    const row = this.#byId.get(id)
    if (row === undefined) return false
    this.version += 1
    this.#rows.splice(this.#place(id), 1)
    this.#byId.delete(id)
    for (const [name, key] of Object.entries(this.#keys)) this.#indexes.get(name)?.get(key(row))?.delete(id)
    return true
  }

  /** The position of the first row whose id is not below `id`. */
  #place(id: string): number {
    const wanted = Number(id)
    if (wanted > this.#lastId) return this.#rows.length
    let low = 0
    let high = this.#rows.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (Number(this.#rows[middle]?.id) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Rows with an id above `id`: a keyset page starts here. */
  after(id: number): readonly R[] {
    return this.#rows.slice(this.#place(String(id + 1)))
  }

  #index(row: R, before: R | undefined): void {
    for (const [name, key] of Object.entries(this.#keys)) {
      const index = this.#indexes.get(name)
      const value = key(row)
      if (before !== undefined && key(before) !== value) index?.get(key(before))?.delete(row.id)
      const entry = index?.get(value)
      if (entry === undefined) index?.set(value, new Map([[row.id, row]]))
      else entry.set(row.id, row)
    }
  }
}
