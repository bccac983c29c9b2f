import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { allow, ana, anaContact, linked, off, on, optOut, resubscribe } from './people.ts'

const bothColumns = ['donotbulkemail', 'donotemail']

const neither = { donotbulkemail: false, donotemail: false }

const chosen = contactsDefinition({ optOut: { lists: ['2', '9', '10'] } })

export const chosenLists: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation: 'The definition chooses lists, and D365 opts out a person who is on these and on others',
    expected: ['unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed from the chosen ones, in the order of their numbers; the others are not touched',
    definition: chosen,
    arrange: linked({ row: optOut, lists: ['10', '3', '9', '2', '11'].map(on) }),
  },
  {
    situation: 'The definition chooses lists, and the person left those, not others',
    expected: ['update-dynamics-record'],
    meaning: '`donotbulkemail` is set: only the chosen ones count',
    definition: chosen,
    arrange: linked({ lists: [off('2'), on('3')] }),
  },
  {
    situation: 'The definition chooses lists, and the person left others only',
    expected: [],
    meaning: 'nothing: the person is on a chosen one',
    definition: chosen,
    arrange: linked({ lists: [on('2'), off('3')] }),
  },
  {
    situation: 'The definition chooses lists, D365 opts out, and the lists have not been read',
    expected: [],
    meaning: 'asked for first: the plan has it among its needs',
    definition: chosen,
    arrange: linked({ row: optOut }),
  },
  {
    situation:
      'The definition chooses lists, the sync had unsubscribed a person from these and others, and D365 allows e-mail again',
    expected: ['resubscribe-active-campaign-contact'],
    meaning: 'resubscribing is declared: back on the chosen one only',
    definition: contactsDefinition({ optOut: { lists: ['2'], resubscribe } }),
    arrange: linked({ lists: [off('1'), off('2')], before: optOut, own: '1,2' }),
  },
  {
    situation: 'Opt-outs flow outbound only, and the person leaves every list',
    expected: [],
    meaning: 'nothing flows to D365',
    definition: contactsDefinition({ optOut: { direction: 'outbound' } }),
    arrange: linked({ lists: [off('1')] }),
  },
  {
    situation: 'A row that opted out and a contact on a list meet',
    expected: ['link-records', 'unsubscribe-active-campaign-contact'],
    meaning: 'linked first, so that the link remembers that it was the sync; then unsubscribed',
    waits: { 'unsubscribe-active-campaign-contact': ['link-records'] },
    arrange: (world) => {
      putRow(world, 'd1', { ...ana, ...optOut })
      putContact(world, '1', anaContact, { lists: [on('1')] })
    },
  },
  {
    situation: 'The definition names a second column for opting out',
    expected: ['link-records'],
    meaning: 'what it says is remembered, no call',
    definition: contactsDefinition({ optOut: { columns: bothColumns } }),
    arrange: linked({ lists: [on('1')] }),
  },
  {
    situation: 'One of two columns said no, the sync unsubscribed, and now both allow it',
    expected: ['update-dynamics-record'],
    meaning: 'opting out wins: nobody is subscribed again, and nothing says that the person wants it',
    definition: contactsDefinition({ optOut: { columns: bothColumns } }),
    arrange: linked({ row: neither, lists: [off('1')], before: { ...allow, donotemail: true }, own: '1' }),
  },
  {
    situation: 'The same, and resubscribing is declared',
    expected: ['resubscribe-active-campaign-contact'],
    meaning: 'subscribed again: one of them said no, and none does now',
    definition: contactsDefinition({ optOut: { columns: bothColumns, resubscribe } }),
    arrange: linked({ row: neither, lists: [off('1')], before: { ...allow, donotemail: true }, own: '1' }),
  },
  {
    situation: 'A person leaves every list, and changes the name too',
    expected: ['update-dynamics-record'],
    meaning: 'one write; an undo takes the name back and opts nobody in',
    arrange: (world) => {
      linked({ lists: [off('1')] })(world)
      putContact(world, '1', { ...anaContact, lastName: 'Ash' }, { lists: [off('1')] })
    },
  },
]
