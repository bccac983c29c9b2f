import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { allow, ana, anaContact, inScope, linked, list, off, on } from './people.ts'

export const unsubscribedBySync: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation: 'A row left the scope under `leaving: unsubscribe`, was unsubscribed, and returns',
    expected: [],
    meaning:
      'nothing: what the sync unsubscribed is no word of the person; nobody is subscribed again either',
    definition: contactsDefinition({ leaving: 'unsubscribe', inScope }),
    arrange: linked({ lists: [off('1'), off('2')], own: '1,2' }),
  },
  {
    situation: 'The same, and the person had left one of the lists before',
    expected: ['update-dynamics-record'],
    meaning: 'the cautious reading: opting out wins',
    arrange: linked({ lists: [off('1'), off('2')], own: '1' }),
  },
  {
    situation: 'The same, but under `leaving: archive`, which forgot the link',
    expected: ['link-records', 'update-dynamics-record'],
    meaning: 'who unsubscribed is forgotten with the link, and opting out wins',
    definition: contactsDefinition({ leaving: 'archive', inScope }),
    arrange: (world) => {
      putRow(world, 'd1', { ...ana, ...allow })
      putContact(world, '1', anaContact, { lists: [off('1')] })
    },
  },
  {
    situation: 'The sync had unsubscribed a person, who subscribes again',
    expected: ['link-records'],
    meaning: 'the list is theirs again, which is remembered',
    arrange: linked({ lists: [on('1')], own: '1' }),
  },
  {
    situation: 'And leaves the list again',
    expected: ['update-dynamics-record'],
    meaning: '`donotbulkemail` is set: this time it was the person',
    arrange: linked({ lists: [off('1')], own: '' }),
  },
  {
    situation: 'The sync had unsubscribed a person from a list, and mail to another one bounced',
    expected: ['update-dynamics-record'],
    meaning: 'counts as opted out',
    arrange: linked({ lists: [off('1'), list('2', 'bounced')], own: '1' }),
  },
  {
    situation: 'The sync had unsubscribed a person from two lists, and mail to one of them bounced since',
    expected: ['link-records', 'update-dynamics-record'],
    meaning: 'counts as opted out; that list is no longer remembered as the sync’s own',
    arrange: linked({ lists: [off('1'), list('2', 'bounced')], own: '1,2' }),
  },
]
