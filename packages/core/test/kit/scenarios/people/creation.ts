import { map } from '@dynacamp/mapping-dsl'
import { type ListStatus, marks } from '../../../../src/index.ts'
import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow, type World } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { ana, anaContact, inScope, link, list, out } from './people.ts'

const newsletter: ListStatus = { ...list('1', 'active'), name: 'Newsletter' }

const onNewsletter = contactsDefinition({
  createInDynamics: 'all',
  inboundScope: { lists: { hasAny: ['Newsletter'] } },
  optOut: { direction: 'outbound' },
})

const whoGetsMail = contactsDefinition({
  createInDynamics: 'all',
  inboundScope: { status: { hasAny: ['active'] } },
  optOut: { direction: 'outbound' },
})

const toColumn = (column: string) =>
  contactsDefinition({
    createInDynamics: 'all',
    optOut: { direction: 'outbound' },
    fields: [map('emailaddress1', 'email'), { dynamics: column, activeCampaign: 'CHILDREN' }],
  })

/** Ana, whose tags nobody has read. */
const untagged = (world: World): void => {
  world.contacts.set('1', { id: '1', fields: anaContact, lists: [] })
}

export const creation: readonly Scenario[] = [
  {
    topic: 'Creation',
    situation: 'A row in scope that ActiveCampaign does not have',
    expected: ['create-active-campaign-contact'],
    meaning: 'created',
    arrange: (world) => putRow(world, 'd1', ana),
  },
  {
    topic: 'Creation',
    situation: 'One of its values is none that ActiveCampaign’s field can have',
    expected: ['create-active-campaign-contact', 'hold bad-value'],
    meaning: 'created without it; the field is held until the value is corrected',
    definition: contactsDefinition({
      fields: [
        map('emailaddress1', 'email'),
        map('telephone1', 'phone', {
          direction: 'outbound',
          via: [{ name: 'e164', with: { region: 'DE' } }],
        }),
      ],
    }),
    arrange: (world) => putRow(world, 'd1', { ...ana, telephone1: 'none' }),
  },
  {
    topic: 'Creation',
    situation: 'One of its columns flows from ActiveCampaign only',
    expected: ['create-active-campaign-contact'],
    meaning: 'created without it: the new contact’s blank does not empty the column either',
    definition: contactsDefinition({
      fields: [map('emailaddress1', 'email'), map('jobtitle', 'POSITION', { direction: 'inbound' })],
    }),
    arrange: (world) => putRow(world, 'd1', { ...ana, jobtitle: 'Nurse' }),
  },
  {
    topic: 'Creation',
    situation: 'Contacts flow inbound only, and a row has an e-mail that ActiveCampaign does not have',
    expected: ['skip direction'],
    meaning: 'left aside',
    definition: contactsDefinition({ direction: 'inbound' }),
    arrange: (world) => putRow(world, 'd1', ana),
  },
  {
    topic: 'Creation',
    situation: 'Contacts flow outbound only, and a contact has an e-mail that D365 does not have',
    expected: ['skip direction'],
    meaning: 'left aside',
    definition: contactsDefinition({ direction: 'outbound' }),
    arrange: (world) => putContact(world, '1', anaContact),
  },
  {
    topic: 'Creation',
    situation: 'A contact without an e-mail',
    expected: ['skip no-match-key'],
    meaning: 'left aside, and called by its id',
    arrange: (world) => putContact(world, '1', { email: '' }),
  },
  {
    topic: 'Creation',
    situation: 'A contact that D365 does not have',
    expected: ['skip not-asked-for'],
    meaning: 'left aside: rows are made on request only',
    arrange: (world) => putContact(world, '1', anaContact),
  },
  {
    topic: 'Creation',
    situation: 'The same, `createInDynamics: tagged`, and it has the tag `[D365: Contact]`',
    expected: ['create-dynamics-record'],
    meaning: 'created under a GUID made from the contact’s id',
    definition: contactsDefinition({ createInDynamics: 'tagged' }),
    arrange: (world) => putContact(world, '1', anaContact, { tags: ['[D365: Contact]'], lists: [] }),
  },
  {
    topic: 'Creation',
    situation: 'The same, and one of its fields flows from D365 only',
    expected: ['create-dynamics-record'],
    meaning: 'created without it: the new row’s blank does not empty the field either',
    definition: contactsDefinition({
      createInDynamics: 'tagged',
      fields: [map('emailaddress1', 'email'), map('jobtitle', 'POSITION', { direction: 'outbound' })],
    }),
    arrange: (world) =>
      putContact(world, '1', { ...anaContact, POSITION: 'Nurse' }, { tags: [marks.contacts], lists: [] }),
  },
  {
    topic: 'Creation',
    situation: '`createInDynamics: tagged`, and its tags have not been read',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first',
    definition: contactsDefinition({ createInDynamics: 'tagged' }),
    arrange: untagged,
  },
  {
    topic: 'Creation',
    situation: 'A contact whose row is out of scope',
    expected: ['skip out-of-scope', 'skip out-of-scope'],
    meaning: 'no second row is made for it',
    definition: contactsDefinition({ createInDynamics: 'all', inScope }),
    arrange: (world) => {
      putRow(world, 'd1', out)
      putContact(world, '1', anaContact)
    },
  },
  {
    topic: 'Creation',
    situation: 'The same, and it has the tag `[D365: Pushed from Dynamics]` too',
    expected: ['skip not-asked-for'],
    meaning: 'it came from D365 once: that its row is gone is no reason to make it again',
    definition: contactsDefinition({ createInDynamics: 'tagged' }),
    arrange: (world) => putContact(world, '1', anaContact, { tags: [marks.contacts, marks.pushed] }),
  },
  {
    topic: 'Creation',
    situation: 'The same, and it has the tag `[D365: Pulled from ActiveCampaign]` instead',
    expected: ['skip not-asked-for'],
    meaning: 'its row was made once; whoever wants another one takes that tag off',
    definition: contactsDefinition({ createInDynamics: 'tagged' }),
    arrange: (world) =>
      putContact(world, '1', anaContact, { tags: [marks.contacts, marks.pulled], lists: [] }),
  },
  {
    topic: 'Creation',
    situation: '`createInDynamics: all`, and it does not meet the inbound scope',
    expected: ['skip not-asked-for'],
    meaning: 'left aside',
    definition: contactsDefinition({
      createInDynamics: 'all',
      inboundScope: { tags: { hasAny: ['VIP'] } },
    }),
    arrange: (world) => putContact(world, '1', anaContact),
  },
  {
    topic: 'Creation',
    situation: 'The same, and its tags have not been read',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first',
    definition: contactsDefinition({
      createInDynamics: 'all',
      inboundScope: { tags: { hasAny: ['VIP'] } },
    }),
    arrange: untagged,
  },
  {
    topic: 'Creation',
    situation: '`createInDynamics: all` without a scope, and its tags have not been read',
    expected: ['create-dynamics-record'],
    meaning: 'created: nothing depends on them',
    definition: contactsDefinition({ createInDynamics: 'all' }),
    arrange: untagged,
  },
  {
    topic: 'Creation',
    situation: 'It has a value for a column that D365 takes only once the row is there',
    expected: ['create-dynamics-record'],
    meaning: 'created without it; the next plan writes it',
    definition: toColumn('new_reviews'),
    arrange: (world) => putContact(world, '1', { ...anaContact, CHILDREN: '2' }),
  },
  {
    topic: 'Creation',
    situation: 'One for a column that D365 takes only with a new row changes later',
    expected: ['hold bad-value'],
    meaning: 'the field is held, as D365 would ignore it or refuse the row',
    definition: toColumn('importsequencenumber'),
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', { ...anaContact, CHILDREN: '2' })
      link(world, 'd1', '1', {
        dynamics: { ...ana, importsequencenumber: null },
        activeCampaign: anaContact,
      })
    },
  },
  {
    topic: 'Creation',
    situation: 'The inbound scope is a list, and the contact is on it',
    expected: ['create-dynamics-record'],
    meaning: 'created',
    definition: onNewsletter,
    arrange: (world) => putContact(world, '1', anaContact, { lists: [newsletter] }),
  },
  {
    topic: 'Creation',
    situation: 'It is on another list',
    expected: ['skip not-asked-for'],
    meaning: 'left aside',
    definition: onNewsletter,
    arrange: (world) => putContact(world, '1', anaContact, { lists: [list('2', 'active')] }),
  },
  {
    topic: 'Creation',
    situation: 'Its lists have not been read',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first',
    definition: onNewsletter,
    arrange: (world) => putContact(world, '1', anaContact),
  },
  {
    topic: 'Creation',
    situation: 'The inbound scope is a status, which the contact has on one of its lists',
    expected: ['create-dynamics-record'],
    meaning: 'created',
    definition: whoGetsMail,
    arrange: (world) =>
      putContact(world, '1', anaContact, { lists: [list('1', 'unsubscribed'), list('2', 'active')] }),
  },
  {
    topic: 'Creation',
    situation: 'It has it on none of them',
    expected: ['skip not-asked-for'],
    meaning: 'left aside',
    definition: whoGetsMail,
    arrange: (world) => putContact(world, '1', anaContact, { lists: [list('1', 'unsubscribed')] }),
  },
  {
    topic: 'Creation',
    situation: 'Its lists have not been read, and nothing else asks for them',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first',
    definition: whoGetsMail,
    arrange: (world) => putContact(world, '1', anaContact),
  },
]
