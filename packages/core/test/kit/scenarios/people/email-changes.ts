import { map } from '@dynacamp/mapping-dsl'
import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { ana, anaAndBob, anaContact } from './people.ts'

export const emailChanges: readonly Scenario[] = [
  {
    topic: 'E-mail changes',
    situation: 'The e-mail of a linked row changes',
    expected: ['update-active-campaign-contact'],
    meaning: 'the same contact gets the new e-mail; there is no second contact',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'ana@new.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The e-mail of a linked contact changes',
    expected: ['update-dynamics-record'],
    meaning: 'the same row gets the new e-mail',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'ana@new.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'It changes on both sides to the same',
    expected: ['link-records'],
    meaning: 'remembered, no call',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'ana@new.example' })
      putContact(world, '1', { ...anaContact, email: 'ana@new.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The same, and the first name changes in D365',
    expected: ['link-records', 'update-active-campaign-contact'],
    meaning: 'the one is remembered, the other written; neither waits for the other',
    waits: { 'update-active-campaign-contact': [] },
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { firstname: 'Anna', emailaddress1: 'ana@new.example' })
      putContact(world, '1', { ...anaContact, email: 'ana@new.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'It changes on both sides to different ones',
    expected: ['update-active-campaign-contact'],
    meaning: 'a conflict like any other: here `dynamicsWins`',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'ana@new.example' })
      putContact(world, '1', { ...anaContact, email: 'ana@other.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The same, and the mapping says `conflict: hold`',
    expected: ['hold conflict'],
    meaning: 'held until a person decides',
    definition: contactsDefinition({
      fields: [map('emailaddress1', 'email', { conflict: 'hold' }), map('firstname', 'firstName')],
    }),
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'ana@new.example' })
      putContact(world, '1', { ...anaContact, email: 'ana@other.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail belongs to another contact',
    expected: ['hold key-taken'],
    meaning: 'the e-mail is held, other fields go on',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail of a linked row belongs to a row without a link, and to no contact',
    expected: ['hold shared-key', 'hold shared-key'],
    meaning: 'held, and so is the other row: two rows would share one contact',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'cem@example.com' })
      putRow(world, 'd3', { emailaddress1: 'cem@example.com', firstname: 'Cem' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail of a linked row is malformed',
    expected: ['hold bad-value'],
    meaning: 'the e-mail is held until it is corrected, other fields go on',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'ana at example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'It has more than 400 characters',
    expected: ['hold malformed-key'],
    meaning: 'held: it names nobody',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: `ana@${'example.'.repeat(60)}com` })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail of a linked contact is that of a row without a link',
    expected: ['hold key-taken', 'hold linked-elsewhere'],
    meaning: 'the e-mail is held, and the other row waits: two rows would share one contact',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd3', { emailaddress1: 'cem@example.com', firstname: 'Cem' })
      putContact(world, '1', { ...anaContact, email: 'cem@example.com' })
    },
  },
]
