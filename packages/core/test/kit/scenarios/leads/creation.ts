import { marks } from '../../../../src/index.ts'
import { putContact } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { ana, anaContact, contact, definitionWith, person } from './people.ts'

export const creation: readonly Omit<Scenario, 'topic' | 'leads'>[] = [
  {
    situation: 'A contact of ActiveCampaign has no row, and `createInDynamics` is `all` for both tables',
    expected: ['create-dynamics-record', 'skip other-entity-speaks'],
    meaning: 'one row is made: the table that speaks makes it',
    definition: definitionWith({ createInDynamics: 'all' }),
    arrange: (world) => person(world, anaContact, []),
  },
  {
    situation: '`createInDynamics: tagged`, and it has the tag `[D365: Lead]`',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a lead is made',
    definition: definitionWith({ createInDynamics: 'tagged' }),
    arrange: (world) => putContact(world, '7', anaContact, { tags: [marks.leads], lists: [] }),
  },
  {
    situation: 'The same, and the tag `[D365: Contact]` too',
    expected: ['create-dynamics-record', 'skip other-entity-speaks'],
    meaning: 'one row is made, a contact',
    definition: definitionWith({ createInDynamics: 'tagged' }),
    arrange: (world) =>
      putContact(world, '7', anaContact, { tags: [marks.leads, marks.contacts], lists: [] }),
  },
  {
    situation: '`createInDynamics` is `all` for leads and `never` for contacts',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a lead is made',
    definition: definitionWith({ createInDynamics: 'all' }, { createInDynamics: 'never' }),
    arrange: (world) => person(world, anaContact, []),
  },
  {
    situation: '`never` for leads and `all` for contacts',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a contact is made',
    definition: definitionWith({ createInDynamics: 'never' }, { createInDynamics: 'all' }),
    arrange: (world) => person(world, anaContact, []),
  },
  {
    situation: '`all` for leads and `tagged` for contacts, and it has no tag',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a lead is made: for contacts nobody asks',
    definition: definitionWith({ createInDynamics: 'all' }, { createInDynamics: 'tagged' }),
    arrange: (world) => person(world, anaContact, []),
  },
  {
    situation: 'The same, and its tags have not been read',
    expected: ['hold not-known-yet', 'hold not-known-yet'],
    meaning: 'asked for first, for leads too: one of them may ask for a contact',
    definition: definitionWith({ createInDynamics: 'all' }, { createInDynamics: 'tagged' }),
    arrange: (world) => {
      world.contacts.set('7', { id: '7', fields: anaContact, lists: [] })
    },
  },
  {
    situation: 'The same, with the tags `[D365: Contact]` and `[D365: Pushed from Dynamics]`',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a lead is made: the request for a contact is an old one',
    definition: definitionWith({ createInDynamics: 'all' }, { createInDynamics: 'tagged' }),
    arrange: (world) =>
      putContact(world, '7', anaContact, { tags: [marks.contacts, marks.pushed], lists: [] }),
  },
  {
    situation: '`all` for both, contacts by a tag only, which it does not have',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a lead is made: it is not among those who become contacts',
    definition: definitionWith({ createInDynamics: 'all' }, { inboundScope: { tags: { hasAny: ['VIP'] } } }),
    arrange: (world) => person(world, anaContact, []),
  },
  {
    situation: 'The tag `[D365: Lead]`, and the person has a contact that is out of scope',
    expected: ['skip other-entity-speaks', 'skip out-of-scope', 'skip out-of-scope'],
    meaning: 'no lead is made for somebody who has a contact',
    definition: definitionWith({ createInDynamics: 'tagged' }),
    arrange: (world) => {
      contact(world, { ...ana, firstname: 'Out' })
      putContact(world, '7', anaContact, { tags: [marks.leads] })
    },
  },
]
