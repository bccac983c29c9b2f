import { map } from '@dynacamp/mapping-dsl'
import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { ana, anaAndBob, anaContact } from './people.ts'

const clearing = contactsDefinition({
  fields: [map('emailaddress1', 'email', { blank: 'clear' }), map('firstname', 'firstName')],
})

export const emailsEmptied: readonly Scenario[] = [
  {
    topic: 'E-mail changes',
    situation: 'The e-mail of a linked row is emptied',
    expected: [],
    meaning: 'a blank overwrites nothing (`ignoreBlank`)',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: null })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The same, and the mapping says `blank: clear`',
    expected: ['hold malformed-key'],
    meaning: 'held: a contact cannot be without one',
    definition: clearing,
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: null })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'ActiveCampaign shows a linked contact without one, and the mapping says `blank: clear`',
    expected: ['update-dynamics-record'],
    meaning: 'cleared: a row can be without one',
    definition: clearing,
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: '' })
    },
  },
]
