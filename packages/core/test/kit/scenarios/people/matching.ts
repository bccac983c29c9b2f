import { map } from '@dynacamp/mapping-dsl'
import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { ana, anaAndBob, anaContact, bob, link } from './people.ts'

export const matching: readonly Scenario[] = [
  {
    topic: 'Matching',
    situation: 'A row and a contact have the same e-mail, written in different case, and agree',
    expected: ['link-records'],
    meaning: 'linked, no call',
    arrange: (world) => {
      putRow(world, 'd1', { ...ana, emailaddress1: 'Ana@Example.com' })
      putContact(world, '1', anaContact)
    },
  },
  {
    topic: 'Matching',
    situation: 'They differ in a field',
    expected: ['hold first-link-differs', 'link-records'],
    meaning: 'linked; the field is held, the others are in sync',
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', { ...anaContact, firstName: 'Anna' })
    },
  },
  {
    topic: 'Matching',
    situation: 'They differ in a field, and `firstLink` is `policy`',
    expected: ['link-records', 'update-active-campaign-contact'],
    meaning: 'the conflict policy decides, and the plan lists what it overrules',
    settings: { firstLink: 'policy' },
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', { ...anaContact, firstName: 'Anna' })
    },
  },
  {
    topic: 'Matching',
    situation: 'They differ in a field, and a person decides for ActiveCampaign',
    expected: ['link-records', 'update-dynamics-record'],
    meaning: 'what the person decided is written, and listed as overruled',
    settings: {
      resolutions: [{ entity: 'contacts', dynamicsId: 'd1', field: null, winner: 'activeCampaign' }],
    },
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', { ...anaContact, firstName: 'Anna' })
    },
  },
  {
    topic: 'Matching',
    situation: 'The same, and contacts flow outbound only',
    expected: ['hold first-link-differs', 'link-records'],
    meaning: 'still held: no decision writes to the side that everything comes from',
    definition: contactsDefinition({
      direction: 'outbound',
      fields: [map('emailaddress1', 'email'), map('firstname', 'firstName')],
    }),
    settings: {
      resolutions: [{ entity: 'contacts', dynamicsId: 'd1', field: null, winner: 'activeCampaign' }],
    },
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', { ...anaContact, firstName: 'Anna' })
    },
  },
  {
    topic: 'Matching',
    situation: 'Two rows have one e-mail, no contact has it',
    expected: ['hold shared-key', 'hold shared-key'],
    meaning: 'both are held, each naming the other',
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putRow(world, 'd2', ana)
    },
  },
  {
    topic: 'Matching',
    situation: 'The same, and the definition says `sharedEmail: oldest`',
    expected: ['create-active-campaign-contact', 'skip other-row-speaks'],
    meaning: 'the older row gets the contact, the other is left aside',
    definition: contactsDefinition({ sharedEmail: 'oldest' }),
    arrange: (world) => {
      putRow(world, 'd1', ana, { createdOn: '2020-01-01T00:00:00Z' })
      putRow(world, 'd2', ana, { createdOn: '2021-01-01T00:00:00Z' })
    },
  },
  {
    topic: 'Matching',
    situation: 'The same, but one time of creation is not known',
    expected: ['hold shared-key', 'hold shared-key'],
    meaning: 'no guessing: held',
    definition: contactsDefinition({ sharedEmail: 'oldest' }),
    arrange: (world) => {
      putRow(world, 'd1', ana, { createdOn: '2020-01-01T00:00:00Z' })
      putRow(world, 'd2', ana)
    },
  },
  {
    topic: 'Matching',
    situation: 'Two rows have one e-mail, and the definition says `sharedEmail: latestModified`',
    expected: ['create-active-campaign-contact', 'skip other-row-speaks'],
    meaning: 'the row that was worked on last gets the contact',
    definition: contactsDefinition({ sharedEmail: 'latestModified' }),
    arrange: (world) => {
      const [old, young] = ['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z']
      putRow(world, 'd1', ana, { createdOn: old, modifiedOn: old })
      putRow(world, 'd2', ana, { createdOn: young, modifiedOn: young })
    },
  },
  {
    topic: 'Matching',
    situation: 'The same, and both were changed at once, as an import does',
    expected: ['hold shared-key', 'hold shared-key'],
    meaning: 'which came first would be chance: held',
    definition: contactsDefinition({ sharedEmail: 'latestModified' }),
    arrange: (world) => {
      putRow(world, 'd1', ana, { modifiedOn: '2021-01-01T00:00:00Z' })
      putRow(world, 'd2', ana, { modifiedOn: '2021-01-01T01:00:00+01:00' })
    },
  },
  {
    topic: 'Matching',
    situation: 'A linked row, and a second row gets the same e-mail',
    expected: ['hold shared-key'],
    meaning: 'the linked one goes on, the second is held: no contact ever mixes two rows',
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', { ...ana, firstname: 'Annette' })
    },
  },
  {
    topic: 'Matching',
    situation: 'The same, `sharedEmail: oldest`, and the second row is the older one',
    expected: ['skip other-row-speaks'],
    meaning: 'who is linked keeps the contact: speakers do not change with every row that comes',
    definition: contactsDefinition({ sharedEmail: 'oldest' }),
    arrange: (world) => {
      putRow(world, 'd1', ana, { createdOn: '2021-01-01T00:00:00Z' })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', { ...ana, firstname: 'Annette' }, { createdOn: '2020-01-01T00:00:00Z' })
    },
  },
  {
    topic: 'Matching',
    situation: '`sharedEmail: oldest`, two linked rows have one e-mail by now, and a third one gets it',
    expected: ['hold key-taken', 'hold shared-key'],
    meaning: 'no guessing which of the two speaks: the e-mail of the second is held, and so is the third row',
    definition: contactsDefinition({ sharedEmail: 'oldest' }),
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { createdOn: '2020-01-01T00:00:00Z' })
      putRow(world, 'd2', { ...bob, emailaddress1: ana.emailaddress1 }, { createdOn: '2021-01-01T00:00:00Z' })
      putRow(world, 'd3', ana, { createdOn: '2019-01-01T00:00:00Z' })
    },
  },
  {
    topic: 'Matching',
    situation: 'A merged (inactive) row and the surviving one have one e-mail',
    expected: ['link-records', 'skip inactive'],
    meaning: 'the surviving row is matched',
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putRow(world, 'd2', ana)
      putContact(world, '1', anaContact)
    },
  },
  {
    topic: 'Matching',
    situation: 'A row without an e-mail',
    expected: ['skip no-match-key'],
    meaning: 'left aside',
    arrange: (world) => putRow(world, 'd1', { firstname: 'Ana' }),
  },
  {
    topic: 'Matching',
    situation: 'A row with a malformed e-mail',
    expected: ['hold malformed-key'],
    meaning: 'held until it is corrected',
    arrange: (world) => putRow(world, 'd1', { ...ana, emailaddress1: 'ana at example' }),
  },
  {
    topic: 'Matching',
    situation: 'A contact with a malformed e-mail',
    expected: ['skip no-match-key'],
    meaning: 'left aside, also where contacts may become rows',
    definition: contactsDefinition({ createInDynamics: 'all' }),
    arrange: (world) => putContact(world, '1', { ...anaContact, email: 'ana at example' }, { lists: [] }),
  },
]
