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

/** What a setting may mean decides the rule that finds something wrong, not where. */
const nameOf = ({ severity, path }: Diagnostic): string => `${severity} ${path}`

/**
 * Lists everything that is wrong with a definition, from wherever it comes: a file, a database, a form, a
 * stranger. It never throws. Where a setting cannot be read, the rules tell what is wrong whatever it was meant to be.
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
  const bounded = checkBounds(definition)
  if (bounded.readable === undefined) return { ok: false, diagnostics: bounded.diagnostics }
  const shape = readShape(bounded)
  const [first, ...others] = shape.variants.map((variant) => {
    const found = rules({ ...options, definition: variant, schema })
    const placed = found.map((diagnostic) => ({ ...diagnostic, path: shape.pathOf(diagnostic.path) }))
    return { variant, found: placed.filter((diagnostic) => !shape.isFollowUp(diagnostic)) }
  })
  const inAll = others.map(({ found }) => new Set(found.map(nameOf)))
  const certain =
    first?.found.filter((diagnostic) => inAll.every((names) => names.has(nameOf(diagnostic)))) ?? []
  const diagnostics = [...bounded.diagnostics, ...shape.diagnostics, ...certain]
  return first === undefined || diagnostics.some(({ severity }) => severity === 'error')
    ? { ok: false, diagnostics }
    : { ok: true, definition: first.variant, diagnostics }
}
