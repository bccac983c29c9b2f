import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import type { PlanSettings, Resolution } from '../../src/index.ts'
import { addPerson, person } from './person.ts'
import { definitions } from './policies.ts'
import { emptyWorld, type World } from './world.ts'

/** What people decided about held fields, of records that are there or are not. */
const resolutions = (entity: Resolution['entity'], ids: readonly [string, ...string[]]) =>
  fc.array(
    fc.record({
      entity: fc.constant(entity),
      dynamicsId: fc.constantFrom(...ids),
      field: fc.constantFrom(null, 'firstname:firstName', 'birthdate:BIRTHDAY', 'emailaddress1:email'),
      winner: fc.constantFrom('dynamics' as const, 'activeCampaign' as const),
    }),
    { maxLength: 1 },
  )

export interface History {
  readonly definition: CompiledDefinition
  readonly settings: Pick<PlanSettings, 'firstLink' | 'resolutions'>
  readonly world: () => World
  /** Merges by people once everything is quiet: which row into which. */
  readonly merges: readonly (readonly [number, number])[]
  /** Deleted rows that people restore, in the order in which they were deleted. */
  readonly restores: readonly number[]
  /** Edits by people once everything is quiet: row or contact, field, value. */
  readonly later: readonly (readonly [number, boolean, number, number])[]
  /** What a failing run prints. */
  toString(): string
}

/** What becomes of any history of people, whatever their tables. */
export const whatPeopleDo = (entity: Resolution['entity'], ids: readonly [string, ...string[]]) => ({
  firstLink: fc.constantFrom('hold' as const, 'policy' as const),
  resolutions: resolutions(entity, ids),
  merges: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 2 }),
  restores: fc.array(fc.nat(1), { maxLength: 1 }),
  later: fc.array(fc.tuple(fc.nat(5), fc.boolean(), fc.integer({ min: 1, max: 4 }), fc.nat(3)), {
    maxLength: 3,
  }),
})

/** As much of a definition as a history that fails has to show. */
const wordsOf = ({ entities, sharedContact }: CompiledDefinition) => ({
  sharedContact,
  entities: entities.map(({ fields, match, inScope, inboundScope, ...policies }) => ({
    ...policies,
    match,
    fields: fields.map(({ key, direction, blank, conflict }) => [key, direction, blank, conflict]),
  })),
})

type Drawn = Required<History['settings']> & Pick<History, 'definition' | 'merges' | 'restores' | 'later'>

/** `cast`: who is in it; a failing run prints them. */
export const historyOf = (
  { definition, firstLink, resolutions, merges, restores, later }: Drawn,
  cast: Readonly<Record<string, unknown>>,
  world: () => World,
): History => ({
  ...{ definition, merges, restores, later, world },
  settings: { firstLink, resolutions },
  toString: () =>
    JSON.stringify({ ...cast, merges, restores, later, firstLink, resolutions, ...wordsOf(definition) }),
})

export const history: fc.Arbitrary<History> = fc
  .record({
    definition: fc.constantFrom(...definitions),
    people: fc.array(person, { minLength: 1, maxLength: 3 }),
    ...whatPeopleDo('contacts', ['d0', 'd1', 'd2']),
  })
  .map(({ people, ...drawn }) =>
    historyOf(drawn, { people }, () => {
      const world = emptyWorld()
      for (const [index, person] of people.entries()) addPerson(world, person, `d${index}`, `${index}`)
      return world
    }),
  )
