import { map } from '@dynacamp/mapping-dsl'
import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { ana, anaAndBob, anaContact, bob, bobContact, inScope, link } from './people.ts'

export const emailsPassedOn: readonly Scenario[] = [
  {
    topic: 'E-mail changes',
    situation: 'Two contacts have exchanged their e-mails in ActiveCampaign',
    expected: ['update-dynamics-record', 'update-dynamics-record'],
    meaning: 'both rows get theirs: D365 takes them in any order',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'bob@example.com' })
      putContact(world, '2', { ...bobContact, email: 'ana@example.com' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'A contact gets the e-mail of another one, which is gone; its row has the e-mail still',
    expected: ['hold key-taken', 'skip deleted'],
    meaning: 'the e-mail is held: the other row keeps it',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'bob@example.com' })
      world.contacts.delete('2')
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The other contact is there, and its new e-mail is malformed',
    expected: ['hold bad-value', 'hold key-taken'],
    meaning: 'both are held: the other row keeps the e-mail until that is corrected',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'bob@example.com' })
      putContact(world, '2', { ...bobContact, email: 'bob at example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'Its new e-mail is that of a third row',
    expected: ['hold key-taken', 'hold key-taken', 'hold linked-elsewhere'],
    meaning: 'both are held, and the third row waits',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'bob@example.com' })
      putContact(world, '2', { ...bobContact, email: 'cem@example.com' })
      putRow(world, 'd3', { emailaddress1: 'cem@example.com', firstname: 'Cem' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'Its new e-mail is that of two more rows, and only one of them moves on',
    expected: ['hold key-taken', 'hold key-taken', 'hold shared-key', 'update-dynamics-record'],
    meaning: 'both are held: one who keeps the e-mail is enough',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'bob@example.com' })
      putContact(world, '2', { ...bobContact, email: 'cem@example.com' })
      const cem = { emailaddress1: 'cem@example.com', firstname: 'Cem' }
      const cemContact = { email: 'cem@example.com', firstName: 'Cem' }
      putRow(world, 'd3', cem)
      putContact(world, '3', { ...cemContact, email: 'cem@new.example' })
      link(world, 'd3', '3', { dynamics: cem, activeCampaign: cemContact })
      putRow(world, 'd4', { ...cem, firstname: 'Cemal' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail was that of another contact, whose row has a new one too',
    expected: ['update-active-campaign-contact', 'update-active-campaign-contact'],
    meaning: 'both move on, the other contact first; so do chains of three and more',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'bob@new.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation:
      'The same, but the e-mail of the other contact was changed in ActiveCampaign too, and that wins',
    expected: ['hold key-taken', 'hold key-taken'],
    meaning: 'the other contact does not move on, and two rows would have one e-mail: both are held',
    definition: contactsDefinition({
      fields: [
        map('emailaddress1', 'email', { conflict: 'activeCampaignWins' }),
        map('firstname', 'firstName'),
      ],
    }),
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@other.example' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'bob@new.example' })
      putContact(world, '2', { ...bobContact, email: 'bob@other.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail was that of another contact, which moves on; a third row has it as well',
    expected: ['hold key-taken', 'hold shared-key', 'update-active-campaign-contact'],
    meaning: 'the other contact moves on; who has its old e-mail is for people to say, and both are held',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'bob@new.example' })
      putRow(world, 'd3', { ...bob, firstname: 'Robert' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail was that of another contact, whose row got that of a third row',
    expected: ['hold key-taken', 'hold shared-key', 'hold shared-key'],
    meaning: 'the other contact does not move on, so the first one waits as well',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'cem@example.com' })
      putRow(world, 'd3', { emailaddress1: 'cem@example.com', firstname: 'Cem' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail was that of another contact, whose row has a malformed one now',
    expected: ['hold bad-value', 'hold key-taken'],
    meaning: 'both are held until that is corrected',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'bob at example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The same, and that has more than 400 characters',
    expected: ['hold key-taken', 'hold malformed-key'],
    meaning: 'the same',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: `bob@${'example.'.repeat(60)}com` })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail was that of another contact, whose row has a new one and left the scope',
    expected: ['hold key-taken', 'skip left-scope'],
    meaning: 'nothing flows to the other contact any more: it keeps the e-mail, and the first one waits',
    definition: contactsDefinition({ inScope }),
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { emailaddress1: 'bob@new.example', firstname: 'Out' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail is that of another contact, whose row was deleted',
    expected: ['hold key-taken', 'skip deleted'],
    meaning: 'the contact that is kept keeps its e-mail',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      world.rows.delete('d2')
      putContact(world, '2', { ...bobContact, firstName: 'Robert' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'Two linked rows swap their e-mails',
    expected: ['hold key-taken', 'hold key-taken'],
    meaning: 'both e-mails are held, and the ways out named: ActiveCampaign takes neither change first',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'ana@example.com' })
    },
  },
]
