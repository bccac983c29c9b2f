import type { Scenario } from '../scenario.ts'
import { ana, companies, company, definitionWith } from './companies.ts'

export const moving: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation: 'The row moves to another account',
    expected: ['set-active-campaign-account'],
    meaning: 'the contact moves to the account that is linked to it',
    arrange: (world) => {
      companies(world)
      ana(world, '1', '2')
    },
  },
  {
    situation: 'The contact moves to another account',
    expected: ['update-dynamics-record'],
    meaning: 'the row’s lookup moves',
    arrange: (world) => {
      companies(world)
      ana(world, '1', '1', '2')
    },
  },
  {
    situation: 'Both move to the same company',
    expected: ['link-records'],
    meaning: 'remembered, no call: the two ids are one account by its link',
    arrange: (world) => {
      companies(world)
      ana(world, '1', '2', '2')
    },
  },
  {
    situation: 'Both move, to different companies',
    expected: ['set-active-campaign-account'],
    meaning: 'a conflict like any other: here `dynamicsWins`',
    arrange: (world) => {
      companies(world)
      company(world, '3', 'Northwind')
      ana(world, '1', '2', '3')
    },
  },
  {
    situation: 'The same, and the mapping says `conflict: hold`',
    expected: ['hold conflict'],
    meaning: 'held until a person decides',
    definition: definitionWith({}, { conflict: 'hold' }),
    arrange: (world) => {
      companies(world)
      company(world, '3', 'Northwind')
      ana(world, '1', '2', '3')
    },
  },
  {
    situation: 'The row leaves its account',
    expected: [],
    meaning: 'a blank overwrites nothing (`ignoreBlank`)',
    arrange: (world) => {
      companies(world)
      ana(world, '1', null)
    },
  },
  {
    situation: 'The same, and the mapping says `blank: clear`',
    expected: ['set-active-campaign-account'],
    meaning: 'the contact leaves its account too',
    definition: definitionWith({}, { blank: 'clear' }),
    arrange: (world) => {
      companies(world)
      ana(world, '1', null)
    },
  },
  {
    situation: 'The contact moves, and the mapping flows outbound only',
    expected: ['set-active-campaign-account'],
    meaning: 'it is put back: the row owns the relation',
    definition: definitionWith({}, { direction: 'outbound' }),
    arrange: (world) => {
      companies(world)
      ana(world, '1', '1', '2')
    },
  },
]
