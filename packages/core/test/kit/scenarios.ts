import { type Fields, map } from '@dynacamp/mapping-dsl'
import { compareText } from '../../src/compare.ts'
import {
  type Link,
  type ListStatus,
  linkIdFor,
  marks,
  type Plan,
  type PlanInput,
  planBatch,
} from '../../src/index.ts'
import { companyScenarios } from './company-scenarios.ts'
import { consentScenarios } from './consent-scenarios.ts'
import { contactsDefinition } from './definition.ts'
import { leadScenarios } from './lead-scenarios.ts'
import { inputOf, planTables, planWorld } from './plan-world.ts'
import { policyScenarios } from './policy-scenarios.ts'
import type { Scenario } from './scenario.ts'
import { emptyWorld, emptyWorldWithLeads, entityIn, putContact, putRow, type World } from './world.ts'

const ana = { emailaddress1: 'ana@example.com', firstname: 'Ana' }
const anaContact = { email: 'ana@example.com', firstName: 'Ana' }
const list = (id: string, status: ListStatus['status']): ListStatus => ({ id, name: `List ${id}`, status })

const mapped = entityIn(contactsDefinition(), 'contacts').fields

/** A link with the base it has when both sides agreed on the given values. */
const link = (
  world: World,
  dynamicsId: string,
  activeCampaignId: string,
  base: { readonly dynamics: Fields; readonly activeCampaign: Fields } = {
    dynamics: ana,
    activeCampaign: anaContact,
  },
): void => {
  const id = linkIdFor('contacts', dynamicsId)
  const made: Link = {
    ...{ id, entity: 'contacts', dynamicsId, activeCampaignId },
    base: {
      dynamics: { ...Object.fromEntries(mapped.map((field) => [field.dynamics, null])), ...base.dynamics },
      activeCampaign: {
        ...Object.fromEntries(mapped.map((field) => [field.activeCampaign, ''])),
        ...base.activeCampaign,
      },
    },
  }
  world.links.set(id, made)
}

const bob = { emailaddress1: 'bob@example.com', firstname: 'Bob' }
const bobContact = { email: 'bob@example.com', firstName: 'Bob' }

/** Ana and Bob, each linked and in sync. */
const anaAndBob = (world: World): void => {
  putRow(world, 'd1', ana)
  putContact(world, '1', anaContact)
  link(world, 'd1', '1')
  putRow(world, 'd2', bob)
  putContact(world, '2', bobContact)
  link(world, 'd2', '2', { dynamics: bob, activeCampaign: bobContact })
}

const byNumber = contactsDefinition({
  match: [
    { dynamics: 'emailaddress1', activeCampaign: 'email' },
    { dynamics: 'governmentid', activeCampaign: 'ID_NUMBER' },
  ],
})

const clearing = contactsDefinition({
  fields: [map('emailaddress1', 'email', { blank: 'clear' }), map('firstname', 'firstName')],
})

const byNumberOrPhone = contactsDefinition({
  match: [
    { dynamics: 'emailaddress1', activeCampaign: 'email' },
    { dynamics: 'governmentid', activeCampaign: 'ID_NUMBER' },
    { dynamics: 'telephone1', activeCampaign: 'phone' },
  ],
})

const tagging = contactsDefinition({ tags: { write: true } })

const inScope = (fields: Fields) => fields.firstname !== 'Out'
const out = { ...ana, firstname: 'Out' }
const outContact = { ...anaContact, firstName: 'Out' }
const outLinked = (lists?: readonly ListStatus[]) => (world: World) => {
  putRow(world, 'd1', out)
  putContact(world, '1', outContact, lists ? { lists } : {})
  link(world, 'd1', '1', { dynamics: out, activeCampaign: outContact })
}
const left = (leaving: 'unlink' | 'unsubscribe' | 'archive') => contactsDefinition({ leaving, inScope })

const deleted = (side: 'dynamics' | 'activeCampaign') => (world: World) => {
  if (side === 'activeCampaign') putRow(world, 'd1', ana, { active: true })
  else putContact(world, '1', anaContact, { lists: [list('1', 'active')] })
  link(world, 'd1', '1')
}
const onDelete = (
  inDynamics: 'keep' | 'unlink' | 'unsubscribe' | 'archive' | 'delete',
  inActiveCampaign: 'keep' | 'unlink' | 'deactivate' | 'delete',
  createInDynamics: 'never' | 'all' = 'never',
) => contactsDefinition({ deleted: { inDynamics, inActiveCampaign }, createInDynamics })

const newsletter: ListStatus = { ...list('1', 'active'), name: 'Newsletter' }
const onNewsletter = contactsDefinition({
  createInDynamics: 'all',
  inboundScope: { lists: { hasAny: ['Newsletter'] } },
  optOut: { direction: 'outbound' },
})
const whoGetsMail = contactsDefinition({
  createInDynamics: 'all',
  inboundScope: { status: { hasAny: ['active'] } },
  optOut: { direction: 'outbound' },
})
/** Ana, whose tags nobody has read. */
const untagged = (world: World): void => {
  world.contacts.set('1', { id: '1', fields: anaContact, lists: [] })
}

const consented =
  (row: Fields, lists: readonly ListStatus[] | undefined, before: Fields) => (world: World) => {
    putRow(world, 'd1', { ...ana, ...row })
    putContact(world, '1', anaContact, lists ? { lists } : {})
    link(world, 'd1', '1', { dynamics: { ...ana, ...before }, activeCampaign: anaContact })
  }
const optOut = { donotbulkemail: true }
const allow = { donotbulkemail: false }

