import { putContact, putRow, type World } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import {
  active,
  ana,
  anaContact,
  contact,
  definitionWith,
  everybody,
  inactive,
  inSyncWith,
  lead,
  leadsOf,
  link,
  linkContact,
  linkLead,
  moved,
  movedContact,
  person,
} from './people.ts'

/** The lead was qualified: it is inactive, and the contact says that it was made from it. */
const qualify = (world: World): void => {
  lead(world, ana, inactive)
  world.merged.set('l1', 'c1')
}

/** The same; the sync had unsubscribed it from a list. */
const unsubscribedLead = (world: World): void => {
  everybody(world)
  contact(world, { ...ana, donotbulkemail: false })
  qualify(world)
  const bySync = { ...anaContact, 'lists:unsubscribed': '1' }
  link(leadsOf(world), 'l1', '7', inSyncWith({ ...ana, donotbulkemail: false }, bySync))
}

export const handingOver: readonly Omit<Scenario, 'topic' | 'leads'>[] = [
  {
    situation: 'A linked lead is qualified into a new contact',
    expected: ['move-link', 'skip handed-over'],
    meaning: 'the link moves to the contact',
    arrange: (world) => {
      everybody(world)
      qualify(world)
      linkLead(world)
    },
  },
  {
    situation: 'The same, and the sync had unsubscribed the lead, which allowed e-mail',
    expected: ['move-link', 'skip handed-over'],
    meaning: 'who unsubscribed is remembered: the contact is not opted out for it',
    arrange: (world) => {
      unsubscribedLead(world)
      person(world, anaContact, [{ ...active('1'), status: 'unsubscribed' }])
    },
  },
  {
    situation: 'The same, and the lists have not been read',
    expected: ['move-link', 'skip handed-over'],
    meaning: 'remembered until they are',
    arrange: unsubscribedLead,
  },
  {
    situation: 'A linked lead is qualified into a new contact that has opted out',
    expected: ['move-link', 'skip handed-over', 'unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed once the link has moved, which remembers that it was the sync',
    waits: { 'unsubscribe-active-campaign-contact': ['move-link'] },
    arrange: (world) => {
      everybody(world)
      contact(world, { ...ana, donotbulkemail: true })
      person(world, anaContact, [active('1')])
      qualify(world)
      linkLead(world)
    },
  },
  {
    situation: 'The new contact of a qualified lead has another e-mail than the lead',
    expected: ['hold first-link-differs', 'move-link', 'skip handed-over'],
    meaning: 'the link moves all the same; the e-mail is held, as at a first link',
    arrange: (world) => {
      everybody(world)
      contact(world, moved)
      qualify(world)
      linkLead(world)
    },
  },
  {
    situation: 'The same, and a second contact has the e-mail of the lead',
    expected: ['hold linked-elsewhere', 'link-records', 'skip handed-over'],
    meaning: 'who has the e-mail has the contact; the one that was made from the lead is held',
    arrange: (world) => {
      everybody(world)
      contact(world, moved)
      putRow(world, 'c2', ana)
      qualify(world)
      linkLead(world)
    },
  },
  {
    situation: 'A linked contact is merged into one without a usable e-mail, and a lead has the e-mail',
    expected: ['hold linked-elsewhere', 'link-records', 'skip handed-over'],
    meaning: 'who has the e-mail has the contact; the surviving row waits for its address',
    arrange: (world) => {
      everybody(world)
      contact(world, ana, inactive)
      putRow(world, 'c2', { ...ana, emailaddress1: 'not an address' })
      linkContact(world)
      world.merged.set('c1', 'c2')
    },
  },
  {
    situation: 'A linked lead left the scope and had opted out, and a contact has the e-mail',
    expected: ['link-records', 'unlink-records', 'unsubscribe-active-campaign-contact'],
    meaning: 'the contact takes over, and the last word of the lead is heard',
    waits: { 'unlink-records': ['unsubscribe-active-campaign-contact'] },
    arrange: (world) => {
      everybody(world)
      person(world, anaContact, [active('1')])
      lead(world, { ...ana, firstname: 'Out', donotbulkemail: true })
      linkLead(world)
    },
  },
  {
    situation: 'The same, and the lists of the person have not been read',
    expected: ['hold not-known-yet', 'link-records'],
    meaning: 'the lead that left waits until they are known',
    arrange: (world) => {
      everybody(world)
      lead(world, { ...ana, firstname: 'Out', donotbulkemail: true })
      linkLead(world)
    },
  },
  {
    situation: 'A linked contact left the scope, `leaving: keep`, and a lead has the e-mail',
    expected: ['link-records', 'unlink-records'],
    meaning:
      'the lead takes over: a contact is kept for a row that left only where nobody else has its e-mail',
    arrange: (world) => {
      everybody(world)
      contact(world, { ...moved, firstname: 'Out' })
      linkContact(world)
    },
  },
  {
    situation: 'The same, and the contact that left had opted out',
    expected: ['link-records', 'unlink-records', 'unsubscribe-active-campaign-contact'],
    meaning: 'the lead takes over, and the last word of the contact is heard',
    arrange: (world) => {
      everybody(world)
      person(world, anaContact, [active('1')])
      contact(world, { ...ana, firstname: 'Out', donotbulkemail: true })
      linkContact(world)
    },
  },
  {
    situation: 'The same, and the lists have not been read',
    expected: ['hold not-known-yet', 'link-records'],
    meaning: 'the contact that left waits until they are known',
    arrange: (world) => {
      everybody(world)
      contact(world, { ...ana, firstname: 'Out', donotbulkemail: true })
      linkContact(world)
    },
  },
  {
    situation: 'A lead without a link is qualified into a new contact',
    expected: ['link-records', 'skip inactive', 'skip other-entity-speaks'],
    meaning: 'the contact is matched by its own e-mail',
    arrange: (world) => {
      everybody(world)
      qualify(world)
    },
  },
  {
    situation: 'A linked lead is qualified into a contact that is linked to another ActiveCampaign contact',
    expected: ['hold several-contacts'],
    meaning: 'no guessing which of the two stays: somebody merges them in ActiveCampaign',
    arrange: (world) => {
      everybody(world)
      contact(world, moved)
      qualify(world)
      linkLead(world)
      putContact(world, '8', movedContact)
      link(world, 'c1', '8', inSyncWith(moved, movedContact))
    },
  },
  {
    situation: 'Then the two are merged in ActiveCampaign, and that of the contact stays',
    expected: ['unlink-records'],
    meaning: 'the lead’s link is forgotten',
    arrange: (world) => {
      contact(world)
      qualify(world)
      linkLead(world)
      putContact(world, '8', anaContact)
      link(world, 'c1', '8')
    },
  },
  {
    situation: 'Or that of the lead stays',
    expected: ['move-link', 'skip handed-over'],
    meaning: 'the link moves to the contact',
    arrange: (world) => {
      everybody(world)
      qualify(world)
      linkLead(world)
      link(world, 'c1', '8')
    },
  },
  {
    situation: 'A linked lead is qualified into a contact that is linked to the same ActiveCampaign contact',
    expected: ['unlink-records'],
    meaning: 'the lead’s link is forgotten; the contact goes on with its own',
    arrange: (world) => {
      everybody(world)
      qualify(world)
      linkLead(world)
      linkContact(world)
    },
  },
  {
    situation: 'A lead without a link is qualified into a contact that is linked',
    expected: ['skip inactive'],
    meaning: 'nothing: the contact goes on',
    arrange: (world) => {
      everybody(world)
      qualify(world)
      linkContact(world)
    },
  },
  {
    situation: 'A linked lead is qualified into a contact that is out of scope',
    expected: ['skip left-scope', 'skip out-of-scope'],
    meaning: 'the rules of leaving decide',
    arrange: (world) => {
      everybody(world)
      contact(world, { ...ana, firstname: 'Out' })
      qualify(world)
      linkLead(world)
    },
  },
  {
    situation: 'A linked lead is qualified, and nobody can tell into which contact; one has its e-mail',
    expected: ['link-records', 'unlink-records'],
    meaning: 'that one takes over',
    arrange: (world) => {
      everybody(world)
      lead(world, ana, inactive)
      linkLead(world)
    },
  },
  {
    situation:
      'The same, but the ActiveCampaign contact has another e-mail now, and contacts may become rows',
    expected: ['create-active-campaign-contact', 'skip other-entity-speaks'],
    meaning: 'the link stays: forgotten, the contact would ask for the lead again',
    definition: definitionWith({ createInDynamics: 'all' }),
    arrange: (world) => {
      everybody(world)
      lead(world, ana, inactive)
      person(world, movedContact)
      linkLead(world)
    },
  },
  {
    situation: 'The same, and the lead opted out of e-mail',
    expected: ['create-active-campaign-contact', 'unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed: opting out goes on when the data stops',
    definition: definitionWith({ createInDynamics: 'all' }),
    arrange: (world) => {
      everybody(world)
      lead(world, { ...ana, donotbulkemail: true }, inactive)
      person(world, movedContact, [active('1')])
      linkLead(world)
    },
  },
]
