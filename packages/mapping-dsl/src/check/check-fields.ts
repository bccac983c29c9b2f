import { compatible, incompatibility } from '../codec/compatibility.ts'
import type { EntityDefinition } from '../definition/definition.ts'
import type { Direction, FieldMapping } from '../definition/field-mapping.ts'
import type { Column } from '../schema/column.ts'
import type { Field } from '../schema/field.ts'
import { checkAccess, checkLength } from './check-access.ts'
import { checkChoices } from './check-choices.ts'
import { type CheckContext, type MappedPair, type MappingPlace, onlyFlows } from './check-context.ts'
import { checkCalls, checkTransforms } from './check-transforms.ts'
import { type Diagnostic, maxProblems, moreProblems, nearest, problemAt } from './diagnostic.ts'

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

/** A direction that a field may not have is told by itself, and leads to nothing else. */
export const directionIn = (entity: EntityDefinition, mapping: FieldMapping): Direction =>
  entity.direction === 'bidirectional' ? (mapping.direction ?? 'bidirectional') : entity.direction

const allows = (allowed: Direction, wanted: Direction): boolean =>
  allowed === 'bidirectional' || allowed === wanted

/** Also of a mapping whose two sides do not exist. */
export const checkOwnDirection = (mapping: FieldMapping, place: MappingPlace): readonly Diagnostic[] => {
  const { direction, activeCampaign } = mapping
  if (direction === undefined || place.entity.direction === 'bidirectional') return []
  const message = `a field has a direction of its own only where the entity is bidirectional; ${place.name} are ${place.entity.direction}: leave \`direction\` of \`${activeCampaign}\` out`
  return [problemAt('direction-not-allowed', `${place.path}.direction`, message)]
}

const checkDirection = ({ mapping, column, field, direction, place }: MappedPair): readonly Diagnostic[] => {
  const { dynamics, activeCampaign } = mapping
  const flow = compatible(column.type, field.type)?.flow
  if (flow !== undefined && !allows(flow, direction)) {
    const message = `\`${dynamics}\` to \`${activeCampaign}\` can only flow ${flow}: ${onlyFlows(flow, place)}`
    return [problemAt('one-way-pair', `${place.path}.direction`, message)]
  }
  const owner = direction === 'inbound' ? 'activeCampaignWins' : 'dynamicsWins'
  if (direction !== 'bidirectional' && mapping.conflict !== undefined && mapping.conflict !== owner) {
    const message = `a field that flows ${direction} belongs to its source: leave \`conflict\` out`
    return [problemAt('conflict-of-one-way-field', `${place.path}.conflict`, message)]
  }
  return []
}

/** Everything that is wrong with a pair whose two sides exist. */
export const checkPair = (
  mapping: FieldMapping,
  column: Column,
  field: Field,
  place: MappingPlace,
  context: CheckContext,
): readonly Diagnostic[] => {
  const { dynamics, activeCampaign } = mapping
  if (compatible(column.type, field.type) === undefined) {
    const message = `\`${dynamics}\` (${column.type}) cannot be mapped to \`${activeCampaign}\` (${field.type}): ${incompatibility(column.type, field.type)}`
    return [problemAt('incompatible-types', place.path, message), ...checkCalls(mapping, place, context)]
  }
  const direction = directionIn(place.entity, mapping)
  const pair: MappedPair = { mapping, column, field, direction, place }
  return [
    ...checkDirection(pair),
    ...checkAccess(pair),
    ...checkLength(pair),
    ...checkChoices(pair),
    ...checkTransforms(pair, context),
  ]
}

const suggest = (name: string, known: object, { suggests = true }: MappingPlace): string | undefined =>
  suggests ? nearest(name, Object.keys(known)) : undefined

const unknownField = (mapping: FieldMapping, place: MappingPlace): Diagnostic => {
  const { activeCampaign } = mapping
  const path = `${place.path}.activeCampaign`
  if (/^deal([._ -]|[A-Z]|$)/i.test(activeCampaign)) {
    return problemAt(
      'deal-field',
      path,
      `\`${activeCampaign}\` is a field of deals, which cannot be mapped: map a field of the contact or the account`,
    )
  }
  const suggestion = suggest(activeCampaign, place.fields, place)
  return problemAt('unknown-field', path, `no field \`${activeCampaign}\``, suggestion)
}