const personScenarios: readonly Scenario[] = [
  {
    topic: 'Matching',
    situation: 'A row and a contact have the same e-mail, written in different case, and agree',
    expected: ['link-records'],
    meaning: 'linked, no call',
    arrange: (world) => {
      putRow(world, 'd1', { ...ana, emailaddress1: 'Ana@Example.com' })
      putContact(world, '1', anaContact)
    },
  },
  {
    topic: 'Matching',
    situation: 'They differ in a field',
    expected: ['hold first-link-differs', 'link-records'],
    meaning: 'linked; the field is held, the others are in sync',
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', { ...anaContact, firstName: 'Anna' })
    },
  },
  {
    topic: 'Matching',
    situation: 'They differ in a field, and `firstLink` is `policy`',
    expected: ['link-records', 'update-active-campaign-contact'],
    meaning: 'the conflict policy decides, and the plan lists what it overrules',
    settings: { firstLink: 'policy' },
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', { ...anaContact, firstName: 'Anna' })
    },
  },
  {
    topic: 'Matching',
    situation: 'They differ in a field, and a person decides for ActiveCampaign',
    expected: ['link-records', 'update-dynamics-record'],
    meaning: 'what the person decided is written, and listed as overruled',
    settings: {
      resolutions: [{ entity: 'contacts', dynamicsId: 'd1', field: null, winner: 'activeCampaign' }],
    },
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', { ...anaContact, firstName: 'Anna' })
    },
  },
  {
    topic: 'Matching',
    situation: 'The same, and contacts flow outbound only',
    expected: ['hold first-link-differs', 'link-records'],
    meaning: 'still held: no decision writes to the side that everything comes from',
    definition: contactsDefinition({
      direction: 'outbound',
      fields: [map('emailaddress1', 'email'), map('firstname', 'firstName')],
    }),
    settings: {
      resolutions: [{ entity: 'contacts', dynamicsId: 'd1', field: null, winner: 'activeCampaign' }],
    },
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', { ...anaContact, firstName: 'Anna' })
    },
  },
  {
    topic: 'Matching',
    situation: 'Two rows have one e-mail, no contact has it',
    expected: ['hold shared-key', 'hold shared-key'],
    meaning: 'both are held, each naming the other',
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putRow(world, 'd2', ana)
    },
  },
  {
    topic: 'Matching',
    situation: 'The same, and the definition says `sharedEmail: oldest`',
    expected: ['create-active-campaign-contact', 'skip other-row-speaks'],
    meaning: 'the older row gets the contact, the other is left aside',
    definition: contactsDefinition({ sharedEmail: 'oldest' }),
    arrange: (world) => {
      putRow(world, 'd1', ana, { createdOn: '2020-01-01T00:00:00Z' })
      putRow(world, 'd2', ana, { createdOn: '2021-01-01T00:00:00Z' })
    },
  },
  {
    topic: 'Matching',
    situation: 'The same, but one time of creation is not known',
    expected: ['hold shared-key', 'hold shared-key'],
    meaning: 'no guessing: held',
    definition: contactsDefinition({ sharedEmail: 'oldest' }),
    arrange: (world) => {
      putRow(world, 'd1', ana, { createdOn: '2020-01-01T00:00:00Z' })
      putRow(world, 'd2', ana)
    },
  },
  {
    topic: 'Matching',
    situation: 'Two rows have one e-mail, and the definition says `sharedEmail: latestModified`',
    expected: ['create-active-campaign-contact', 'skip other-row-speaks'],
    meaning: 'the row that was worked on last gets the contact',
    definition: contactsDefinition({ sharedEmail: 'latestModified' }),
    arrange: (world) => {
      const [old, young] = ['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z']
      putRow(world, 'd1', ana, { createdOn: old, modifiedOn: old })
      putRow(world, 'd2', ana, { createdOn: young, modifiedOn: young })
    },
  },
  {
    topic: 'Matching',
    situation: 'The same, and both were changed at once, as an import does',
    expected: ['hold shared-key', 'hold shared-key'],
    meaning: 'which came first would be chance: held',
    definition: contactsDefinition({ sharedEmail: 'latestModified' }),
    arrange: (world) => {
      putRow(world, 'd1', ana, { modifiedOn: '2021-01-01T00:00:00Z' })
      putRow(world, 'd2', ana, { modifiedOn: '2021-01-01T01:00:00+01:00' })
    },
  },
  {
    topic: 'Matching',
    situation: 'A linked row, and a second row gets the same e-mail',
    expected: ['hold shared-key'],
    meaning: 'the linked one goes on, the second is held: no contact ever mixes two rows',
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', { ...ana, firstname: 'Annette' })
    },
  },
  {
    topic: 'Matching',
    situation: 'The same, `sharedEmail: oldest`, and the second row is the older one',
    expected: ['skip other-row-speaks'],
    meaning: 'who is linked keeps the contact: speakers do not change with every row that comes',
    definition: contactsDefinition({ sharedEmail: 'oldest' }),
    arrange: (world) => {
      putRow(world, 'd1', ana, { createdOn: '2021-01-01T00:00:00Z' })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', { ...ana, firstname: 'Annette' }, { createdOn: '2020-01-01T00:00:00Z' })
    },
  },
  {
    topic: 'Matching',
    situation: '`sharedEmail: oldest`, two linked rows have one e-mail by now, and a third one gets it',
    expected: ['hold key-taken', 'hold shared-key'],
    meaning: 'no guessing which of the two speaks: the e-mail of the second is held, and so is the third row',
    definition: contactsDefinition({ sharedEmail: 'oldest' }),
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { createdOn: '2020-01-01T00:00:00Z' })
      putRow(world, 'd2', { ...bob, emailaddress1: ana.emailaddress1 }, { createdOn: '2021-01-01T00:00:00Z' })
      putRow(world, 'd3', ana, { createdOn: '2019-01-01T00:00:00Z' })
    },
  },
  {
    topic: 'Matching',
    situation: 'A merged (inactive) row and the surviving one have one e-mail',
    expected: ['link-records', 'skip inactive'],
    meaning: 'the surviving row is matched',
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putRow(world, 'd2', ana)
      putContact(world, '1', anaContact)
    },
  },
  {
    topic: 'Matching',
    situation: 'A row without an e-mail',
    expected: ['skip no-match-key'],
    meaning: 'left aside',
    arrange: (world) => putRow(world, 'd1', { firstname: 'Ana' }),
  },
  {
    topic: 'Matching',
    situation: 'A row with a malformed e-mail',
    expected: ['hold malformed-key'],
    meaning: 'held until it is corrected',
    arrange: (world) => putRow(world, 'd1', { ...ana, emailaddress1: 'ana at example' }),
  },
  {
    topic: 'Matching',
    situation: 'A contact with a malformed e-mail',
    expected: ['skip no-match-key'],
    meaning: 'left aside, also where contacts may become rows',
    definition: contactsDefinition({ createInDynamics: 'all' }),
    arrange: (world) => putContact(world, '1', { ...anaContact, email: 'ana at example' }, { lists: [] }),
  },
  {
    topic: 'Matching by later rules',
    situation: 'A row without an e-mail, and one contact with the same employee number',
    expected: ['link-records', 'update-dynamics-record'],
    meaning: 'linked; the row gets the e-mail',
    definition: byNumber,
    arrange: (world) => {
      putRow(world, 'd1', { firstname: 'Ana', governmentid: '7' })
      putContact(world, '1', { ...anaContact, ID_NUMBER: '7' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation: 'The same, and two contacts have the number',
    expected: ['hold shared-key', 'hold shared-key', 'hold shared-key'],
    meaning: 'no guessing: all three are held, each naming the others',
    definition: byNumber,
    arrange: (world) => {
      putRow(world, 'd1', { firstname: 'Ana', governmentid: '7' })
      putContact(world, '1', { ...anaContact, ID_NUMBER: '7' })
      putContact(world, '2', { ...bobContact, ID_NUMBER: '7' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation: 'The same, but the e-mail of the second contact has a row of its own',
    expected: ['link-records', 'link-records', 'update-dynamics-record', 'update-dynamics-record'],
    meaning: 'the first rule that finds somebody decides: the second contact is spoken for',
    definition: byNumber,
    arrange: (world) => {
      putRow(world, 'd1', { firstname: 'Ana', governmentid: '7' })
      putContact(world, '1', { ...anaContact, ID_NUMBER: '7' })
      putRow(world, 'd2', bob)
      putContact(world, '2', { ...bobContact, ID_NUMBER: '7' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation: 'A row and a contact have the same number and different e-mails',
    expected: ['hold identity-differs', 'hold identity-differs'],
    meaning: 'one person with two addresses, or two people: held, and neither is created on the other side',
    definition: byNumber,
    arrange: (world) => {
      putRow(world, 'd1', { ...ana, governmentid: '7' })
      putContact(world, '1', { ...anaContact, email: 'ana@home.example', ID_NUMBER: '7' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation: 'A row with a malformed e-mail, and one contact with the same number',
    expected: ['hold first-link-differs', 'link-records'],
    meaning: 'linked; the e-mail is held until somebody corrects it',
    definition: byNumber,
    arrange: (world) => {
      putRow(world, 'd1', { ...ana, emailaddress1: 'ana at example', governmentid: '7' })
      putContact(world, '1', { ...anaContact, ID_NUMBER: '7' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation: 'A contact with a malformed e-mail, and one row with the same number',
    expected: ['hold first-link-differs', 'link-records'],
    meaning: 'the same',
    definition: byNumber,
    arrange: (world) => {
      putRow(world, 'd1', { ...ana, governmentid: '7' })
      putContact(world, '1', { ...anaContact, email: 'ana at example', ID_NUMBER: '7' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation: 'A row has the number of one contact and the telephone of another',
    expected: [
      'link-records',
      'skip not-asked-for',
      'update-active-campaign-contact',
      'update-dynamics-record',
    ],
    meaning: 'the earlier rule decides; the second contact is left aside',
    definition: byNumberOrPhone,
    arrange: (world) => {
      putRow(world, 'd1', { firstname: 'Ana', governmentid: '7', telephone1: '555' })
      putContact(world, '1', { ...anaContact, ID_NUMBER: '7' })
      putContact(world, '2', { ...bobContact, phone: '555' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation: 'A contact has the number of one row and the telephone of another',
    expected: ['link-records', 'skip no-match-key', 'update-dynamics-record'],
    meaning: 'the same from the other side',
    definition: byNumberOrPhone,
    arrange: (world) => {
      putRow(world, 'd1', { firstname: 'Ana', governmentid: '7' })
      putRow(world, 'd2', { firstname: 'Bob', telephone1: '555' })
      putContact(world, '1', { ...anaContact, ID_NUMBER: '7', phone: '555' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation: 'A row without an e-mail has the telephone of a pair that an e-mail finds',
    expected: ['link-records', 'skip no-match-key'],
    meaning: 'the pair is linked; the row is left aside',
    definition: byNumberOrPhone,
    arrange: (world) => {
      putRow(world, 'd1', { ...ana, telephone1: '555' })
      putContact(world, '1', { ...anaContact, phone: '555' })
      putRow(world, 'd2', { firstname: 'Bob', telephone1: '555' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation: 'A contact with a malformed e-mail has it',
    expected: ['link-records', 'skip no-match-key'],
    meaning: 'the same from the other side',
    definition: byNumberOrPhone,
    arrange: (world) => {
      putRow(world, 'd1', { ...ana, telephone1: '555' })
      putContact(world, '1', { ...anaContact, phone: '555' })
      putContact(world, '2', { ...bobContact, email: 'bob at example', phone: '555' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation: 'A row and a contact have the same telephone and different numbers',
    expected: ['hold first-link-differs', 'link-records', 'update-dynamics-record'],
    meaning: 'linked by the third rule, as the second finds nobody; the number is held',
    definition: byNumberOrPhone,
    arrange: (world) => {
      putRow(world, 'd1', { firstname: 'Ana', governmentid: '7', telephone1: '555' })
      putContact(world, '1', { ...anaContact, ID_NUMBER: '8', phone: '555' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation:
      'Two rows without an e-mail have the telephone of a contact, and one of them another contact’s number',
    expected: [
      'link-records',
      'link-records',
      'update-active-campaign-contact',
      'update-dynamics-record',
      'update-dynamics-record',
    ],
    meaning: 'who is found by an earlier rule is no rival for a later one',
    definition: byNumberOrPhone,
    arrange: (world) => {
      putRow(world, 'd1', { firstname: 'Ana', governmentid: '7', telephone1: '555' })
      putRow(world, 'd2', { firstname: 'Bob', telephone1: '555' })
      putContact(world, '1', { ...anaContact, ID_NUMBER: '7' })
      putContact(world, '2', { ...bobContact, phone: '555' })
    },
  },
  {
    topic: 'Matching by later rules',
    situation: 'A new row has the number of a linked pair, and an e-mail of its own',
    expected: ['create-active-campaign-contact'],
    meaning: 'who is linked has a partner: a spouse with the same telephone does not take it away',
    definition: byNumber,
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd3', { emailaddress1: 'cem@example.com', governmentid: '7' })
      putRow(world, 'd1', { ...ana, governmentid: '7' })
      putContact(world, '1', { ...anaContact, ID_NUMBER: '7' })
      link(world, 'd1', '1', {
        dynamics: { ...ana, governmentid: '7' },
        activeCampaign: { ...anaContact, ID_NUMBER: '7' },
      })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The e-mail of a linked row changes',
    expected: ['update-active-campaign-contact'],
    meaning: 'the same contact gets the new e-mail; there is no second contact',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'ana@new.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The e-mail of a linked contact changes',
    expected: ['update-dynamics-record'],
    meaning: 'the same row gets the new e-mail',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'ana@new.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'It changes on both sides to the same',
    expected: ['link-records'],
    meaning: 'remembered, no call',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'ana@new.example' })
      putContact(world, '1', { ...anaContact, email: 'ana@new.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The same, and the first name changes in D365',
    expected: ['link-records', 'update-active-campaign-contact'],
    meaning: 'the one is remembered, the other written; neither waits for the other',
    waits: { 'update-active-campaign-contact': [] },
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { firstname: 'Anna', emailaddress1: 'ana@new.example' })
      putContact(world, '1', { ...anaContact, email: 'ana@new.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'It changes on both sides to different ones',
    expected: ['update-active-campaign-contact'],
    meaning: 'a conflict like any other: here `dynamicsWins`',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'ana@new.example' })
      putContact(world, '1', { ...anaContact, email: 'ana@other.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The same, and the mapping says `conflict: hold`',
    expected: ['hold conflict'],
    meaning: 'held until a person decides',
    definition: contactsDefinition({
      fields: [map('emailaddress1', 'email', { conflict: 'hold' }), map('firstname', 'firstName')],
    }),
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'ana@new.example' })
      putContact(world, '1', { ...anaContact, email: 'ana@other.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail belongs to another contact',
    expected: ['hold key-taken'],
    meaning: 'the e-mail is held, other fields go on',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail of a linked row belongs to a row without a link, and to no contact',
    expected: ['hold shared-key', 'hold shared-key'],
    meaning: 'held, and so is the other row: two rows would share one contact',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'cem@example.com' })
      putRow(world, 'd3', { emailaddress1: 'cem@example.com', firstname: 'Cem' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail of a linked row is malformed',
    expected: ['hold bad-value'],
    meaning: 'the e-mail is held until it is corrected, other fields go on',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'ana at example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'It has more than 400 characters',
    expected: ['hold malformed-key'],
    meaning: 'held: it names nobody',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: `ana@${'example.'.repeat(60)}com` })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail of a linked contact is that of a row without a link',
    expected: ['hold key-taken', 'hold linked-elsewhere'],
    meaning: 'the e-mail is held, and the other row waits: two rows would share one contact',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd3', { emailaddress1: 'cem@example.com', firstname: 'Cem' })
      putContact(world, '1', { ...anaContact, email: 'cem@example.com' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'Two contacts have exchanged their e-mails in ActiveCampaign',
    expected: ['update-dynamics-record', 'update-dynamics-record'],
    meaning: 'both rows get theirs: D365 takes them in any order',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'bob@example.com' })
      putContact(world, '2', { ...bobContact, email: 'ana@example.com' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'A contact gets the e-mail of another one, which is gone; its row has the e-mail still',
    expected: ['hold key-taken', 'skip deleted'],
    meaning: 'the e-mail is held: the other row keeps it',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'bob@example.com' })
      world.contacts.delete('2')
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The other contact is there, and its new e-mail is malformed',
    expected: ['hold bad-value', 'hold key-taken'],
    meaning: 'both are held: the other row keeps the e-mail until that is corrected',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'bob@example.com' })
      putContact(world, '2', { ...bobContact, email: 'bob at example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'Its new e-mail is that of a third row',
    expected: ['hold key-taken', 'hold key-taken', 'hold linked-elsewhere'],
    meaning: 'both are held, and the third row waits',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'bob@example.com' })
      putContact(world, '2', { ...bobContact, email: 'cem@example.com' })
      putRow(world, 'd3', { emailaddress1: 'cem@example.com', firstname: 'Cem' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'Its new e-mail is that of two more rows, and only one of them moves on',
    expected: ['hold key-taken', 'hold key-taken', 'hold shared-key', 'update-dynamics-record'],
    meaning: 'both are held: one who keeps the e-mail is enough',
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: 'bob@example.com' })
      putContact(world, '2', { ...bobContact, email: 'cem@example.com' })
      const cem = { emailaddress1: 'cem@example.com', firstname: 'Cem' }
      const cemContact = { email: 'cem@example.com', firstName: 'Cem' }
      putRow(world, 'd3', cem)
      putContact(world, '3', { ...cemContact, email: 'cem@new.example' })
      link(world, 'd3', '3', { dynamics: cem, activeCampaign: cemContact })
      putRow(world, 'd4', { ...cem, firstname: 'Cemal' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail was that of another contact, whose row has a new one too',
    expected: ['update-active-campaign-contact', 'update-active-campaign-contact'],
    meaning: 'both move on, the other contact first; so do chains of three and more',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'bob@new.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation:
      'The same, but the e-mail of the other contact was changed in ActiveCampaign too, and that wins',
    expected: ['hold key-taken', 'hold key-taken'],
    meaning: 'the other contact does not move on, and two rows would have one e-mail: both are held',
    definition: contactsDefinition({
      fields: [
        map('emailaddress1', 'email', { conflict: 'activeCampaignWins' }),
        map('firstname', 'firstName'),
      ],
    }),
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@other.example' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'bob@new.example' })
      putContact(world, '2', { ...bobContact, email: 'bob@other.example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail was that of another contact, which moves on; a third row has it as well',
    expected: ['hold key-taken', 'hold shared-key', 'update-active-campaign-contact'],
    meaning: 'the other contact moves on; who has its old e-mail is for people to say, and both are held',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'bob@new.example' })
      putRow(world, 'd3', { ...bob, firstname: 'Robert' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail was that of another contact, whose row got that of a third row',
    expected: ['hold key-taken', 'hold shared-key', 'hold shared-key'],
    meaning: 'the other contact does not move on, so the first one waits as well',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'cem@example.com' })
      putRow(world, 'd3', { emailaddress1: 'cem@example.com', firstname: 'Cem' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail was that of another contact, whose row has a malformed one now',
    expected: ['hold bad-value', 'hold key-taken'],
    meaning: 'both are held until that is corrected',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'bob at example' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The same, and that has more than 400 characters',
    expected: ['hold key-taken', 'hold malformed-key'],
    meaning: 'the same',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: `bob@${'example.'.repeat(60)}com` })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail was that of another contact, whose row has a new one and left the scope',
    expected: ['hold key-taken', 'skip left-scope'],
    meaning: 'nothing flows to the other contact any more: it keeps the e-mail, and the first one waits',
    definition: contactsDefinition({ inScope }),
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { emailaddress1: 'bob@new.example', firstname: 'Out' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The new e-mail is that of another contact, whose row was deleted',
    expected: ['hold key-taken', 'skip deleted'],
    meaning: 'the contact that is kept keeps its e-mail',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      world.rows.delete('d2')
      putContact(world, '2', { ...bobContact, firstName: 'Robert' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'Two linked rows swap their e-mails',
    expected: ['hold key-taken', 'hold key-taken'],
    meaning: 'both e-mails are held, and the ways out named: ActiveCampaign takes neither change first',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: 'bob@example.com' })
      putRow(world, 'd2', { ...bob, emailaddress1: 'ana@example.com' })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The e-mail of a linked row is emptied',
    expected: [],
    meaning: 'a blank overwrites nothing (`ignoreBlank`)',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: null })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'The same, and the mapping says `blank: clear`',
    expected: ['hold malformed-key'],
    meaning: 'held: a contact cannot be without one',
    definition: clearing,
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', { ...ana, emailaddress1: null })
    },
  },
  {
    topic: 'E-mail changes',
    situation: 'ActiveCampaign shows a linked contact without one, and the mapping says `blank: clear`',
    expected: ['update-dynamics-record'],
    meaning: 'cleared: a row can be without one',
    definition: clearing,
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', { ...anaContact, email: '' })
    },
  },
  {
    topic: 'Merges',
    situation: 'A linked row was merged into another row with the same e-mail',
    expected: ['move-link', 'skip handed-over'],
    meaning: 'the link moves to the surviving row',
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', ana)
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'The surviving row has another e-mail and another name',
    expected: ['hold first-link-differs', 'hold first-link-differs', 'move-link', 'skip handed-over'],
    meaning: 'the link moves; nobody compared the two yet, so what differs is held, as at a first link',
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', { emailaddress1: 'anna@example.com', firstname: 'Anna' })
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'A linked row was merged, and ActiveCampaign shows its contact without an e-mail',
    expected: ['move-link', 'skip handed-over', 'update-active-campaign-contact'],
    meaning: 'the link moves: nobody else can have the contact; it gets the e-mail of the surviving row',
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', { ...anaContact, email: '' })
      link(world, 'd1', '1')
      putRow(world, 'd2', ana)
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'The surviving row has no link, and another contact has its e-mail',
    expected: ['link-records', 'skip handed-over'],
    meaning:
      'the e-mail counts more than the merge: the row is linked to the contact that has it; that of the merged row is left as it is',
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', bob)
      putContact(world, '2', bobContact)
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'The surviving row has no e-mail, and another contact has its employee number',
    expected: [
      'move-link',
      'skip handed-over',
      'skip not-asked-for',
      'update-active-campaign-contact',
      'update-dynamics-record',
    ],
    meaning: 'what a row takes over comes before what a later rule finds',
    definition: byNumber,
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', { firstname: 'Ana', governmentid: '7' })
      putContact(world, '2', { ...bobContact, ID_NUMBER: '7' })
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'The surviving row has a contact of its own',
    expected: ['hold several-contacts'],
    meaning:
      'the surviving pair goes on; the other contact waits for somebody to merge the two in ActiveCampaign',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { active: false })
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'Then the contacts are merged in ActiveCampaign, and that of the surviving row stays',
    expected: ['unlink-records'],
    meaning: 'the old link is forgotten',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { active: false })
      world.contacts.delete('1')
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'Or the other one stays',
    expected: ['hold first-link-differs', 'hold first-link-differs', 'move-link', 'skip handed-over'],
    meaning: 'the link moves to the surviving row; what differs is held',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { active: false })
      world.contacts.delete('2')
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'Or a third one has the e-mail of the surviving row',
    expected: ['hold first-link-differs', 'move-link', 'skip handed-over'],
    meaning:
      'the e-mail counts more than the merge, from whichever end the two are found; what differs is held',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { active: false })
      world.contacts.delete('2')
      putContact(world, '3', { ...bobContact, firstName: 'Robert' })
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'Two linked rows were merged into a third, which has none of their e-mails',
    expected: ['hold several-contacts', 'skip handed-over', 'skip handed-over'],
    meaning: 'no guessing which of the two contacts it is',
    arrange: (world) => {
      anaAndBob(world)
      putRow(world, 'd1', ana, { active: false })
      putRow(world, 'd2', bob, { active: false })
      putRow(world, 'd3', { emailaddress1: 'cem@example.com', firstname: 'Cem' })
      world.merged.set('d1', 'd3').set('d2', 'd3')
    },
  },
  {
    topic: 'Merges',
    situation: 'The same, and the third has no e-mail; the contacts are listed by their ids',
    expected: ['hold several-contacts', 'skip handed-over', 'skip handed-over'],
    meaning: 'the same',
    arrange: (world) => {
      anaAndBob(world)
      world.links.clear()
      link(world, 'd1', '2', { dynamics: ana, activeCampaign: bobContact })
      link(world, 'd2', '1', { dynamics: bob, activeCampaign: anaContact })
      putRow(world, 'd1', ana, { active: false })
      putRow(world, 'd2', bob, { active: false })
      putRow(world, 'd3', { firstname: 'Cem' })
      world.merged.set('d1', 'd3').set('d2', 'd3')
    },
  },
  {
    topic: 'Merges',
    situation: 'The surviving row is out of scope',
    expected: ['skip left-scope', 'skip out-of-scope'],
    meaning: 'the rules of leaving decide',
    definition: contactsDefinition({ inScope }),
    arrange: (world) => {
      putRow(world, 'd1', ana, { active: false })
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
      putRow(world, 'd2', out)
      world.merged.set('d1', 'd2')
    },
  },
  {
    topic: 'Merges',
    situation: 'Two contacts were merged in ActiveCampaign, and the one that stays has the e-mail of the row',
    expected: ['hold first-link-differs', 'move-link'],
    meaning: 'the row is linked to the one that stays; what differs is held',
    definition: onDelete('keep', 'delete'),
    arrange: (world) => {
      putRow(world, 'd1', ana)
      link(world, 'd1', '1')
      putContact(world, '2', { ...anaContact, firstName: 'Anna' })
    },
  },
  {
    topic: 'Creation',
    situation: 'A row in scope that ActiveCampaign does not have',
    expected: ['create-active-campaign-contact'],
    meaning: 'created',
    arrange: (world) => putRow(world, 'd1', ana),
  },
  {
    topic: 'Creation',
    situation: 'One of its values is none that ActiveCampaign’s field can have',
    expected: ['create-active-campaign-contact', 'hold bad-value'],
    meaning: 'created without it; the field is held until the value is corrected',
    definition: contactsDefinition({
      fields: [
        map('emailaddress1', 'email'),
        map('telephone1', 'phone', {
          direction: 'outbound',
          via: [{ name: 'e164', with: { region: 'DE' } }],
        }),
      ],
    }),
    arrange: (world) => putRow(world, 'd1', { ...ana, telephone1: 'none' }),
  },
  {
    topic: 'Creation',
    situation: 'One of its columns flows from ActiveCampaign only',
    expected: ['create-active-campaign-contact'],
    meaning: 'created without it: the new contact’s blank does not empty the column either',
    definition: contactsDefinition({
      fields: [map('emailaddress1', 'email'), map('jobtitle', 'POSITION', { direction: 'inbound' })],
    }),
    arrange: (world) => putRow(world, 'd1', { ...ana, jobtitle: 'Nurse' }),
  },
  {
    topic: 'Creation',
    situation: 'Contacts flow inbound only, and a row has an e-mail that ActiveCampaign does not have',
    expected: ['skip direction'],
    meaning: 'left aside',
    definition: contactsDefinition({ direction: 'inbound' }),
    arrange: (world) => putRow(world, 'd1', ana),
  },
  {
    topic: 'Creation',
    situation: 'Contacts flow outbound only, and a contact has an e-mail that D365 does not have',
    expected: ['skip direction'],
    meaning: 'left aside',
    definition: contactsDefinition({ direction: 'outbound' }),
    arrange: (world) => putContact(world, '1', anaContact),
  },
  {
    topic: 'Creation',
    situation: 'A contact without an e-mail',
    expected: ['skip no-match-key'],
    meaning: 'left aside, and called by its id',
    arrange: (world) => putContact(world, '1', { email: '' }),
  },
  {
    topic: 'Creation',
    situation: 'A contact that D365 does not have',
    expected: ['skip not-asked-for'],
    meaning: 'left aside: rows are made on request only',
    arrange: (world) => putContact(world, '1', anaContact),
  },
  {
    topic: 'Creation',
    situation: 'The same, `createInDynamics: tagged`, and it has the tag `[D365: Contact]`',
    expected: ['create-dynamics-record'],
    meaning: 'created under a GUID made from the contact’s id',
    definition: contactsDefinition({ createInDynamics: 'tagged' }),
    arrange: (world) => putContact(world, '1', anaContact, { tags: ['[D365: Contact]'], lists: [] }),
  },
  {
    topic: 'Creation',
    situation: 'The same, and one of its fields flows from D365 only',
    expected: ['create-dynamics-record'],
    meaning: 'created without it: the new row’s blank does not empty the field either',
    definition: contactsDefinition({
      createInDynamics: 'tagged',
      fields: [map('emailaddress1', 'email'), map('jobtitle', 'POSITION', { direction: 'outbound' })],
    }),
    arrange: (world) =>
      putContact(world, '1', { ...anaContact, POSITION: 'Nurse' }, { tags: [marks.contacts], lists: [] }),
  },
  {
    topic: 'Creation',
    situation: '`createInDynamics: tagged`, and its tags have not been read',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first',
    definition: contactsDefinition({ createInDynamics: 'tagged' }),
    arrange: untagged,
  },
  {
    topic: 'Creation',
    situation: 'A contact whose row is out of scope',
    expected: ['skip out-of-scope', 'skip out-of-scope'],
    meaning: 'no second row is made for it',
    definition: contactsDefinition({ createInDynamics: 'all', inScope }),
    arrange: (world) => {
      putRow(world, 'd1', out)
      putContact(world, '1', anaContact)
    },
  },
  {
    topic: 'Creation',
    situation: 'The same, and it has the tag `[D365: Pushed from Dynamics]` too',
    expected: ['skip not-asked-for'],
    meaning: 'it came from D365 once: that its row is gone is no reason to make it again',
    definition: contactsDefinition({ createInDynamics: 'tagged' }),
    arrange: (world) => putContact(world, '1', anaContact, { tags: [marks.contacts, marks.pushed] }),
  },
  {
    topic: 'Creation',
    situation: 'The same, and it has the tag `[D365: Pulled from ActiveCampaign]` instead',
    expected: ['skip not-asked-for'],
    meaning: 'its row was made once; whoever wants another one takes that tag off',
    definition: contactsDefinition({ createInDynamics: 'tagged' }),
    arrange: (world) =>
      putContact(world, '1', anaContact, { tags: [marks.contacts, marks.pulled], lists: [] }),
  },
  {
    topic: 'Creation',
    situation: '`createInDynamics: all`, and it does not meet the inbound scope',
    expected: ['skip not-asked-for'],
    meaning: 'left aside',
    definition: contactsDefinition({
      createInDynamics: 'all',
      inboundScope: { tags: { hasAny: ['VIP'] } },
    }),
    arrange: (world) => putContact(world, '1', anaContact),
  },
  {
    topic: 'Creation',
    situation: 'The same, and its tags have not been read',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first',
    definition: contactsDefinition({
      createInDynamics: 'all',
      inboundScope: { tags: { hasAny: ['VIP'] } },
    }),
    arrange: untagged,
  },
  {
    topic: 'Creation',
    situation: '`createInDynamics: all` without a scope, and its tags have not been read',
    expected: ['create-dynamics-record'],
    meaning: 'created: nothing depends on them',
    definition: contactsDefinition({ createInDynamics: 'all' }),
    arrange: untagged,
  },
  {
    topic: 'Creation',
    situation: 'The inbound scope is a list, and the contact is on it',
    expected: ['create-dynamics-record'],
    meaning: 'created',
    definition: onNewsletter,
    arrange: (world) => putContact(world, '1', anaContact, { lists: [newsletter] }),
  },
  {
    topic: 'Creation',
    situation: 'It is on another list',
    expected: ['skip not-asked-for'],
    meaning: 'left aside',
    definition: onNewsletter,
    arrange: (world) => putContact(world, '1', anaContact, { lists: [list('2', 'active')] }),
  },
  {
    topic: 'Creation',
    situation: 'Its lists have not been read',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first',
    definition: onNewsletter,
    arrange: (world) => putContact(world, '1', anaContact),
  },
  {
    topic: 'Creation',
    situation: 'The inbound scope is a status, which the contact has on one of its lists',
    expected: ['create-dynamics-record'],
    meaning: 'created',
    definition: whoGetsMail,
    arrange: (world) =>
      putContact(world, '1', anaContact, { lists: [list('1', 'unsubscribed'), list('2', 'active')] }),
  },
  {
    topic: 'Creation',
    situation: 'It has it on none of them',
    expected: ['skip not-asked-for'],
    meaning: 'left aside',
    definition: whoGetsMail,
    arrange: (world) => putContact(world, '1', anaContact, { lists: [list('1', 'unsubscribed')] }),
  },
  {
    topic: 'Creation',
    situation: 'Its lists have not been read, and nothing else asks for them',
    expected: ['hold not-known-yet'],
    meaning: 'asked for first',
    definition: whoGetsMail,
    arrange: (world) => putContact(world, '1', anaContact),
  },
  {
    topic: 'Tags of the vendor’s app',
    situation: 'A linked contact without tags, `tags.write`',
    expected: ['add-active-campaign-tags'],
    meaning: '`[D365: Contact]` and `[D365: Pushed from Dynamics]`',
    definition: tagging,
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
    },
  },
  {
    topic: 'Tags of the vendor’s app',
    situation: 'One linked contact has only the tag of its kind, another one only that of its origin',
    expected: ['add-active-campaign-tags', 'add-active-campaign-tags'],
    meaning: 'each gets the one that it lacks',
    definition: tagging,
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', anaContact, { tags: [marks.contacts] })
      putContact(world, '2', bobContact, { tags: [marks.pulled] })
    },
  },
  {
    topic: 'Tags of the vendor’s app',
    situation: 'A linked contact without tags, and contacts flow inbound only',
    expected: ['add-active-campaign-tags'],
    meaning: '`[D365: Contact]` and `[D365: Pulled from ActiveCampaign]`',
    definition: contactsDefinition({
      direction: 'inbound',
      fields: [map('emailaddress1', 'email'), map('firstname', 'firstName')],
      tags: { write: true },
    }),
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
    },
  },
  {
    topic: 'Tags of the vendor’s app',
    situation: 'A linked contact that the app itself has tagged, either way',
    expected: [],
    meaning: 'nothing: a customer who moves over keeps the tags',
    definition: tagging,
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', anaContact, { tags: [marks.contacts, marks.pulled] })
      putContact(world, '2', bobContact, { tags: [marks.contacts, marks.pushed, 'VIP'] })
    },
  },
  {
    topic: 'Tags of the vendor’s app',
    situation: 'A contact becomes a row',
    expected: ['add-active-campaign-tags', 'create-dynamics-record'],
    meaning: '`[D365: Pulled from ActiveCampaign]`, once the row is there',
    definition: contactsDefinition({ createInDynamics: 'tagged', tags: { write: true } }),
    arrange: (world) => putContact(world, '1', anaContact, { tags: [marks.contacts], lists: [] }),
  },
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
  {
    topic: 'Deletes',
    situation: 'The row was deleted, `deleted.inDynamics: keep`',
    expected: ['skip deleted'],
    meaning: 'the contact stays, and does not come back as a new row',
    definition: onDelete('keep', 'keep', 'all'),
    arrange: deleted('dynamics'),
  },
  {
    topic: 'Deletes',
    situation: 'The row was deleted, `unlink`, and contacts may become rows',
    expected: ['skip deleted'],
    meaning: 'the link stays as a memory: forgotten, the row would come back',
    definition: onDelete('unlink', 'keep', 'all'),
    arrange: deleted('dynamics'),
  },
  {
    topic: 'Deletes',
    situation: 'The row was deleted, `unlink`, and no contact becomes a row',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten',
    definition: onDelete('unlink', 'keep'),
    arrange: deleted('dynamics'),
  },
  {
    topic: 'Deletes',
    situation: 'The row was deleted, `delete`',
    expected: ['delete-active-campaign-contact'],
    meaning: 'the contact is deleted, because the definition says so',
    definition: onDelete('delete', 'keep'),
    arrange: deleted('dynamics'),
  },
  {
    topic: 'Deletes',
    situation: 'The row was deleted, `delete`, and the contact was edited since',
    expected: ['delete-active-campaign-contact'],
    meaning: 'deleted; the plan lists the edit as a conflict that the policy decides',
    definition: onDelete('delete', 'keep'),
    arrange: (world) => {
      deleted('dynamics')(world)
      putContact(world, '1', { ...anaContact, firstName: 'Anna' })
    },
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, `delete`, and the row was edited since',
    expected: ['delete-dynamics-record'],
    meaning: 'the same the other way',
    definition: onDelete('keep', 'delete'),
    arrange: (world) => {
      deleted('activeCampaign')(world)
      putRow(world, 'd1', { ...ana, jobtitle: 'Analyst' })
    },
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, `deleted.inActiveCampaign: keep`',
    expected: ['skip deleted'],
    meaning: 'the row stays, and does not come back as a new contact',
    arrange: deleted('activeCampaign'),
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, `unlink`',
    expected: ['skip deleted'],
    meaning: 'the link stays as a memory: forgotten, the contact would come back',
    definition: onDelete('keep', 'unlink'),
    arrange: deleted('activeCampaign'),
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, `deactivate`',
    expected: ['deactivate-dynamics-record'],
    meaning: 'the row is set inactive',
    definition: onDelete('keep', 'deactivate'),
    arrange: deleted('activeCampaign'),
  },
  {
    topic: 'Deletes',
    situation: 'The same, and the row was inactive already',
    expected: ['skip deleted'],
    meaning: 'nothing is left to do',
    definition: onDelete('keep', 'deactivate'),
    arrange: (world) => {
      deleted('activeCampaign')(world)
      putRow(world, 'd1', ana, { active: false })
    },
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, and the row has no e-mail by which another one could be its',
    expected: ['skip deleted'],
    meaning: 'the row stays as it is',
    arrange: (world) => {
      putRow(world, 'd1', { ...ana, emailaddress1: null })
      link(world, 'd1', '1')
    },
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, and that of another row got its e-mail',
    expected: ['hold key-taken', 'skip deleted'],
    meaning:
      'nobody’s contact is taken away: the row stays as it is, and the e-mail of the other one is held',
    arrange: (world) => {
      anaAndBob(world)
      world.contacts.delete('1')
      putContact(world, '2', { ...bobContact, email: anaContact.email })
    },
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, a new one has its e-mail, and by now another linked row has it too',
    expected: ['hold key-taken', 'hold shared-key', 'skip deleted'],
    meaning: 'whose contact that is, is for people to say',
    arrange: (world) => {
      anaAndBob(world)
      world.contacts.delete('1')
      putContact(world, '3', anaContact)
      putRow(world, 'd2', { ...bob, emailaddress1: ana.emailaddress1 })
    },
  },
  {
    topic: 'Deletes',
    situation: 'The contact was deleted, `unlink`, and contacts flow inbound only',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten: the row gets no new contact',
    definition: contactsDefinition({
      direction: 'inbound',
      deleted: { inDynamics: 'keep', inActiveCampaign: 'unlink' },
    }),
    arrange: deleted('activeCampaign'),
  },
  {
    topic: 'Deletes',
    situation: 'The same, `keep`',
    expected: ['skip deleted'],
    meaning: 'the link stays, and so does the row',
    definition: contactsDefinition({ direction: 'inbound' }),
    arrange: deleted('activeCampaign'),
  },
  {
    topic: 'Deletes',
    situation: 'Both were deleted',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten',
    arrange: (world) => link(world, 'd1', '1'),
  },
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

export const scenarios: readonly Scenario[] = [
  ...personScenarios,
  ...policyScenarios,
  ...consentScenarios,
  ...leadScenarios,
  ...companyScenarios,
]

/** What a plan says, in codes. */
export const outcomesOf = (plan: Plan): readonly string[] =>
  [
    ...plan.actions.map(({ kind }) => kind),
    ...plan.holds.map(({ reason }) => `hold ${reason.code}`),
    ...plan.skips.map(({ reason }) => `skip ${reason.code}`),
  ].sort(compareText)

const worldOf = ({ arrange, companies, leads }: Scenario): World => {
  const accounts = companies === true ? emptyWorld('accounts') : undefined
  const world = leads === true ? emptyWorldWithLeads() : emptyWorld('contacts', accounts)
  arrange(world)
  return world
}

export const planScenario = (scenario: Scenario): Plan => {
  const { definition = contactsDefinition(), settings } = scenario
  return planWorld(worldOf(scenario), definition, settings)
}

/** What the planner is given for a scenario, table by table. */
export const batchesOfScenario = (scenario: Scenario): readonly PlanInput[] => {
  const { definition = contactsDefinition(), settings } = scenario
  const world = worldOf(scenario)
  const batches: PlanInput[] = []
  planTables(world, (table, planned) => {
    const batch = inputOf(world, definition, settings, planned, table)
    batches.push(batch)
    return planBatch(batch)
  })
  return batches.filter(({ records }) => records.length > 0)
}
