import * as z from 'zod'
import { definitionShape } from './definition-shape.ts'

/**
 * The JSON Schema (draft 2020-12) of a definition as it is written, for editors. It knows the shape, not your
 * fields: `checkDefinition` knows those.
 *
 * @example
 * ```ts
 * import { definitionJsonSchema } from '@dynacamp/mapping-dsl'
 *
 * console.log(JSON.stringify(definitionJsonSchema(), null, 2))
 * ```
 */
export const definitionJsonSchema = (): Readonly<Record<string, unknown>> => ({
  title: 'Dynacamp sync definition, version 1',
  ...z.toJSONSchema(definitionShape, { io: 'input' }),
})
