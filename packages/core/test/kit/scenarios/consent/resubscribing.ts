import { contactsDefinition } from '../../definition.ts'
import type { Scenario } from '../scenario.ts'
import { linked, off, optOut, resubscribe, second } from './people.ts'

const resubscribing = contactsDefinition({ optOut: { resubscribe } })

export const resubscribed: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation:
      'D365 allows e-mail again, resubscribing is declared, and the person had left one of two lists',
    expected: ['resubscribe-active-campaign-contact'],
    meaning: 'subscribed again to the list that the sync had unsubscribed, and to no other',
    definition: resubscribing,
    arrange: linked({ lists: [off('1'), off('2')], before: optOut, own: '2' }),
  },
  {
    situation: 'The same, and the person left both by themselves',
    expected: ['update-dynamics-record'],
    meaning: 'nobody is subscribed to a list that they left',
    definition: resubscribing,
    arrange: linked({ lists: [off('1'), off('2')], before: optOut }),
  },
  {
    situation:
      'D365 allows e-mail again, resubscribing is declared, and one of two lists was never confirmed',
    expected: ['resubscribe-active-campaign-contact'],
    meaning: 'subscribed again to the other one only: nobody is subscribed who has not confirmed',
    definition: resubscribing,
    arrange: linked({ lists: [off('1'), off('2')], before: optOut, own: '1,2:unconfirmed' }),
  },
  {
    situation: 'The same, and neither was',
    expected: ['link-records'],
    meaning: 'D365 is believed, and nobody is subscribed',
    definition: resubscribing,
    arrange: linked({ lists: [off('1')], before: optOut, own: '1:unconfirmed' }),
  },
  {
    situation: '`donotbulkemail` was emptied, and resubscribing is declared',
    expected: ['update-dynamics-record'],
    meaning: 'a blank is no permission',
    definition: resubscribing,
    arrange: linked({ row: { donotbulkemail: null }, lists: [off('1')], before: optOut, own: '1' }),
  },
  {
    situation: 'One of two columns allows e-mail again, the other one is blank',
    expected: ['update-dynamics-record'],
    meaning: 'each of them must say so',
    definition: contactsDefinition({
      optOut: { resubscribe, columns: ['donotbulkemail', 'donotemail'] },
    }),
    arrange: linked({ lists: [off('1')], before: { ...optOut, donotemail: true }, own: '1' }),
  },
  {
    situation: 'Opt-outs flow outbound only, D365 allows e-mail again, and resubscribing is declared',
    expected: ['resubscribe-active-campaign-contact'],
    meaning: 'subscribed again',
    definition: contactsDefinition({ optOut: { direction: 'outbound', resubscribe } }),
    arrange: linked({ lists: [off('1')], before: optOut, own: '1' }),
  },
  {
    situation:
      'D365 allows e-mail again, resubscribing is declared, and another row with the address does not',
    expected: ['skip other-row-speaks', 'update-dynamics-record'],
    meaning: 'one mailbox: the most restrictive wins',
    definition: contactsDefinition({ sharedEmail: 'oldest', optOut: { resubscribe } }),
    arrange: second(optOut, linked({ lists: [off('1')], before: optOut, own: '1' })),
  },
]
