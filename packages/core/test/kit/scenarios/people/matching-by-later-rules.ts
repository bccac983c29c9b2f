import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { ana, anaAndBob, anaContact, bob, bobContact, byNumber, link } from './people.ts'

const byNumberOrPhone = contactsDefinition({
  match: [
    { dynamics: 'emailaddress1', activeCampaign: 'email' },
    { dynamics: 'governmentid', activeCampaign: 'ID_NUMBER' },
    { dynamics: 'telephone1', activeCampaign: 'phone' },
  ],
})

export const matchingByLaterRules: readonly Scenario[] = [
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
]
