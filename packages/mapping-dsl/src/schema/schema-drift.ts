import { entityNames } from './entity.ts'
import type { Schema } from './schema.ts'
import { columnChanges, fieldChanges, type TraitChange } from './trait-changes.ts'

/** One difference between a schema and the environments as they are now. */
export interface SchemaDrift extends TraitChange {
  /** Such as `dynamics.contacts.jobtitle` or `activeCampaign.contacts.POSITION`. */
  readonly path: string
}

type Named<T> = Readonly<Record<string, T>> | undefined

/** The names of both, in an order that does not depend on the machine. */
const namesOf = (pulled: object, live: object): readonly string[] =>
  [...new Set([...Object.keys(pulled), ...Object.keys(live)])].toSorted((a, b) => (a < b ? -1 : 1))

const place = <T>(
  path: string,
  pulled: Named<T>,
  live: Named<T>,
  changes: (was: T, is: T) => readonly TraitChange[],
  isKept: (was: T) => boolean = () => true,
): readonly SchemaDrift[] => {
  if (pulled === undefined && live === undefined) return []
  if (live === undefined) {
    const message = 'is gone: a definition that maps any of it no longer compiles'
    return [{ path, change: 'removed', effect: 'breaks', message }]
  }
  if (pulled === undefined) {
    return [{ path, change: 'added', effect: 'none', message: 'is new: pull the schema again to map it' }]
  }
  const names = namesOf(pulled, live)
  return names.flatMap((name): readonly SchemaDrift[] => {
    const was = Object.hasOwn(pulled, name) ? pulled[name] : undefined
    const is = Object.hasOwn(live, name) ? live[name] : undefined
    const at = { path: `${path}.${name}` }
    if (was === undefined) {
      return [{ ...at, change: 'added', effect: 'none', message: 'is new: pull the schema again to map it' }]
    }
    if (is !== undefined) return changes(was, is).map((change) => ({ ...at, ...change }))
    if (!isKept(was)) return []
    const message = 'is gone: a definition that maps it no longer compiles; take the mapping out'
    return [{ ...at, change: 'removed', effect: 'breaks', message }]
  })
}

/**
 * Compares the schema that a definition was written against with the environments as they are now, field by field, and
 * says what each difference means for a definition that maps it.
 *
 * @example
 * ```ts
 * import { column, describeDrift, extendSchema, schemaDrift, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * const live = extendSchema(standardSchema, { dynamics: { contacts: { jobtitle: column.text(50) } } })
 * console.log(describeDrift(schemaDrift(standardSchema, live)))
 * ```
 */
export const schemaDrift = (pulled: Schema, live: Schema): readonly SchemaDrift[] => {
  const { objects: wereObjects = {}, ...wereFields } = pulled.activeCampaign
  const { objects: areObjects = {}, ...areFields } = live.activeCampaign
  const slugs = namesOf(wereObjects, areObjects)
  const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
    Object.hasOwn(record, name) ? record[name] : undefined
  return [
    ...entityNames.flatMap((entity) =>
      place(
        `dynamics.${entity}`,
        pulled.dynamics[entity],
        live.dynamics[entity],
        columnChanges,
        // A joined column is the schema's own; no environment has it.
        (column) => !('joins' in column),
      ),
    ),
    ...place('activeCampaign.contacts', wereFields.contacts, areFields.contacts, fieldChanges),
    ...place('activeCampaign.accounts', wereFields.accounts, areFields.accounts, fieldChanges),
    ...slugs.flatMap((slug) =>
      place(`activeCampaign.objects.${slug}`, own(wereObjects, slug), own(areObjects, slug), fieldChanges),
    ),
  ]
}

const headings = {
  breaks: 'Breaks a definition that maps it',
  review: 'Look at a definition that maps it',
  none: 'Changes nothing that is mapped',
} as const satisfies Record<SchemaDrift['effect'], string>

/** A stranger's name on one line. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')

/**
 * Renders drift as text, the worst first.
 *
 * @example
 * ```ts
 * import { describeDrift, schemaDrift, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * console.log(describeDrift(schemaDrift(standardSchema, standardSchema)))
 * ```
 */
export const describeDrift = (drift: readonly SchemaDrift[]): string => {
  if (drift.length === 0) return 'The environments are as they were when the schema was pulled.'
  return (['breaks', 'review', 'none'] as const)
    .map((effect) => ({ effect, found: drift.filter((each) => each.effect === effect) }))
    .filter(({ found }) => found.length > 0)
    .map(({ effect, found }) =>
      [
        `${headings[effect]}:`,
        ...found.map(({ path, message }) => `  ${oneLine(path)} ${oneLine(message)}`),
      ].join('\n'),
    )
    .join('\n\n')
}
