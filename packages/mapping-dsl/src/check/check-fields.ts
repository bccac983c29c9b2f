import { compatible, incompatibility } from '../codec/compatibility.ts'
import type { EntityDefinition } from '../definition/definition.ts'
import type { Direction, FieldMapping } from '../definition/field-mapping.ts'
import type { Column, Columns } from '../schema/column.ts'
import type { Field, FieldSet } from '../schema/field.ts'
import { type Diagnostic, didYouMean, nearest } from './diagnostic.ts'

/** What the checks of one mapping look at. */
interface Place {
  readonly path: string
  readonly entity: EntityDefinition
  readonly columns: Columns
  readonly fields: FieldSet
}

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

const error = (code: string, path: string, message: string, suggestion?: string): Diagnostic => ({
  code,
  severity: 'error',
  path,
  message: message + didYouMean(suggestion),
  ...(suggestion === undefined ? {} : { suggestion }),
})

const allows = (allowed: Direction, wanted: Direction): boolean =>
  allowed === 'bidirectional' || allowed === wanted

const checkPair = (
  mapping: FieldMapping,
  column: Column,
  field: Field,
  place: Place,
): readonly Diagnostic[] => {
  const { dynamics, activeCampaign } = mapping
  const cell = compatible(column.type, field.type)
  if (cell === undefined) {
    const message = `\`${dynamics}\` (${column.type}) cannot be mapped to \`${activeCampaign}\` (${field.type}): ${incompatibility(column.type, field.type)}`
    return [error('incompatible-types', place.path, message)]
  }
  const wanted = mapping.direction ?? place.entity.direction
  if (!allows(place.entity.direction, wanted)) {
    const message = `a field has a direction of its own only where the entity is bidirectional; this entity is ${place.entity.direction}`
    return [error('direction-not-allowed', `${place.path}.direction`, message)]
  }
  if (!allows(cell.flow, wanted)) {
    const message = `\`${dynamics}\` to \`${activeCampaign}\` can only flow ${cell.flow}: say \`direction: '${cell.flow}'\``
    return [error('one-way-pair', `${place.path}.direction`, message)]
  }
  return []
}

const checkOne = (mapping: FieldMapping, place: Place): readonly Diagnostic[] => {
  const column = own(place.columns, mapping.dynamics)
  const field = own(place.fields, mapping.activeCampaign)
  const unknown = [
    ...(column === undefined
      ? [
          error(
            'unknown-column',
            `${place.path}.dynamics`,
            `no column \`${mapping.dynamics}\``,
            nearest(mapping.dynamics, Object.keys(place.columns)),
          ),
        ]
      : []),
    ...(field === undefined
      ? [
          error(
            'unknown-field',
            `${place.path}.activeCampaign`,
            `no field \`${mapping.activeCampaign}\``,
            nearest(mapping.activeCampaign, Object.keys(place.fields)),
          ),
        ]
      : []),
  ]
  return column === undefined || field === undefined ? unknown : checkPair(mapping, column, field, place)
}

/** A target that two mappings would write: the one that runs last would win by accident. */
const mappedTwice = (entity: EntityDefinition, path: string): readonly Diagnostic[] => {
  const writers = new Map<string, number>()
  return entity.fields.flatMap((mapping, index) => {
    const direction = mapping.direction ?? entity.direction
    const targets = [
      ...(direction === 'inbound' ? [] : [`ActiveCampaign field \`${mapping.activeCampaign}\``]),
      ...(direction === 'outbound' ? [] : [`column \`${mapping.dynamics}\``]),
    ]
    return targets.flatMap((target) => {
      const first = writers.get(target)
      if (first !== undefined) {
        return [
          error(
            'mapped-twice',
            `${path}.fields[${index}]`,
            `${target} is written by fields[${first}] already`,
          ),
        ]
      }
      writers.set(target, index)
      return []
    })
  })
}

/** Everything that is wrong with an entity's mappings. */
export const checkFields = (
  path: string,
  entity: EntityDefinition,
  columns: Columns,
  fields: FieldSet,
): readonly Diagnostic[] => [
  ...entity.fields.flatMap((mapping, index) =>
    checkOne(mapping, { path: `${path}.fields[${index}]`, entity, columns, fields }),
  ),
  ...mappedTwice(entity, path),
]
