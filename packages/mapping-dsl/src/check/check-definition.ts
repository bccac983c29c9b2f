import { definitionShape, entitiesOf, type SyncDefinition } from '../definition/definition.ts'
import { columnsFor, fieldsFor } from '../schema/lookup.ts'
import type { Schema } from '../schema/schema.ts'
import { checkFields } from './check-fields.ts'
import type { Diagnostic } from './diagnostic.ts'

/** A checked definition, or everything that is wrong with it. */
export type CheckedDefinition =
  | { readonly ok: true; readonly definition: SyncDefinition; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  )

/**
 * Lists everything that is wrong with a definition, from wherever it comes: a file, a database, a form.
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
export const checkDefinition = (definition: unknown, schema: Schema): CheckedDefinition => {
  const parsed = definitionShape.safeParse(definition)
  if (!parsed.success) {
    const diagnostics = parsed.error.issues.map(
      (issue): Diagnostic => ({
        code: 'malformed',
        severity: 'error',
        path: pathOf(issue.path),
        message: issue.message,
      }),
    )
    return { ok: false, diagnostics }
  }
  const sound: SyncDefinition = parsed.data
  const diagnostics = entitiesOf(sound).flatMap(({ name, entity }) =>
    checkFields(name, entity, columnsFor(schema, name), fieldsFor(schema, name)),
  )
  return diagnostics.some(({ severity }) => severity === 'error')
    ? { ok: false, diagnostics }
    : { ok: true, definition: sound, diagnostics }
}
