import type { CompiledEntity, CompiledRelation } from './compiled.ts'
import { valueIn } from './read-row.ts'

/** Reads what a relation looks at as well: the id, and the table it is of, from a row asked for with that annotation. */
export const relationReader = (
  read: CompiledEntity['readRow'],
  relation: CompiledRelation | undefined,
): CompiledEntity['readRow'] => {
  if (relation === undefined) return read
  const names = relation.table === undefined ? [relation.dynamics] : [relation.dynamics, relation.table]
  return (row, currencies) => ({
    ...read(row, currencies),
    ...Object.fromEntries(names.map((name) => [name, valueIn(row, name)])),
  })
}

/** Writes a lookup through its navigation property: the service refuses its read column. */
export const relationWriter = (
  write: CompiledEntity['writeRow'],
  relation: CompiledRelation | undefined,
): CompiledEntity['writeRow'] => {
  if (relation === undefined) return write
  const { dynamics, entity, navigation } = relation
  return (fields) => {
    const { [dynamics]: id, ...others } = fields
    if (id === undefined) return write(fields)
    return { ...write(others), [`${navigation}@odata.bind`]: id === null ? null : `/${entity}(${id})` }
  }
}
