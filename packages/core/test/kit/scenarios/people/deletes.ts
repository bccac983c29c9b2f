import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow, type World } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { ana, anaAndBob, anaContact, bob, bobContact, link, list, onDelete } from './people.ts'

const deleted = (side: 'dynamics' | 'activeCampaign') => (world: World) => {
  if (side === 'activeCampaign') putRow(world, 'd1', ana, { active: true })
  else putContact(world, '1', anaContact, { lists: [list('1', 'active')] })
  link(world, 'd1', '1')
}

/** Of one pair the contact is gone, and of another one, with the same e-mail, the row. */
const halvesOfTwo = (world: World): void => {
  anaAndBob(world)
  world.contacts.delete('1')
  world.rows.delete('d2')
  putContact(world, '2', { ...bobContact, email: anaContact.email })
}

export const deletes: readonly Scenario[] = [
  {
    topic: 'Deletes',
    situation: 'The row was deleted, `deleted.inDynamics: keep`',
    expected: ['skip deleted'],
    meaning: 'the contact stays, and does not come back as a new row',
    definition: onDelete('keep', 'keep', 'all'),
    arrange: deleted('dynamics'),
  },
  {
    topic: 'Deletes',
    situation: 'The row was deleted, `unlink`, and contacts may become rows',
    expected: ['skip deleted'],
    meaning: 'the link stays as a memory: forgotten, the row would come back',
    definition: onDelete('unlink', 'keep', 'all'),
    arrange: deleted('dynamics'),
  },
  {
    topic: 'Deletes',
    situation: 'The row was deleted, `unlink`, and no contact becomes a row',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten',
    definition: onDelete('unlink', 'keep'),
    arrange: deleted('dynamics'),
  },
  {
    topic: 'Deletes',
    situation: 'The row was deleted, `delete`',
    expected: ['delete-active-campaign-contact'],
    meaning: 'the contact is deleted, because the definition says so',
    definition: onDelete('delete', 'keep'),
    arrange: deleted('dynamics'),
  },
  {
    topic: 'Deletes',
    situation: 'The row was deleted, `delete`, and the contact was edited since',
    expected: ['delete-active-campaign-contact'],
    meaning: 'deleted; the plan lists the edit as a conflict that the policy decides',
    definition: onDelete('delete', 'keep'),
    arrange: (world) => {
      deleted('dynamics')(world)
      putContact(world, '1', { ...anaContact, firstName: 'Anna' })
    },
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, `delete`, and the row was edited since',
    expected: ['delete-dynamics-record'],
    meaning: 'the same the other way',
    definition: onDelete('keep', 'delete'),
    arrange: (world) => {
      deleted('activeCampaign')(world)
      putRow(world, 'd1', { ...ana, jobtitle: 'Analyst' })
    },
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, `deleted.inActiveCampaign: keep`',
    expected: ['skip deleted'],
    meaning: 'the row stays, and does not come back as a new contact',
    arrange: deleted('activeCampaign'),
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, `unlink`',
    expected: ['skip deleted'],
    meaning: 'the link stays as a memory: forgotten, the contact would come back',
    definition: onDelete('keep', 'unlink'),
    arrange: deleted('activeCampaign'),
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, `deactivate`',
    expected: ['deactivate-dynamics-record'],
    meaning: 'the row is set inactive',
    definition: onDelete('keep', 'deactivate'),
    arrange: deleted('activeCampaign'),
  },
  {
    topic: 'Deletes',
    situation: 'The same, and the row was inactive already',
    expected: ['skip deleted'],
    meaning: 'nothing is left to do',
    definition: onDelete('keep', 'deactivate'),
    arrange: (world) => {
      deleted('activeCampaign')(world)
      putRow(world, 'd1', ana, { active: false })
    },
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, and the row has no e-mail by which another one could be its',
    expected: ['skip deleted'],
    meaning: 'the row stays as it is',
    arrange: (world) => {
      putRow(world, 'd1', { ...ana, emailaddress1: null })
      link(world, 'd1', '1')
    },
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, and that of another row got its e-mail',
    expected: ['hold key-taken', 'skip deleted'],
    meaning:
      'nobody’s contact is taken away: the row stays as it is, and the e-mail of the other one is held',
    arrange: (world) => {
      anaAndBob(world)
      world.contacts.delete('1')
      putContact(world, '2', { ...bobContact, email: anaContact.email })
    },
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, a new one has its e-mail, and by now another linked row has it too',
    expected: ['hold key-taken', 'hold shared-key', 'skip deleted'],
    meaning: 'whose contact that is, is for people to say',
    arrange: (world) => {
      anaAndBob(world)
      world.contacts.delete('1')
      putContact(world, '3', anaContact)
      putRow(world, 'd2', { ...bob, emailaddress1: ana.emailaddress1 })
    },
  },
  {
    topic: 'Deletes',
    situation: 'A row was deleted, `delete`, and another one, whose own contact is gone, has the e-mail',
    expected: ['skip deleted', 'unlink-records'],
    meaning: 'the contact is not deleted: its link is forgotten, and the other row takes it over next',
    definition: onDelete('delete', 'unlink', 'all'),
    arrange: halvesOfTwo,
  },
  {
    topic: 'Deletes',
    situation: 'The same, and that row is to be deleted with its own contact (`delete`)',
    expected: ['delete-active-campaign-contact', 'delete-dynamics-record'],
    meaning: 'nobody is left to take the contact over: both go, and nothing comes back',
    definition: onDelete('delete', 'delete', 'all'),
    arrange: halvesOfTwo,
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, `unlink`, and contacts flow inbound only',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten: the row gets no new contact',
    definition: contactsDefinition({
      direction: 'inbound',
      deleted: { inDynamics: 'keep', inActiveCampaign: 'unlink' },
    }),
    arrange: deleted('activeCampaign'),
  },
  {
    topic: 'Deletes',
    situation: 'The same, `keep`',
    expected: ['skip deleted'],
    meaning: 'the link stays, and so does the row',
    definition: contactsDefinition({ direction: 'inbound' }),
    arrange: deleted('activeCampaign'),
  },
  {
    topic: 'Deletes',
    situation: 'Both were deleted',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten',
    arrange: (world) => link(world, 'd1', '1'),
  },
]
