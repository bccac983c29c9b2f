import { unreadableFields } from '../../../../src/index.ts'
import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow, type World } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { ana, anaContact, link, list, onDelete } from './people.ts'

const topic = 'Contacts that cannot be read'

const odd = { ...anaContact, [unreadableFields]: 'cdate' }

const linkedTo =
  (row: typeof ana | undefined) =>
  (world: World): void => {
    if (row !== undefined) putRow(world, 'd1', row)
    putContact(world, '1', odd, { lists: [list('1', 'active')] })
    link(world, 'd1', '1')
  }

export const unreadable: readonly Scenario[] = [
  {
    topic,
    situation: 'ActiveCampaign tells a linked contact in a way that cannot be read, and the row changes',
    expected: ['hold unreadable'],
    meaning: 'held as a whole until it can be read: nothing is written, and the link stays as it is',
    arrange: linkedTo({ ...ana, firstname: 'Anna' }),
  },
  {
    topic,
    situation: 'The same, and the row was deleted, `deleted.inDynamics: delete`',
    expected: ['hold unreadable'],
    meaning: 'held as well: what becomes of the contact waits',
    definition: onDelete('delete', 'keep'),
    arrange: linkedTo(undefined),
  },
  {
    topic,
    situation: 'A row and a contact that cannot be read have the same e-mail',
    expected: ['hold unreadable', 'hold unreadable'],
    meaning: 'both are held: they meet once it can be read',
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', odd)
    },
  },
  {
    topic,
    situation: 'A contact that cannot be read, where all contacts become rows',
    expected: ['hold unreadable'],
    meaning: 'no row is made of half a contact',
    definition: contactsDefinition({ createInDynamics: 'all' }),
    arrange: (world) => putContact(world, '1', odd),
  },
]
