/** The way to a value inside a definition. */
export type Path = readonly PropertyKey[]

export const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null

/** As diagnostics write it: `contacts.fields[2].direction`. */
export const textOf = (path: Path): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  )

/** The value at a path, or `undefined`. */
export const at = (value: unknown, path: Path): unknown =>
  path.reduce((inside, key) => (isRecord(inside) ? inside[key] : undefined), value)

/** Puts a value into a copy that belongs to the caller. */
export const setAt = (value: unknown, path: Path, to: unknown): void => {
  const owner = at(value, path.slice(0, -1))
  const key = path.at(-1)
  if (isRecord(owner) && key !== undefined) Reflect.set(owner, key, to)
}

/** A path and all that it is inside of, the shortest first. */
export const withOwners = (path: string): readonly string[] => [
  ...[...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index)),
  path,
]
