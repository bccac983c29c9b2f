import { compatibility, type Flow } from '../codec/compatibility.ts'
import { type EntityName, entityNames, placeOf } from '../schema/entity.ts'
import { columnsFor } from '../schema/lookup.ts'
import type { Schema } from '../schema/schema.ts'
import { compatibilityReport, type FieldCompatibility } from './compatibility-report.ts'
import { markdownTable } from './markdown-table.ts'
import { cell, code } from './markdown-text.ts'

const arrows = { bidirectional: '↔', outbound: '→', inbound: '←' } as const satisfies Record<Flow, string>

const named = ({ field, label }: FieldCompatibility): string =>
  field === label ? code(field) : `${code(field)} (${cell(label)})`

/** Columns that a field takes in the same way share a line. */
const lines = ({ columns }: FieldCompatibility): string => {
  const groups = Map.groupBy(columns, ({ type, flow, loss }) => JSON.stringify([type, flow, loss]))
  return [...groups.values()]
    .flatMap(([first, ...others]) => {
      if (first === undefined) return []
      const names = [first, ...others].map(({ name }) => code(name)).join(', ')
      const loss = first.loss === undefined ? '' : ` (${cell(first.loss)})`
      return [`- ${arrows[first.flow]} ${first.type}: ${names}${loss}`]
    })
    .join('\n')
}

/** Fields of one type fit the same columns, so they are told about together. */
const sections = (report: readonly FieldCompatibility[]): readonly string[] =>
  [...Map.groupBy(report, ({ type }) => type)].flatMap(([type, fields]) => {
    const [first] = fields
    if (first === undefined) return []
    const fitting = first.reason === undefined ? lines(first) : `No column fits: ${cell(first.reason)}.`
    return [`### ${type}`, `Fields: ${fields.map(named).join(', ')}`, fitting]
  })

/** Columns that nothing in the account can take, and which field would have to be made for them. */
const unmatched = (schema: Schema, entity: EntityName, report: readonly FieldCompatibility[]): string[] => {
  if (placeOf[entity] === 'objects') {
    return ['A definition that maps opportunities makes the fields of its custom object itself.']
  }
  const matched = new Set(report.flatMap(({ columns }) => columns.map(({ name }) => name)))
  const left = Object.entries(columnsFor(schema, entity))
    .filter(([name]) => !matched.has(name))
    .map(([name, { type }]) => [code(name), type, Object.keys(compatibility[type]).join(', ')])
  return left.length === 0
    ? []
    : ['### Columns that no field takes', markdownTable(['column', 'type', 'needs a field of type'], left)]
}

/**
 * Renders what can be mapped to what as Markdown: per table, the ActiveCampaign fields with the columns that fit, which
 * way values can flow (`→` to ActiveCampaign), what they lose, and the columns that nothing fits.
 *
 * @example
 * ```ts
 * import { describeCompatibility, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * console.log(describeCompatibility(standardSchema))
 * ```
 */
export const describeCompatibility = (schema: Schema): string => {
  const report = compatibilityReport(schema)
  const chapters = entityNames
    .filter((entity) => schema.dynamics[entity] !== undefined)
    .flatMap((entity) => {
      const own = report.filter((line) => line.entity === entity)
      const places = [...Map.groupBy(own, ({ object }) => object)].flatMap(([object, fields]) => [
        `## ${entity}${object === undefined ? '' : ` in ${code(object)}`}`,
        ...sections(fields),
      ])
      const heading = places.length === 0 ? [`## ${entity}`] : places
      return [...heading, ...unmatched(schema, entity, own)]
    })
  return ['# What can be mapped to what', ...chapters].join('\n\n')
}
