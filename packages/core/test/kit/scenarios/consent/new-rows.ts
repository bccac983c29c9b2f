import { contactsDefinition } from '../../definition.ts'
import { putContact } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { anaContact, off } from './people.ts'

export const newRows: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation: 'A contact that is to become a row is on no list any more',
    expected: ['create-dynamics-record'],
    meaning: 'the row is made with `donotbulkemail` set',
    definition: contactsDefinition({ createInDynamics: 'all' }),
    arrange: (world) => putContact(world, '1', anaContact, { lists: [off('1')] }),
  },
  {
    situation: 'The same, and its lists have not been read',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first',
    definition: contactsDefinition({ createInDynamics: 'all' }),
    arrange: (world) => putContact(world, '1', anaContact),
  },
]
