import type { SyncDefinition } from '../definition/definition.ts'
import { columnsFor, fieldsFor } from '../schema/lookup.ts'
import type { Schema } from '../schema/schema.ts'
import { checkBounds } from './bounds.ts'
import type { CheckContext, CheckOptions } from './check-context.ts'
import { checkEntity } from './check-entity.ts'
import { checkOpportunities } from './check-opportunities.ts'
import { checkWhole } from './check-policies.ts'
import { type Diagnostic, problemAt } from './diagnostic.ts'
import { readShape } from './read-shape.ts'

/** A checked definition, or everything that is wrong with it. */
export type CheckedDefinition =
  | { readonly ok: true; readonly definition: SyncDefinition; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

const people = ['leads', 'contacts', 'accounts'] as const

const rules = (context: CheckContext): readonly Diagnostic[] => {
  const { definition, schema } = context
  return [
    ...checkWhole(context),
    ...people.flatMap((name) => {
      const entity = definition[name]
      const [columns, fields] = [columnsFor(schema, name), fieldsFor(schema, name)]
      return entity === undefined ? [] : checkEntity({ path: name, name, entity, columns, fields }, context)
    }),
    ...(definition.opportunities === undefined ? [] : checkOpportunities(definition.opportunities, context)),
    ...(context.saved?.opportunities !== undefined && definition.opportunities === undefined
      ? [
          problemAt(
            'opportunity-field-removed',
            'opportunities',
            'opportunities were saved and are permanent: keep them with `enabled: false`',
          ),
        ]
      : []),
  ]
}

/**
 * Lists everything that is wrong with a definition, from wherever it comes: a file, a database, a form, a
 * stranger. It never throws.
 *
 * @example
 * ```ts
 * import { checkDefinition, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * const json: unknown = JSON.parse('{"contacts":{"direction":"outbound","fields":[]}}')
 * for (const { path, message } of checkDefinition(json, standardSchema).diagnostics) {
 *   console.log(`${path}: ${message}`)
 * }
 * ```
 */
export const checkDefinition = (
  definition: unknown,
  schema: Schema,
  options: CheckOptions = {},
): CheckedDefinition => {
  const unbounded = checkBounds(definition)
  if (unbounded.length > 0) return { ok: false, diagnostics: unbounded }
  const { definition: sound, diagnostics: unread } = readShape(definition)
  if (sound === undefined) return { ok: false, diagnostics: unread }
  const diagnostics = [...unread, ...rules({ ...options, definition: sound, schema })]
  return diagnostics.some(({ severity }) => severity === 'error')
    ? { ok: false, diagnostics }
    : { ok: true, definition: sound, diagnostics }
}
