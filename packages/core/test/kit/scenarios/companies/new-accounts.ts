import type { CompiledDefinition, map } from '@dynacamp/mapping-dsl'
import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { accountsOf, ana, company, contactAt, definitionWith, rowAt } from './companies.ts'

/** People who are only in ActiveCampaign get a row. */
const makingRows = (account: Parameters<typeof map>[2] = {}): CompiledDefinition =>
  definitionWith({}, account, { createInDynamics: 'all' })

export const newAccounts: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation: 'A new row of an account that is new as well',
    expected: [
      'create-active-campaign-account',
      'create-active-campaign-contact',
      'set-active-campaign-account',
    ],
    meaning: 'all in one plan: the contact waits for nothing, its relation for both',
    waits: {
      'set-active-campaign-account': ['create-active-campaign-contact', 'create-active-campaign-account'],
    },
    arrange: (world) => {
      putRow(accountsOf(world), 'g1', { name: 'Contoso' })
      putRow(world, 'd1', rowAt('g1'))
    },
  },
  {
    situation: 'The same, and the mapping flows inbound only',
    expected: ['create-active-campaign-account', 'create-active-campaign-contact'],
    meaning: 'the contact is made without an account',
    definition: definitionWith({}, { direction: 'inbound' }),
    arrange: (world) => {
      putRow(accountsOf(world), 'g1', { name: 'Contoso' })
      putRow(world, 'd1', rowAt('g1'))
    },
  },
  {
    situation: 'A new contact with an account becomes a row',
    expected: ['create-dynamics-record'],
    meaning: 'its lookup is part of the row',
    definition: makingRows(),
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putContact(world, '1', contactAt('1'))
    },
  },
  {
    situation: 'The same, and the contact has no account',
    expected: ['create-dynamics-record'],
    meaning: 'the row is made without one',
    definition: makingRows(),
    arrange: (world) => putContact(world, '1', contactAt('')),
  },
  {
    situation: 'A new contact with an account becomes a row, and the mapping flows outbound only',
    expected: ['create-dynamics-record'],
    meaning: 'the row is made without the account of the contact',
    definition: makingRows({ direction: 'outbound' }),
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putContact(world, '1', contactAt('1'))
    },
  },
  {
    situation: 'The mapping flows outbound only, and a row without an account meets a contact that has one',
    expected: ['link-records'],
    meaning: 'linked, and the difference remembered: a blank overwrites nothing',
    definition: definitionWith({}, { direction: 'outbound' }),
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putRow(world, 'd1', rowAt(null))
      putContact(world, '1', contactAt('1'))
    },
  },
  {
    situation: 'A linked row moves to an account that is new',
    expected: ['create-active-campaign-account', 'set-active-campaign-account'],
    meaning: 'the contact moves once the account is made; an undo leaves it there, and says so',
    waits: { 'set-active-campaign-account': ['create-active-campaign-account'] },
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putRow(accountsOf(world), 'g2', { name: 'Fabrikam' })
      ana(world, '1', '2')
    },
  },
  {
    situation: 'A linked contact moves to an account that D365 is about to get',
    expected: ['create-dynamics-record', 'update-dynamics-record'],
    meaning: 'the row’s lookup waits for the account’s row',
    definition: definitionWith({ createInDynamics: 'all' }),
    waits: { 'update-dynamics-record': ['create-dynamics-record'] },
    arrange: (world) => {
      company(world, '1', 'Contoso')
      ana(world, '1')
      putContact(accountsOf(world), '2', { name: 'Fabrikam' })
      putContact(world, '1', contactAt('2'))
    },
  },
]
