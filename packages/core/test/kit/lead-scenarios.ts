import {
  type CompiledDefinition,
  compileDefinition,
  type Fields,
  type SyncDefinition,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import { type Base, type ListStatus, linkIdFor, marks } from '../../src/index.ts'
import type { Scenario } from './scenario.ts'
import { putContact, putRow, type World } from './world.ts'

type Leads = NonNullable<SyncDefinition['leads']>

const definitionWith = (
  more: Partial<Leads> & Pick<Partial<SyncDefinition>, 'sharedContact' | 'tags'> = {},
  ofContacts: Partial<Leads> = {},
): CompiledDefinition => {
  const { sharedContact = 'contact', tags, ...policies } = more
  const compiled = compileDefinition(
    {
      version: 1,
      leads: { direction: 'bidirectional', fields: standardMappings.leads, ...policies },
      contacts: { direction: 'bidirectional', fields: standardMappings.contacts, ...policies, ...ofContacts },
      sharedContact,
      ...(tags && { tags }),
    },
    standardSchema,
  )
  const inScope = (fields: Fields) => fields.firstname !== 'Out'
  return { ...compiled, entities: compiled.entities.map((entity) => ({ ...entity, inScope })) }
}

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

/** Every contact is in scope; of leads, these. */
const withLeadsIn = (
  leadInScope: (fields: Fields) => boolean,
  more: Partial<Leads> = {},
): CompiledDefinition => {
  const definition = definitionWith(more)
  const entities = definition.entities.map((table) => ({
    ...table,
    inScope: table.entity === 'leads' ? leadInScope : () => true,
  }))
  return { ...definition, entities }
}

const leadSpeaks = definitionWith({ sharedContact: 'lead' })

const leadsOf = (world: World): World => {
  if (world.leads === undefined) throw new Error('this world has no leads')
  return world.leads
}

const ana = { emailaddress1: 'ana@example.com', firstname: 'Ana' }
const anaContact = { email: 'ana@example.com', firstName: 'Ana' }
const moved = { ...ana, emailaddress1: 'ana@new.example' }
const movedContact = { ...anaContact, email: 'ana@new.example' }
const inactive = { active: false }
const active = (id: string): ListStatus => ({ id, name: `List ${id}`, status: 'active' })

/** Ana as a lead `l1`, as a contact `c1`, and as the ActiveCampaign contact `7`. */
const lead = (world: World, fields: Fields = ana, more: { readonly active?: boolean } = {}): void =>
  putRow(leadsOf(world), 'l1', fields, more)
const contact = (world: World, fields: Fields = ana, more: { readonly active?: boolean } = {}): void =>
  putRow(world, 'c1', fields, more)
const person = (world: World, fields: Fields = anaContact, lists?: readonly ListStatus[]): void =>
  putContact(world, '7', fields, lists ? { lists } : {})

const everybody = (world: World): void => {
  lead(world)
  contact(world)
  person(world)
}

/** The base when these were in sync, and all else that the standard mappings look at was blank. */
const inSyncWith = (row: Fields, contact: Fields): Base => {
  const mappings = [...standardMappings.contacts, ...standardMappings.leads]
  return {
    dynamics: { ...Object.fromEntries(mappings.map(({ dynamics }) => [dynamics, null])), ...row },
    activeCampaign: {
      ...Object.fromEntries(mappings.map(({ activeCampaign }) => [activeCampaign, ''])),
      ...contact,
    },
  }
}

const link = (
  world: World,
  dynamicsId: string,
  activeCampaignId: string,
  base = inSyncWith(ana, anaContact),
): void => {
  const { entity, links } = world
  const id = linkIdFor(entity, dynamicsId)
  links.set(id, { id, entity, dynamicsId, activeCampaignId, base })
}
const linkLead = (world: World): void => link(leadsOf(world), 'l1', '7')
const linkContact = (world: World): void => link(world, 'c1', '7')

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

const rows: readonly Omit<Scenario, 'topic' | 'leads'>[] = [
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
  {
    situation: 'A linked lead was deleted, `deleted.inDynamics: unlink`, and contacts alone may become rows',
    expected: ['skip deleted'],
    meaning: 'the link stays as a memory: forgotten, the person would come back as a contact',
    definition: definitionWith(
      { deleted: { inDynamics: 'unlink', inActiveCampaign: 'keep' } },
      { createInDynamics: 'all' },
    ),
    arrange: (world) => {
      person(world)
      linkLead(world)
    },
  },
  {
    situation: 'A linked lead is disqualified, `leaving: keep`',
    expected: ['skip left-scope'],
    meaning: 'nothing flows any more, nothing is removed',
    arrange: (world) => {
      lead(world, ana, inactive)
      person(world)
      linkLead(world)
    },
  },
  {
    situation: 'The same, `leaving: archive`',
    expected: ['unlink-records', 'unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed, then the link is forgotten',
    definition: definitionWith({ leaving: 'archive' }),
    arrange: (world) => {
      lead(world, ana, inactive)
      person(world, anaContact, [active('1')])
      linkLead(world)
    },
  },
  {
    situation: 'The same, and there is a contact with its e-mail',
    expected: ['link-records', 'unlink-records'],
    meaning: 'the contact takes over: its person is not unsubscribed for the lead',
    definition: definitionWith({ leaving: 'archive' }),
    arrange: (world) => {
      contact(world)
      lead(world, ana, inactive)
      person(world, anaContact, [active('1')])
      linkLead(world)
    },
  },
  {
    situation: 'A linked lead is merged into another lead',
    expected: ['move-link', 'skip handed-over'],
    meaning: 'the link moves to the surviving lead',
    arrange: (world) => {
      lead(world, ana, inactive)
      putRow(leadsOf(world), 'l2', ana)
      person(world)
      linkLead(world)
      world.merged.set('l1', 'l2')
    },
  },
  {
    situation: 'A lead is merged into another one, and that is qualified into a contact',
    expected: ['move-link', 'skip handed-over', 'skip inactive'],
    meaning: 'the link moves to the contact, through both',
    arrange: (world) => {
      everybody(world)
      lead(world, ana, inactive)
      putRow(leadsOf(world), 'l2', ana, inactive)
      linkLead(world)
      world.merged.set('l1', 'l2').set('l2', 'c1')
    },
  },
  {
    situation: 'The contact is deleted in D365, `deleted.inDynamics: delete`, and the lead is left',
    expected: ['link-records', 'unlink-records'],
    meaning: 'nobody is deleted: the lead takes over',
    definition: definitionWith({ deleted: { inDynamics: 'delete', inActiveCampaign: 'keep' } }),
    arrange: (world) => {
      lead(world)
      person(world)
      linkContact(world)
    },
  },
  {
    situation: 'The same, `keep`',
    expected: ['link-records', 'unlink-records'],
    meaning: 'the same: there is nothing to keep for a row whose contact is the lead’s now',
    arrange: (world) => {
      lead(world)
      person(world)
      linkContact(world)
    },
  },
  {
    situation: 'The contact leaves the scope, `leaving: unsubscribe`, and the lead is left',
    expected: ['link-records', 'unlink-records'],
    meaning: 'nobody is unsubscribed: the lead takes over',
    definition: definitionWith({ leaving: 'unsubscribe' }),
    arrange: (world) => {
      everybody(world)
      contact(world, { ...ana, firstname: 'Out' })
      person(world, anaContact, [active('1')])
      linkContact(world)
    },
  },
  {
    situation: 'The same, and the lead is linked as well',
    expected: ['link-records', 'unlink-records'],
    meaning: 'the same: the lead goes on, and what it says of e-mail is remembered',
    definition: definitionWith({ leaving: 'unsubscribe' }),
    arrange: (world) => {
      everybody(world)
      contact(world, { ...ana, firstname: 'Out' })
      person(world, anaContact, [active('1')])
      linkContact(world)
      linkLead(world)
    },
  },
  {
    situation: 'The contact is inactive, `leaving: unsubscribe`, and the lead is not in scope',
    expected: ['skip out-of-scope', 'unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed: nobody is left who takes part',
    definition: withLeadsIn(() => false, { leaving: 'unsubscribe' }),
    arrange: (world) => {
      everybody(world)
      contact(world, ana, inactive)
      person(world, anaContact, [active('1')])
      linkContact(world)
    },
  },
  {
    situation: 'A lead is linked, but not in the scope of leads any more; a contact gets its old e-mail',
    expected: ['link-records', 'unlink-records'],
    meaning: 'the contact takes over at once: a lead that takes no part does not move on',
    definition: withLeadsIn(() => false),
    arrange: (world) => {
      everybody(world)
      lead(world, moved)
      linkLead(world)
    },
  },
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
  {
    situation: 'A contact of ActiveCampaign has no row, and `createInDynamics` is `all` for both tables',
    expected: ['create-dynamics-record', 'skip other-entity-speaks'],
    meaning: 'one row is made: the table that speaks makes it',
    definition: definitionWith({ createInDynamics: 'all' }),
    arrange: (world) => person(world, anaContact, []),
  },
  {
    situation: '`createInDynamics: tagged`, and it has the tag `[D365: Lead]`',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a lead is made',
    definition: definitionWith({ createInDynamics: 'tagged' }),
    arrange: (world) => putContact(world, '7', anaContact, { tags: [marks.leads], lists: [] }),
  },
  {
    situation: 'The same, and the tag `[D365: Contact]` too',
    expected: ['create-dynamics-record', 'skip other-entity-speaks'],
    meaning: 'one row is made, a contact',
    definition: definitionWith({ createInDynamics: 'tagged' }),
    arrange: (world) =>
      putContact(world, '7', anaContact, { tags: [marks.leads, marks.contacts], lists: [] }),
  },
  {
    situation: '`createInDynamics` is `all` for leads and `never` for contacts',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a lead is made',
    definition: definitionWith({ createInDynamics: 'all' }, { createInDynamics: 'never' }),
    arrange: (world) => person(world, anaContact, []),
  },
  {
    situation: '`never` for leads and `all` for contacts',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a contact is made',
    definition: definitionWith({ createInDynamics: 'never' }, { createInDynamics: 'all' }),
    arrange: (world) => person(world, anaContact, []),
  },
  {
    situation: '`all` for leads and `tagged` for contacts, and it has no tag',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a lead is made: for contacts nobody asks',
    definition: definitionWith({ createInDynamics: 'all' }, { createInDynamics: 'tagged' }),
    arrange: (world) => person(world, anaContact, []),
  },
  {
    situation: 'The same, and its tags have not been read',
    expected: ['hold not-known-yet', 'hold not-known-yet'],
    meaning: 'asked for first, for leads too: one of them may ask for a contact',
    definition: definitionWith({ createInDynamics: 'all' }, { createInDynamics: 'tagged' }),
    arrange: (world) => {
      world.contacts.set('7', { id: '7', fields: anaContact, lists: [] })
    },
  },
  {
    situation: 'The same, with the tags `[D365: Contact]` and `[D365: Pushed from Dynamics]`',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a lead is made: the request for a contact is an old one',
    definition: definitionWith({ createInDynamics: 'all' }, { createInDynamics: 'tagged' }),
    arrange: (world) =>
      putContact(world, '7', anaContact, { tags: [marks.contacts, marks.pushed], lists: [] }),
  },
  {
    situation: '`all` for both, contacts by a tag only, which it does not have',
    expected: ['create-dynamics-record', 'skip not-asked-for'],
    meaning: 'a lead is made: it is not among those who become contacts',
    definition: definitionWith({ createInDynamics: 'all' }, { inboundScope: { tags: { hasAny: ['VIP'] } } }),
    arrange: (world) => person(world, anaContact, []),
  },
  {
    situation: 'The tag `[D365: Lead]`, and the person has a contact that is out of scope',
    expected: ['skip other-entity-speaks', 'skip out-of-scope', 'skip out-of-scope'],
    meaning: 'no lead is made for somebody who has a contact',
    definition: definitionWith({ createInDynamics: 'tagged' }),
    arrange: (world) => {
      contact(world, { ...ana, firstname: 'Out' })
      putContact(world, '7', anaContact, { tags: [marks.leads] })
    },
  },
]

export const leadScenarios: readonly Scenario[] = rows.map((row) => ({
  topic: 'Leads and contacts',
  leads: true,
  definition: definitionWith(),
  ...row,
}))
