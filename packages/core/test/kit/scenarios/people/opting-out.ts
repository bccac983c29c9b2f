import type { Fields } from '@dynacamp/mapping-dsl'
import type { ListStatus } from '../../../../src/index.ts'
import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow, type World } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { ana, anaContact, link, list } from './people.ts'

const consented =
  (row: Fields, lists: readonly ListStatus[] | undefined, before: Fields) => (world: World) => {
    putRow(world, 'd1', { ...ana, ...row })
    putContact(world, '1', anaContact, lists ? { lists } : {})
    link(world, 'd1', '1', { dynamics: { ...ana, ...before }, activeCampaign: anaContact })
  }

const optOut = { donotbulkemail: true }

const allow = { donotbulkemail: false }

export const optingOut: readonly Scenario[] = [
  {
    topic: 'Opting out',
    situation: '`donotbulkemail` is set in D365',
    expected: ['unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed from the lists that take part',
    arrange: consented(optOut, [list('1', 'active'), list('2', 'unconfirmed')], allow),
  },
  {
    topic: 'Opting out',
    situation: 'The person unsubscribes from the last list',
    expected: ['update-dynamics-record'],
    meaning: '`donotbulkemail` is set',
    arrange: consented(allow, [list('1', 'unsubscribed')], allow),
  },
  {
    topic: 'Opting out',
    situation: 'The person unsubscribes from one of two lists',
    expected: [],
    meaning: 'nothing: other mail is still welcome',
    arrange: consented(allow, [list('1', 'unsubscribed'), list('2', 'active')], allow),
  },
  {
    topic: 'Opting out',
    situation: 'The person subscribes in ActiveCampaign again, D365 says "do not"',
    expected: ['unsubscribe-active-campaign-contact'],
    meaning: 'opting out wins',
    arrange: consented(optOut, [list('1', 'active')], optOut),
  },
  {
    topic: 'Opting out',
    situation: 'D365 allows e-mail again, the lists say unsubscribed',
    expected: ['update-dynamics-record'],
    meaning: 'opting out wins: nobody is subscribed again by a sync',
    arrange: consented(allow, [list('1', 'unsubscribed')], optOut),
  },
  {
    topic: 'Opting out',
    situation: 'The same, and the definition says in as many words to resubscribe then',
    expected: ['resubscribe-active-campaign-contact'],
    meaning: 'subscribed again to what the sync had unsubscribed',
    definition: contactsDefinition({
      optOut: { resubscribe: 'resubscribe people when Dynamics 365 allows e-mail again' },
    }),
    arrange: (world) => {
      consented(allow, [list('1', 'unsubscribed')], optOut)(world)
      const [made] = world.links.values()
      if (made === undefined) return
      const { base } = made
      const activeCampaign = { ...base.activeCampaign, 'lists:unsubscribed': '1' }
      world.links.set(made.id, { ...made, base: { ...base, activeCampaign } })
    },
  },
  {
    topic: 'Opting out',
    situation: 'The lists say unsubscribed, D365 never said "do not", and resubscribing is allowed',
    expected: ['update-dynamics-record'],
    meaning: 'no opt-in without a recorded one',
    definition: contactsDefinition({
      optOut: { resubscribe: 'resubscribe people when Dynamics 365 allows e-mail again' },
    }),
    arrange: consented(allow, [list('1', 'unsubscribed')], {}),
  },
  {
    topic: 'Opting out',
    situation: 'The only list bounced',
    expected: ['update-dynamics-record'],
    meaning: 'counts as opted out',
    arrange: consented(allow, [list('1', 'bounced')], allow),
  },
]
