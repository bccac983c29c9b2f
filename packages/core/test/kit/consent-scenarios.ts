import type { Fields } from '@dynacamp/mapping-dsl'
import { type ListStatus, linkIdFor } from '../../src/index.ts'
import { contactsDefinition, mappedByContacts } from './definition.ts'
import type { Scenario } from './scenario.ts'
import { putContact, putRow, type World } from './world.ts'

const ana = { emailaddress1: 'ana@example.com', firstname: 'Ana' }
const anaContact = { email: 'ana@example.com', firstName: 'Ana' }
const optOut = { donotbulkemail: true }
const allow = { donotbulkemail: false }
const bySync = (lists: string): Fields => ({ 'lists:unsubscribed': lists })
const list = (id: string, status: ListStatus['status']): ListStatus => ({ id, name: `List ${id}`, status })
const off = (id: string) => list(id, 'unsubscribed')
const on = (id: string) => list(id, 'active')

const inScope = (fields: Fields) => fields.firstname !== 'Out'
const resubscribe = 'resubscribe people when Dynamics 365 allows e-mail again' as const
const resubscribing = contactsDefinition({ optOut: { resubscribe } })

const link = (world: World, base: { readonly row: Fields; readonly contact?: Fields }): void => {
  const id = linkIdFor('contacts', 'd1')
  world.links.set(id, {
    ...{ id, entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1' },
    base: {
      dynamics: { ...mappedByContacts.dynamics, ...ana, ...base.row },
      activeCampaign: { ...mappedByContacts.activeCampaign, ...anaContact, ...base.contact },
    },
  })
}

interface Linked {
  readonly row?: Fields
  readonly lists?: readonly ListStatus[]
  /** What the base says of opting out. */
  readonly before?: Fields
  /** Lists that the sync itself unsubscribed, as the base has them. */
  readonly own?: string
  readonly active?: boolean
}

/** Ana, linked. */
const linked =
  ({ row = allow, lists, before = allow, own, active = true }: Linked) =>
  (world: World): void => {
    const { firstname = 'Ana' } = row
    putRow(world, 'd1', { ...ana, ...row }, { active, createdOn: '2020-01-01T00:00:00Z' })
    putContact(world, '1', { ...anaContact, firstName: firstname }, lists ? { lists } : {})
    link(world, {
      row: { ...before, firstname },
      contact: { ...(own === undefined ? {} : bySync(own)), firstName: firstname },
    })
  }

/** Somebody else with Ana's address. */
const second =
  (row: Fields, first: (world: World) => void) =>
  (world: World): void => {
    first(world)
    putRow(world, 'd2', { ...ana, firstname: 'Annette', ...row }, { createdOn: '2021-01-01T00:00:00Z' })
  }

const out = { firstname: 'Out' }
const oldest = contactsDefinition({ sharedEmail: 'oldest' })
const keeping = contactsDefinition({ inScope })
const unlinking = contactsDefinition({ leaving: 'unlink', inScope })

const bothColumns = ['donotbulkemail', 'donotemail']
const neither = { donotbulkemail: false, donotemail: false }
const chosen = contactsDefinition({ optOut: { lists: ['2', '9', '10'] } })

const lists: readonly Omit<Scenario, 'topic'>[] = [
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

const unsubscribes: readonly Omit<Scenario, 'topic'>[] = [
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

const resubscribes: readonly Omit<Scenario, 'topic'>[] = [
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

const others: readonly Omit<Scenario, 'topic'>[] = [
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

const creations: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation: 'A contact that is to become a row is on no list any more',
    expected: ['create-dynamics-record'],
    meaning: 'the row is made with `donotbulkemail` set',
    definition: contactsDefinition({ createInDynamics: 'all' }),
    arrange: (world) => putContact(world, '1', anaContact, { lists: [off('1')] }),
  },
  {
    situation: 'The same, and its lists have not been read',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first',
    definition: contactsDefinition({ createInDynamics: 'all' }),
    arrange: (world) => putContact(world, '1', anaContact),
  },
]

export const consentScenarios: readonly Scenario[] = [
  ...lists,
  ...unsubscribes,
  ...resubscribes,
  ...others,
  ...creations,
].map((row) => ({ topic: 'Opting out', ...row }))
