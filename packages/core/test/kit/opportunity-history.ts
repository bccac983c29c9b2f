import type { CompiledDefinition, FieldMapping, Fields } from '@dynacamp/mapping-dsl'
import { map } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { contactRelationship, type ObjectField, type ObservedCustomObject } from '../../src/index.ts'
import { opportunityDefinition } from './opportunity-definition.ts'
import { emptyOpportunities, type OpportunityWorld, putOpportunity } from './opportunity-world.ts'

const blanks = ['ignoreBlank', 'clear', 'onlyIfEmpty'] as const

/** How a definition may grow: everything on, one field off, another one added. */
const mappings = (
  blank: (typeof blanks)[number],
  shape: 'first' | 'off' | 'longer',
): readonly FieldMapping[] => [
  map('name', 'name', { as: 'text', required: true, blank }),
  map('estimatedvalue', 'value', { as: 'currency', currency: 'EUR', blank, enabled: shape !== 'off' }),
  map('opportunityratingcode', 'rating', { as: 'dropdown', blank, required: shape === 'off' }),
  ...(shape === 'longer' ? [map('closeprobability', 'probability', { as: 'number', blank })] : []),
]

/** Compiled once, as a host does: what is in force first, and what comes later. */
const definitions: readonly (readonly [CompiledDefinition, CompiledDefinition])[] = blanks.flatMap(
  (blank) => {
    const of = (shape: 'first' | 'off' | 'longer') => opportunityDefinition(mappings(blank, shape))
    const [first, off, longer] = [of('first'), of('off'), of('longer')]
    return [
      [first, first],
      [first, off],
      [first, longer],
      [off, first],
    ] as const
  },
)

/** Few values, the last of some of them one that cannot be carried. */
const columns = {
  name: ['Bearings', 'Gears', '', null],
  estimatedvalue: ['100 EUR', '250.5 EUR', null, '100 USD'],
  opportunityratingcode: [1, 2, null, 99],
  closeprobability: [null, 10, 0, 50],
  stepname: ['in', 'in', 'in', 'out'],
  description: ['x', 'y', null, 'z'],
  _parentcontactid_value: ['c1', 'c2', null, 'c3'],
  _customerid_value: ['a1', 'c1', 'a1', 'a1'],
  _originatingleadid_value: [null, null, 'l1', 'l1'],
} as const
const names = Object.keys(columns) as readonly (keyof typeof columns)[]

const rowOf = (values: readonly number[]): Fields =>
  Object.fromEntries(names.map((name, index) => [name, columns[name][values[index] ?? 0] ?? null]))

const foreign: ObjectField = {
  ...{ id: 'own', type: 'text', required: false },
  ...{ currency: null, scale: null, options: [] },
}

/** What is there before the first sync. */
const objects: readonly ObservedCustomObject[] = [
  null,
  null,
  { fields: [foreign], deleted: [], showsContact: true },
  { fields: [foreign, { ...foreign, id: 'rating', type: 'number' }], deleted: [], showsContact: true },
  { fields: [{ ...foreign, required: true }], deleted: [], showsContact: true },
  { fields: [], deleted: ['value'], showsContact: true },
  { fields: [], deleted: [], showsContact: false },
  'unavailable',
]

const values = fc.tuple(...names.map(() => fc.nat(3)))
const people = ['c1', 'c2', 'c3', 'l1'] as const

/** Something that happens between two syncs. */
const event = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('edit'), fc.nat(3), fc.nat(names.length - 1), fc.nat(3)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('person'), fc.nat(people.length - 1), fc.nat(3), fc.nat(1)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('delete-row'), fc.nat(3), fc.nat(3), fc.nat(1)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('delete-record'), fc.nat(3), fc.nat(3), fc.nat(1)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('edit-record'), fc.nat(3), fc.nat(3), fc.nat(1)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('delete-both'), fc.nat(3), fc.nat(3), fc.nat(1)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('lose-state'), fc.nat(3), fc.nat(3), fc.nat(1)) },
)

type Event = typeof event extends fc.Arbitrary<infer E> ? E : never

export interface OpportunityHistory {
  readonly first: CompiledDefinition
  readonly later: CompiledDefinition
  readonly firstLink: 'hold' | 'policy'
  readonly world: () => OpportunityWorld
  readonly rounds: readonly (readonly Event[])[]
}

const setPerson = (world: OpportunityWorld, id: string, how: number): void => {
  const entity = id === 'l1' ? 'leads' : 'contacts'
  if (how === 0) world.people.delete(id)
  else if (how === 1) world.people.set(id, { entity, activeCampaignId: `7${id}`, plannedBy: null })
  else if (how === 2) world.people.set(id, { entity, activeCampaignId: null, plannedBy: `create:${id}` })
  // Linked anew, or merged into another contact.
  else world.people.set(id, { entity, activeCampaignId: `8${id}`, plannedBy: null })
}

/** Lets something happen. */
export const happen = (world: OpportunityWorld, [what, which, index, value]: Event): void => {
  const id = `o${which}`
  const row = world.rows.get(id)
  const record = world.records.get(id)
  const name = names[index] ?? 'name'
  if (what === 'delete-row' || what === 'delete-both') world.rows.delete(id)
  if (what === 'delete-record' || what === 'delete-both') world.records.delete(id)
  if (what === 'person') setPerson(world, people[which] ?? 'c1', index)
  else if (what === 'edit' && row !== undefined)
    putOpportunity(world, id, { ...row.fields, [name]: columns[name][value] ?? null })
  else if (what === 'edit-record' && record !== undefined)
    world.records.set(id, { ...record, [index === 0 ? contactRelationship : 'name']: `by hand ${value}` })
  else if (what === 'lose-state') world.links.clear()
}

export const opportunityHistory: fc.Arbitrary<OpportunityHistory> = fc
  .record({
    definition: fc.constantFrom(...definitions),
    firstLink: fc.constantFrom('hold' as const, 'policy' as const),
    object: fc.constantFrom(...objects),
    rows: fc.array(values, { minLength: 1, maxLength: 4 }),
    inSync: fc.array(fc.nat(3), { minLength: people.length, maxLength: people.length }),
    rounds: fc.array(fc.array(event, { maxLength: 4 }), { maxLength: 3 }),
  })
  .map(({ definition: [first, later], firstLink, object, rows, inSync, rounds }) => ({
    ...{ first, later, firstLink, rounds },
    world: () => {
      const world = emptyOpportunities()
      world.object = object
      for (const [index, id] of people.entries()) setPerson(world, id, inSync[index] ?? 0)
      for (const [index, row] of rows.entries()) putOpportunity(world, `o${index}`, rowOf(row))
      return world
    },
    // What a failing run prints.
    toString: () =>
      JSON.stringify({ firstLink, object, rows, inSync, rounds, fields: later.entities[2]?.fields }),
  }))
