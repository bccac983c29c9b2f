import { compileDefinition, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
import { putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import {
  ana,
  contact,
  definitionWith,
  everybody,
  inactive,
  lead,
  linkContact,
  linkLead,
  moved,
  movedContact,
  person,
} from './people.ts'

const withCompanies = compileDefinition(
  {
    version: 1,
    accounts: { direction: 'bidirectional', fields: standardMappings.accounts },
    leads: { direction: 'bidirectional', fields: standardMappings.leads },
    contacts: { direction: 'bidirectional', fields: standardMappings.contacts },
    sharedContact: 'contact',
  },
  standardSchema,
)

const leadSpeaks = definitionWith({ sharedContact: 'lead' })

export const whoSpeaks: readonly Omit<Scenario, 'topic' | 'leads'>[] = [
  {
    situation: 'A lead and a contact have one e-mail, and so has a contact in ActiveCampaign',
    expected: ['link-records', 'skip other-entity-speaks', 'skip other-entity-speaks'],
    meaning: 'the contact speaks for the person; the lead is left aside',
    arrange: everybody,
  },
  {
    situation: 'The same, `sharedContact: lead`',
    expected: ['link-records', 'skip other-entity-speaks', 'skip other-entity-speaks'],
    meaning: 'the lead speaks; the contact is left aside',
    definition: leadSpeaks,
    arrange: everybody,
  },
  {
    situation: 'The same, and companies are in sync too',
    expected: ['link-records', 'skip other-entity-speaks', 'skip other-entity-speaks'],
    meaning: 'nothing changes: companies speak for nobody',
    definition: withCompanies,
    arrange: everybody,
  },
  {
    situation: 'A lead and a contact have one e-mail, and ActiveCampaign has nobody with it',
    expected: ['create-active-campaign-contact', 'skip other-entity-speaks'],
    meaning: 'one contact is made, not two',
    arrange: (world) => {
      lead(world)
      contact(world)
    },
  },
  {
    situation: 'A lead alone',
    expected: ['link-records', 'skip other-entity-speaks'],
    meaning: 'it speaks for itself',
    arrange: (world) => {
      lead(world)
      person(world)
    },
  },
  {
    situation: 'The lead was there first and is linked; now a contact has its e-mail too',
    expected: ['link-records', 'unlink-records'],
    meaning: 'the contact takes over, and the lead’s link is forgotten',
    arrange: (world) => {
      everybody(world)
      linkLead(world)
    },
  },
  {
    situation: 'The contact was there first and is linked; now a lead has its e-mail too',
    expected: ['skip other-entity-speaks'],
    meaning: 'the lead is left aside',
    arrange: (world) => {
      everybody(world)
      linkContact(world)
    },
  },
  {
    situation: 'The same, `sharedContact: lead`',
    expected: ['link-records', 'unlink-records'],
    meaning: 'the lead takes over, and the contact’s link is forgotten',
    definition: leadSpeaks,
    arrange: (world) => {
      everybody(world)
      linkContact(world)
    },
  },
  {
    situation: 'The contact speaks, and its e-mail changes; the lead keeps the old one',
    expected: ['hold linked-elsewhere', 'update-active-campaign-contact'],
    meaning: 'the ActiveCampaign contact moves on with it; the lead waits, and never shares it',
    arrange: (world) => {
      everybody(world)
      contact(world, moved)
      linkContact(world)
    },
  },
  {
    situation: 'The contact speaks, and the e-mail of the lead changes',
    expected: ['create-active-campaign-contact'],
    meaning: 'the lead is somebody of its own from now on: it gets a contact',
    arrange: (world) => {
      everybody(world)
      lead(world, moved)
      linkContact(world)
    },
  },
  {
    situation: 'The contact speaks, and the e-mail changes in ActiveCampaign',
    expected: ['skip other-entity-speaks', 'update-dynamics-record'],
    meaning: 'the contact gets it; the lead is left aside, and is somebody of its own from then on',
    arrange: (world) => {
      everybody(world)
      person(world, movedContact)
      linkContact(world)
    },
  },
  {
    situation: 'The lead is linked, and its e-mail changes to that of a contact without a link',
    expected: ['create-active-campaign-contact', 'unlink-records'],
    meaning: 'the contact speaks, and gets one of its own; the lead’s link is forgotten',
    arrange: (world) => {
      lead(world, moved)
      contact(world, moved)
      person(world)
      linkLead(world)
    },
  },
  {
    situation: 'Two contacts have the e-mail of a lead',
    expected: [
      'hold shared-key',
      'hold shared-key',
      'hold shared-key',
      'skip other-entity-speaks',
      'skip other-entity-speaks',
    ],
    meaning: 'both are held, and the lead does not slip in between',
    arrange: (world) => {
      everybody(world)
      putRow(world, 'c2', ana)
    },
  },
  {
    situation: 'The contact is out of scope',
    expected: ['link-records', 'skip out-of-scope', 'skip out-of-scope'],
    meaning: 'who takes no part does not speak: the lead does',
    arrange: (world) => {
      everybody(world)
      contact(world, { ...ana, firstname: 'Out' })
    },
  },
  {
    situation: 'The contact is inactive',
    expected: ['link-records', 'skip inactive', 'skip out-of-scope'],
    meaning: 'the same',
    arrange: (world) => {
      everybody(world)
      contact(world, ana, inactive)
    },
  },
  {
    situation: 'A linked lead moves on to another e-mail, and a new contact has the old one',
    expected: ['hold linked-elsewhere', 'update-active-campaign-contact'],
    meaning: 'the ActiveCampaign contact moves on with the lead; the new contact waits, and never shares it',
    arrange: (world) => {
      everybody(world)
      lead(world, moved)
      linkLead(world)
    },
  },
  {
    situation: 'The same, but the lead was deleted',
    expected: ['link-records', 'unlink-records'],
    meaning: 'the new contact takes over, whatever `deleted.inDynamics` says: one contact is one person’s',
    arrange: (world) => {
      contact(world)
      person(world)
      linkLead(world)
    },
  },
]
