import { InvalidArgumentError } from './errors/invalid-argument-error.ts'
import { requireGuid } from './guid.ts'

/**
 * A piece of an OData expression whose values are already escaped.
 * @example
 * const filter: ODataExpression = odata`statecode eq ${0}`
 */
export class ODataExpression {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

/** What can stand in an `odata` template: values are escaped, expressions are taken as they are. */
export type ODataValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | readonly string[]
  | readonly number[]
  | ODataExpression

/** Quotes a text for a filter. The one place where quotes are doubled. */
const quoteText = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** A value as OData writes it; lists follow the rules of JSON, as the service's query functions want them. */
export const odataLiteral = (value: ODataValue | undefined): string => {
  if (value === undefined) throw new InvalidArgumentError('undefined has no form in a filter.')
  if (value instanceof ODataExpression) return value.text
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'string') return quoteText(value)
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InvalidArgumentError(`${value} has no form in a filter.`)
  }
  return String(value)
}

/**
 * A filter with its values escaped: texts are quoted, dates and numbers are not, lists become JSON. Nest expressions
 * freely; wrap ids in `odataGuid`, as ids are not quoted.
 *
 * Comparison in the service ignores case, and `%`, `_` and `[` are wildcards even in `eq`: see `likeLiteral`.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows
 * @example
 * import { odata } from '@dynacamp/dynamics-client'
 *
 * const filter = odata`lastname eq ${"O'Brien"} and createdon ge ${new Date(0)}`
 */
export const odata = (texts: TemplateStringsArray, ...values: readonly ODataValue[]): ODataExpression => {
  const [first = '', ...rest] = texts
  return new ODataExpression(
    rest.reduce((all, text, index) => all + odataLiteral(values[index]) + text, first),
  )
}

/**
 * An id in a filter, unquoted, checked to be a GUID.
 * @example
 * import { odata, odataGuid } from '@dynacamp/dynamics-client'
 *
 * const filter = odata`_ownerid_value eq ${odataGuid('7d577253-3ef0-4a0a-bb7f-8335c2596e70')}`
 */
export const odataGuid = (id: string): ODataExpression => new ODataExpression(requireGuid(id))

/**
 * Makes the wildcards of a text match only themselves, as filters treat `%`, `_` and `[` like SQL's LIKE does.
 * @example
 * import { likeLiteral, odata } from '@dynacamp/dynamics-client'
 *
 * const filter = odata`contains(name, ${likeLiteral('100% wool')})`
 */
export const likeLiteral = (value: string): string =>
  value.replaceAll(/[%_[]/g, (wildcard) => `[${wildcard}]`)
