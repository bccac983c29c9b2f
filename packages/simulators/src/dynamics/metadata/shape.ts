import { own } from '../../shared/own.ts'
import { badQuery } from '../dataverse-error.ts'
import type { Expression, Operand } from '../odata/expression.ts'
import { parseFilter } from '../odata/filter-parser.ts'
import { type Options, splitOutside } from '../odata/url.ts'
import type { Json } from './describe-column.ts'

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `$select` of metadata; `MetadataId` always comes along. */
export function select(json: Json, source: string | undefined): Json {
  if (source === undefined || source.trim() === '') return json
  const names = source.split(',').map((name) => name.trim())
  const chosen: Record<string, unknown> = {}
  if ('@odata.type' in json) chosen['@odata.type'] = json['@odata.type']
  for (const name of names) {
    if (name === '') continue
    if (!Object.hasOwn(json, name)) {
      throw badQuery(
        `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.EntityMetadata'.`,
      )
    }
    chosen[name] = json[name]
  }
  if ('MetadataId' in json) chosen.MetadataId = json.MetadataId
  return chosen
}

/** Options inside each item of a `$expand`, by the name that is expanded. */
export function expandOptions(source: string | undefined): ReadonlyMap<string, Options> {
  const found = new Map<string, Options>()
  for (const part of splitOutside(source ?? '', ',').map((item) => item.trim())) {
    if (part === '') continue
    const open = part.indexOf('(')
    const inner = open < 0 ? '' : part.slice(open + 1, part.lastIndexOf(')'))
    const pairs = splitOutside(inner, ';')
      .filter((pair) => pair.includes('='))
      .map((pair): [string, string] => [
        pair.slice(0, pair.indexOf('=')).trim(),
        pair.slice(pair.indexOf('=') + 1),
      ])
    found.set(open < 0 ? part : part.slice(0, open), Object.fromEntries(pairs))
  }
  return found
}

const valueAt = (operand: Operand, json: Json): unknown => {
  if (operand.kind === 'literal') return operand.value
  let value: unknown = json
  for (const segment of operand.segments) value = isJson(value) ? own(value, segment) : undefined
  return value ?? null
}

const compare = (operator: string, left: unknown, right: unknown): boolean => {
  if (operator === 'eq') return left === right
  if (operator === 'ne') return left !== right
  if (typeof left !== 'number' || typeof right !== 'number') return false
  if (operator === 'gt') return left > right
  if (operator === 'ge') return left >= right
  return operator === 'lt' ? left < right : left <= right
}

const holds = (expression: Expression, json: Json): boolean => {
  switch (expression.kind) {
    case 'and':
      return holds(expression.left, json) && holds(expression.right, json)
    case 'or':
      return holds(expression.left, json) || holds(expression.right, json)
    case 'not':
      return !holds(expression.operand, json)
    case 'compare':
      return compare(expression.operator, valueAt(expression.left, json), valueAt(expression.right, json))
    case 'text': {
      const text = String(valueAt(expression.left, json) ?? '')
      const wanted = String(valueAt(expression.right, json) ?? '')
      if (expression.function === 'contains') return text.includes(wanted)
      return expression.function === 'startswith' ? text.startsWith(wanted) : text.endsWith(wanted)
    }
    default:
      throw badQuery('The query function is not supported on metadata.')
  }
}

/** `$filter` of metadata: exact comparisons, enumeration literals included. */
export function filter(
  items: readonly Json[],
  source: string | undefined,
  options: Options,
): readonly Json[] {
  if (source === undefined || source.trim() === '') return items
  const expression = parseFilter(source, options)
  return items.filter((item) => holds(expression, item))
}