/** A column that a mapping names and the schema does not have. */
export const unknownColumn = (mapping: FieldMapping, place: MappingPlace): Diagnostic =>
  problemAt(
    'unknown-column',
    `${place.path}.dynamics`,
    `no column \`${mapping.dynamics}\``,
    suggest(mapping.dynamics, place.columns, place),
  )

const checkOne = (
  mapping: FieldMapping,
  place: MappingPlace,
  context: CheckContext,
): readonly Diagnostic[] => {
  const column = own(place.columns, mapping.dynamics)
  const field = own(place.fields, mapping.activeCampaign)
  const onlyForOpportunities = (['as', 'currency', 'required', 'enabled'] as const)
    .filter((option) => mapping[option] !== undefined)
    .map((option) =>
      problemAt(
        'only-for-opportunities',
        `${place.path}.${option}`,
        `\`${option}\` can be said of opportunities only`,
      ),
    )
  return [
    ...onlyForOpportunities,
    ...checkOwnDirection(mapping, place),
    ...(column === undefined ? [unknownColumn(mapping, place)] : []),
    ...(field === undefined ? [unknownField(mapping, place)] : []),
    ...(column !== undefined && field !== undefined
      ? checkPair(mapping, column, field, place, context)
      : checkCalls(mapping, place, context)),
  ]
}

/** One side of a mapping: what others must not share with it, unless all of them only read it. */
interface End {
  readonly name: string
  readonly mapping: FieldMapping
  readonly isRead: boolean
}

const endsOf = (entity: EntityDefinition, mapping: FieldMapping): readonly End[] => {
  const direction = directionIn(entity, mapping)
  const { dynamics, activeCampaign, enabled } = mapping
  return [
    // Switched off it reads nothing; its field stays in the custom object.
    ...(enabled === false
      ? []
      : [{ name: `column \`${dynamics}\``, mapping, isRead: direction === 'outbound' }]),
    { name: `ActiveCampaign field \`${activeCampaign}\``, mapping, isRead: direction === 'inbound' },
  ]
}

/**
 * A column or field that two mappings share. What was last in sync is remembered once for each of them, so that a value that one
 * mapping carries would hide from the other that it changed. Where all of them only read it, nothing is hidden.
 */
export const mappedTwice = (entity: EntityDefinition, path: string): readonly Diagnostic[] => {
  const seen = new Map<string, End>()
  const problems = entity.fields.flatMap((mapping, index) =>
    endsOf(entity, mapping).flatMap((end) => {
      const first = seen.get(end.name)
      if (first !== undefined && !(first.isRead && end.isRead)) {
        const { dynamics, activeCampaign } = first.mapping
        const message = `${end.name} is in the mapping of \`${dynamics}\` to \`${activeCampaign}\` already, and what one of the two carries would hide from the other that it changed: map it once, or let both only read it, by their \`direction\``
        return [problemAt('mapped-twice', `${path}.fields[${index}]`, message)]
      }
      if (first === undefined) seen.set(end.name, end)
      return []
    }),
  )
  return [...problems.slice(0, maxProblems), ...moreProblems(problems.length - maxProblems, `${path}.fields`)]
}

/**
 * What is wrong with each of many mappings. Where that is more than people correct at a time, one problem of each mapping
 * is told, and how many mappings have more.
 */
export const checkEach = (
  place: MappingPlace,
  check: (mapping: FieldMapping, at: MappingPlace) => readonly Diagnostic[],
): readonly Diagnostic[] => {
  let broken = 0
  const found = place.entity.fields.map((mapping, index) => {
    const suggests = broken < maxProblems
    const problems = check(mapping, { ...place, path: `${place.path}.fields[${index}]`, suggests })
    if (problems.length > 0) broken += 1
    return problems
  })
  const all = found.flat()
  if (all.length <= maxProblems) return all
  const firsts = found.flatMap((problems) => (problems.find(isError) ?? problems[0]) || [])
  const listed = [...firsts].sort((a, b) => Number(isError(b)) - Number(isError(a))).slice(0, maxProblems)
  return [...listed, ...moreProblems(all.length - listed.length, `${place.path}.fields`)]
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error'

/** Everything that is wrong with an entity's mappings. */
export const checkFields = (place: MappingPlace, context: CheckContext): readonly Diagnostic[] => [
  ...checkEach(place, (mapping, at) => checkOne(mapping, at, context)),
  ...mappedTwice(place.entity, place.path),
]
