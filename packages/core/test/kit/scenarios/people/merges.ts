import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import {
  ana,
  anaAndBob,
  anaContact,
  bob,
  bobContact,
  byNumber,
  inScope,
  link,
  onDelete,
  out,
} from './people.ts'

export const merges: readonly Scenario[] = [
  {
    topic: 'Merges',
    situation: 'A linked row was merged into another row with the same e-mail',
    expected: ['move-link', 'skip handed-over'],
    meaning: 'the link moves to the surviving row',
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', ana)
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'The surviving row has another e-mail and another name',
    expected: ['hold first-link-differs', 'hold first-link-differs', 'move-link', 'skip handed-over'],
    meaning: 'the link moves; nobody compared the two yet, so what differs is held, as at a first link',
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', { emailaddress1: 'anna@example.com', firstname: 'Anna' })
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'A linked row was merged, and ActiveCampaign shows its contact without an e-mail',
    expected: ['move-link', 'skip handed-over', 'update-active-campaign-contact'],
    meaning: 'the link moves: nobody else can have the contact; it gets the e-mail of the surviving row',
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', { ...anaContact, email: '' })
      link(world, 'd1', '1')
      putRow(world, 'd2', ana)
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'The surviving row has no link, and another contact has its e-mail',
    expected: ['link-records', 'skip handed-over'],
    meaning:
      'the e-mail counts more than the merge: the row is linked to the contact that has it; that of the merged row is left as it is',
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', bob)
      putContact(world, '2', bobContact)
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'The surviving row has no e-mail, and another contact has its employee number',
    expected: [
      'move-link',
      'skip handed-over',
      'skip not-asked-for',
      'update-active-campaign-contact',
      'update-dynamics-record',
    ],
    meaning: 'what a row takes over comes before what a later rule finds',
    definition: byNumber,
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', { firstname: 'Ana', governmentid: '7' })
      putContact(world, '2', { ...bobContact, ID_NUMBER: '7' })
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'The surviving row has a contact of its own',
    expected: ['hold several-contacts'],
    meaning:
      'the surviving pair goes on; the other contact waits for somebody to merge the two in ActiveCampaign',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { active: false })
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'Then the contacts are merged in ActiveCampaign, and that of the surviving row stays',
    expected: ['unlink-records'],
    meaning: 'the old link is forgotten',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { active: false })
      world.contacts.delete('1')
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'Or the other one stays',
    expected: ['hold first-link-differs', 'hold first-link-differs', 'move-link', 'skip handed-over'],
    meaning: 'the link moves to the surviving row; what differs is held',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { active: false })
      world.contacts.delete('2')
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'Or a third one has the e-mail of the surviving row',
    expected: ['hold first-link-differs', 'move-link', 'skip handed-over'],
    meaning:
      'the e-mail counts more than the merge, from whichever end the two are found; what differs is held',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { active: false })
      world.contacts.delete('2')
      putContact(world, '3', { ...bobContact, firstName: 'Robert' })
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'Two linked rows were merged into a third, which has none of their e-mails',
    expected: ['hold several-contacts', 'skip handed-over', 'skip handed-over'],
    meaning: 'no guessing which of the two contacts it is',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { active: false })
      putRow(world, 'd2', bob, { active: false })
      putRow(world, 'd3', { emailaddress1: 'cem@example.com', firstname: 'Cem' })
      world.merged.set('d1', 'd3').set('d2', 'd3')
    },
  },
  {
    topic: 'Merges',
    situation: 'The same, and the third has no e-mail; the contacts are listed by their ids',
    expected: ['hold several-contacts', 'skip handed-over', 'skip handed-over'],
    meaning: 'the same',
    arrange: (world) => {
      anaAndBob(world)
      world.links.clear()
      link(world, 'd1', '2', { dynamics: ana, activeCampaign: bobContact })
      link(world, 'd2', '1', { dynamics: bob, activeCampaign: anaContact })
      putRow(world, 'd1', ana, { active: false })
      putRow(world, 'd2', bob, { active: false })
      putRow(world, 'd3', { firstname: 'Cem' })
      world.merged.set('d1', 'd3').set('d2', 'd3')
    },
  },
  {
    topic: 'Merges',
    situation: 'The surviving row is out of scope',
    expected: ['skip left-scope', 'skip out-of-scope'],
    meaning: 'the rules of leaving decide',
    definition: contactsDefinition({ inScope }),
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', out)
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'Two contacts were merged in ActiveCampaign, and the one that stays has the e-mail of the row',
    expected: ['hold first-link-differs', 'move-link'],
    meaning: 'the row is linked to the one that stays; what differs is held',
    definition: onDelete('keep', 'delete'),
    arrange: (world) => {
      putRow(world, 'd1', ana)
      link(world, 'd1', '1')
      putContact(world, '2', { ...anaContact, firstName: 'Anna' })
    },
  },
]
