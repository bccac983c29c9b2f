import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import {
  active,
  ana,
  anaContact,
  contact,
  definitionWith,
  inSyncWith,
  lead,
  leadsOf,
  link,
  linkContact,
  linkLead,
  moved,
  person,
} from './people.ts'

export const changes: readonly Omit<Scenario, 'topic' | 'leads'>[] = [
  {
    situation: 'The contact of the person is deleted in ActiveCampaign; a lead and a contact had it',
    expected: ['skip deleted', 'skip other-entity-speaks'],
    meaning: 'it does not come back, for neither of them',
    arrange: (world) => {
      lead(world)
      contact(world)
      linkContact(world)
    },
  },
  {
    situation: 'A linked contact gets the e-mail of a linked lead, which moves on to another one',
    expected: ['hold key-taken', 'update-active-campaign-contact'],
    meaning:
      'the lead moves on; the e-mail of the contact is held, as nothing of one table waits for the other',
    arrange: (world) => {
      person(world)
      lead(world, moved)
      linkLead(world)
      const before = { ...ana, emailaddress1: 'cem@example.com' }
      const beforeContact = { ...anaContact, email: 'cem@example.com' }
      contact(world)
      putContact(world, '8', beforeContact)
      link(world, 'c1', '8', inSyncWith(before, beforeContact))
    },
  },
  {
    situation: 'A new ActiveCampaign contact has the e-mail of both, where that of the lead was deleted',
    expected: ['link-records', 'skip deleted', 'skip other-entity-speaks'],
    meaning: 'it is the contact’s, who speaks; the lead does not take it',
    arrange: (world) => {
      lead(world)
      contact(world)
      linkLead(world)
      putContact(world, '8', anaContact)
    },
  },
  {
    situation: 'ActiveCampaign gives a lead the e-mail of another one, for which a contact speaks by now',
    expected: ['hold key-taken', 'hold linked-elsewhere', 'unlink-records'],
    meaning:
      'the other lead keeps it, whatever its own contact has by now: held, and so is the contact that waits',
    arrange: (world) => {
      const bob = { emailaddress1: 'bob@example.com', firstname: 'Bob' }
      const bobContact = { email: 'bob@example.com', firstName: 'Bob' }
      lead(world)
      person(world, { ...anaContact, email: bobContact.email })
      linkLead(world)
      putRow(leadsOf(world), 'l2', bob)
      putContact(world, '8', { ...bobContact, email: 'bob@new.example' })
      link(leadsOf(world), 'l2', '8', inSyncWith(bob, bobContact))
      putRow(world, 'c2', bob)
    },
  },
  {
    situation: 'A linked lead without tags, `tags.write`',
    expected: ['add-active-campaign-tags'],
    meaning: '`[D365: Lead]` and `[D365: Pushed from Dynamics]`',
    definition: definitionWith({ tags: { write: true } }),
    arrange: (world) => {
      lead(world)
      person(world)
      linkLead(world)
    },
  },
  {
    situation: 'A linked lead opts out of e-mail',
    expected: ['unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed, as a contact is',
    arrange: (world) => {
      lead(world, { ...ana, donotbulkemail: true })
      person(world, anaContact, [active('1')])
      linkLead(world)
    },
  },
  {
    situation: 'A linked lead loses its e-mail, and its first name changes',
    expected: ['update-active-campaign-contact'],
    meaning: 'the name is written: without an e-mail nobody speaks instead of it',
    arrange: (world) => {
      lead(world, { emailaddress1: null, firstname: 'Anna' })
      person(world)
      linkLead(world)
    },
  },
  {
    situation: 'A lead opts out that stands beside the contact that speaks',
    expected: ['skip other-entity-speaks', 'unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed, and the plan names the lead: they read the same mail',
    arrange: (world) => {
      lead(world, { ...ana, donotbulkemail: true })
      contact(world)
      person(world, anaContact, [active('1')])
      linkContact(world)
    },
  },
  {
    situation: 'The contact that speaks moves on to the e-mail of a lead that opted out',
    expected: [
      'skip other-entity-speaks',
      'unsubscribe-active-campaign-contact',
      'update-active-campaign-contact',
    ],
    meaning: 'unsubscribed in the same plan: from now on they read the same mail',
    arrange: (world) => {
      lead(world, { ...moved, donotbulkemail: true })
      contact(world, moved)
      person(world, anaContact, [active('1')])
      linkContact(world)
    },
  },
]
