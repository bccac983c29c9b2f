import type { ListStatus } from '../../../../src/index.ts'
import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow, type World } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { anaAndBob, anaContact, bob, inScope, link, list, out } from './people.ts'

const outContact = { ...anaContact, firstName: 'Out' }

const outLinked = (lists?: readonly ListStatus[]) => (world: World) => {
  putRow(world, 'd1', out)
  putContact(world, '1', outContact, lists ? { lists } : {})
  link(world, 'd1', '1', { dynamics: out, activeCampaign: outContact })
}

const left = (leaving: 'unlink' | 'unsubscribe' | 'archive') => contactsDefinition({ leaving, inScope })

export const leavingTheScope: readonly Scenario[] = [
  {
    topic: 'Leaving the scope',
    situation: 'A linked row no longer meets the scope, `leaving: keep`',
    expected: ['skip left-scope'],
    meaning: 'nothing flows any more, nothing is removed',
    definition: contactsDefinition({ inScope }),
    arrange: outLinked(),
  },
  {
    topic: 'Leaving the scope',
    situation: '`leaving: unlink`',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten',
    definition: left('unlink'),
    arrange: outLinked(),
  },
  {
    topic: 'Leaving the scope',
    situation: '`leaving: unlink`, and contacts may become rows',
    expected: ['skip left-scope'],
    meaning: 'the link stays as a memory: forgotten, the contact could come back as a second row',
    definition: contactsDefinition({ leaving: 'unlink', createInDynamics: 'all', inScope }),
    arrange: outLinked(),
  },
  {
    topic: 'Leaving the scope',
    situation: '`leaving: unsubscribe`, on two lists',
    expected: ['unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed; the link stays',
    definition: left('unsubscribe'),
    arrange: outLinked([list('1', 'active'), list('2', 'unsubscribed')]),
  },
  {
    topic: 'Leaving the scope',
    situation: '`leaving: unsubscribe`, and that was done',
    expected: ['skip left-scope'],
    meaning: 'nothing more',
    definition: left('unsubscribe'),
    arrange: outLinked([list('1', 'unsubscribed')]),
  },
  {
    topic: 'Leaving the scope',
    situation: '`leaving: unsubscribe`, and the lists have not been read',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first',
    definition: left('unsubscribe'),
    arrange: outLinked(),
  },
  {
    topic: 'Leaving the scope',
    situation: '`leaving: archive`',
    expected: ['unlink-records', 'unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed, then the link is forgotten: ActiveCampaign has no archive',
    definition: left('archive'),
    arrange: outLinked([list('1', 'active')]),
  },
  {
    topic: 'Leaving the scope',
    situation: 'The same, and contacts may become rows',
    expected: ['unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed; the link stays as a memory',
    definition: contactsDefinition({ leaving: 'archive', createInDynamics: 'all', inScope }),
    arrange: outLinked([list('1', 'active')]),
  },
  {
    topic: 'Leaving the scope',
    situation: '`leaving: unsubscribe`, and a row with a contact of its own has got the e-mail',
    expected: ['hold key-taken', 'unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed: the other row keeps its contact, and takes nobody over',
    definition: left('unsubscribe'),
    arrange: (world) => {
      anaAndBob(world)
      outLinked([list('1', 'active')])(world)
      putRow(world, 'd2', { ...bob, emailaddress1: 'ana@example.com' })
    },
  },
  {
    topic: 'Leaving the scope',
    situation: '`leaving: unsubscribe`, and a row without a contact has the e-mail',
    expected: ['hold linked-elsewhere', 'unlink-records'],
    meaning: 'nobody is unsubscribed: the link is forgotten, and the other row takes the contact over next',
    definition: left('unsubscribe'),
    arrange: (world) => {
      outLinked([list('1', 'active')])(world)
      putRow(world, 'd2', { ...out, firstname: null })
    },
  },
  {
    topic: 'Leaving the scope',
    situation: '`leaving: unsubscribe`, and the e-mail of the contact is malformed',
    expected: ['unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed: nobody can have that e-mail',
    definition: left('unsubscribe'),
    arrange: (world) => {
      outLinked()(world)
      const lists = [list('1', 'active')]
      putContact(world, '1', { ...outContact, email: 'ana at example' }, { lists })
    },
  },
]
