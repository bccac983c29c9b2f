import { contactsDefinition, mappedByContacts } from '../../definition.ts'
import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { allow, ana, anaContact, inScope, linked, off, on, optOut, second } from './people.ts'

const out = { firstname: 'Out' }

const oldest = contactsDefinition({ sharedEmail: 'oldest' })

const keeping = contactsDefinition({ inScope })

const unlinking = contactsDefinition({ leaving: 'unlink', inScope })

export const rowsBeside: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation: 'A second row of the address, which does not speak for the contact, opts out',
    expected: ['skip other-row-speaks', 'unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed, and the plan names the row: they read the same mail',
    definition: oldest,
    arrange: second(optOut, linked({ lists: [on('1')] })),
  },
  {
    situation: 'The same, and that was done',
    expected: ['skip other-row-speaks'],
    meaning: 'nothing more; the row that speaks did not opt out',
    definition: oldest,
    arrange: second(optOut, linked({ lists: [off('1')], own: '1' })),
  },
  {
    situation: 'The same, under `sharedEmail: hold`',
    expected: ['hold shared-key', 'unsubscribe-active-campaign-contact'],
    meaning: 'the row is held, its opt-out is not',
    arrange: second(optOut, linked({ lists: [on('1')] })),
  },
  {
    situation:
      'A row with a contact of its own takes the address of another row, which is held, and opts out',
    expected: ['hold key-taken', 'unsubscribe-active-campaign-contact'],
    meaning: 'its own contact is unsubscribed, the other row’s is not: each speaks for its own',
    arrange: (world) => {
      linked({ lists: [on('1')] })(world)
      const bob = { ...anaContact, email: 'bob@example.com' }
      putRow(world, 'd2', { ...ana, ...optOut })
      putContact(world, '2', bob, { lists: [on('1')] })
      const row = { ...ana, emailaddress1: 'bob@example.com', ...allow }
      world.links.set('contacts/d2', {
        ...{ id: 'contacts/d2', entity: 'contacts', dynamicsId: 'd2', activeCampaignId: '2' },
        base: {
          dynamics: { ...mappedByContacts.dynamics, ...row },
          activeCampaign: { ...mappedByContacts.activeCampaign, ...bob },
        },
      })
    },
  },
  {
    situation: 'The second row is not in scope',
    expected: ['skip out-of-scope'],
    meaning: 'what is not in the sync says nothing',
    definition: contactsDefinition({ sharedEmail: 'oldest', inScope }),
    arrange: second({ ...optOut, ...out }, linked({ lists: [on('1')] })),
  },
  {
    situation: 'Opt-outs flow inbound only, and a second row opts out',
    expected: ['skip other-row-speaks'],
    meaning: 'nothing flows to ActiveCampaign',
    definition: contactsDefinition({ sharedEmail: 'oldest', optOut: { direction: 'inbound' } }),
    arrange: second(optOut, linked({ lists: [on('1')] })),
  },
  {
    situation: 'A linked row left the scope under `leaving: keep`, and opts out',
    expected: ['unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed: opting out goes on when the data stops',
    definition: keeping,
    arrange: linked({ row: { ...optOut, ...out }, lists: [on('1')] }),
  },
  {
    situation: 'The same, and that was done',
    expected: ['skip left-scope'],
    meaning: 'nothing more',
    definition: keeping,
    arrange: linked({ row: { ...optOut, ...out }, lists: [off('1')], own: '1' }),
  },
  {
    situation: 'A linked row left the scope under `leaving: unlink`, and opts out',
    expected: ['unlink-records', 'unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed, then the link is forgotten',
    definition: unlinking,
    arrange: linked({ row: { ...optOut, ...out }, lists: [on('1')] }),
  },
  {
    situation: 'The same, and the lists of the contact have not been read',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first: once forgotten, nobody would unsubscribe it',
    definition: unlinking,
    arrange: linked({ row: { ...optOut, ...out } }),
  },
  {
    situation: 'The same, and the contact is on no list any more',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten',
    definition: unlinking,
    arrange: linked({ row: { ...optOut, ...out }, lists: [off('1')], own: '1' }),
  },
  {
    situation: 'A linked row is inactive, and opts out',
    expected: ['unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed',
    arrange: linked({ row: optOut, lists: [on('1')], active: false }),
  },
]
