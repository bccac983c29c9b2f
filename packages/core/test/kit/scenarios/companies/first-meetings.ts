import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { accountsOf, ana, companies, contactAt, definitionWith, rowAt } from './companies.ts'

export const firstMeetings: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation: 'The row moves to a person: its lookup refers to a contact, and the contact has an account',
    expected: ['hold reference-other-table'],
    meaning: 'only the relation is held: ActiveCampaign can put nobody there',
    arrange: (world) => {
      companies(world)
      ana(world, '1')
      putRow(world, 'd1', rowAt('d9', 'contact'))
    },
  },
  {
    situation: 'A row whose lookup refers to a contact, and a contact without account, meet',
    expected: ['link-records'],
    meaning: 'linked: neither side names an account',
    arrange: (world) => {
      putRow(world, 'd1', rowAt('d9', 'contact'))
      putContact(world, '1', contactAt(''))
    },
  },
  {
    situation: 'The two meet for the first time, and only the row has an account',
    expected: ['link-records', 'set-active-campaign-account'],
    meaning: 'linked; then the contact gets it',
    waits: { 'set-active-campaign-account': ['link-records'] },
    arrange: (world) => {
      companies(world)
      putRow(world, 'd1', rowAt('g1'))
      putContact(world, '1', contactAt(''))
    },
  },
  {
    situation: 'The same, and the account is new as well',
    expected: ['create-active-campaign-account', 'link-records', 'set-active-campaign-account'],
    meaning: 'it waits for both',
    waits: { 'set-active-campaign-account': ['link-records', 'create-active-campaign-account'] },
    arrange: (world) => {
      putRow(accountsOf(world), 'g1', { name: 'Contoso' })
      putRow(world, 'd1', rowAt('g1'))
      putContact(world, '1', contactAt(''))
    },
  },
  {
    situation: 'A contact in an account becomes a row',
    expected: ['create-dynamics-record'],
    meaning: 'the row has the account from the beginning',
    definition: definitionWith({}, {}, { createInDynamics: 'all' }),
    arrange: (world) => {
      companies(world)
      putContact(world, '1', contactAt('1'))
    },
  },
  {
    situation: 'A person’s row was deleted, `deleted.inDynamics: unlink`, and only accounts may become rows',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten: no contact comes back as a row',
    definition: definitionWith(
      { createInDynamics: 'all' },
      {},
      { deleted: { inDynamics: 'unlink', inActiveCampaign: 'keep' } },
    ),
    arrange: (world) => {
      companies(world)
      ana(world, '1')
      world.rows.delete('d1')
    },
  },
  {
    situation: 'The two meet for the first time, in different companies',
    expected: ['hold first-link-differs', 'link-records'],
    meaning: 'linked; the relation is held, nothing is overwritten unseen',
    arrange: (world) => {
      companies(world)
      putRow(world, 'd1', rowAt('g1'))
      putContact(world, '1', contactAt('2'))
    },
  },
]
