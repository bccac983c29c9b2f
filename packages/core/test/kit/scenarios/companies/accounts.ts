import { map } from '@dynacamp/mapping-dsl'
import { linkIdFor } from '../../../../src/index.ts'
import { putContact, putRow, type World } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { accountsOf, both, companies, company, definitionWith } from './companies.ts'

const deleteAccountRow = (world: World): void => {
  accountsOf(world).rows.delete('g1')
}

export const accounts: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation: 'A row and an account have the same name',
    expected: ['link-records'],
    meaning: 'linked, no call',
    arrange: (world) => {
      putRow(accountsOf(world), 'g1', { name: 'Contoso ' })
      putContact(accountsOf(world), '1', { name: 'Contoso' })
    },
  },
  {
    situation: 'They write it in different case',
    expected: ['hold first-link-differs', 'link-records'],
    meaning: 'linked: it is the same name; how it is written is held',
    arrange: (world) => {
      putRow(accountsOf(world), 'g1', { name: 'Contoso' })
      putContact(accountsOf(world), '1', { name: 'CONTOSO' })
    },
  },
  {
    situation: 'The same, and nothing but the name is mapped',
    expected: ['hold first-link-differs', 'link-records'],
    meaning: 'linked all the same',
    definition: definitionWith({ fields: [map('name', 'name')] }),
    arrange: (world) => {
      putRow(accountsOf(world), 'g1', { name: 'Contoso' })
      putContact(accountsOf(world), '1', { name: 'CONTOSO' })
    },
  },
  {
    situation: 'Two accounts have the name of a row, but for spaces',
    expected: ['hold shared-key', 'hold shared-key', 'hold shared-key'],
    meaning: 'no guessing which of the two it is: all three are held',
    arrange: (world) => {
      putRow(accountsOf(world), 'g1', { name: 'Contoso' })
      putContact(accountsOf(world), '1', { name: 'Contoso' })
      putContact(accountsOf(world), '2', { name: 'Contoso ' })
    },
  },
  {
    situation: 'A row whose name ActiveCampaign does not have',
    expected: ['create-active-campaign-account'],
    meaning: 'created',
    arrange: (world) => putRow(accountsOf(world), 'g1', { name: 'Contoso' }),
  },
  {
    situation: 'Two rows have one name',
    expected: ['hold shared-key', 'hold shared-key'],
    meaning: 'both are held: ActiveCampaign has one account of each name',
    arrange: (world) => {
      putRow(accountsOf(world), 'g1', { name: 'Contoso' })
      putRow(accountsOf(world), 'g2', { name: 'contoso ' })
    },
  },
  {
    situation: 'A linked row is renamed to the name of another account',
    expected: ['hold key-taken', 'hold linked-elsewhere'],
    meaning: 'the name is held, other fields go on; the other account is held beside it',
    arrange: (world) => {
      companies(world)
      putRow(accountsOf(world), 'g2', { ...both('Contoso').dynamics })
      accountsOf(world).rows.delete('g1')
      accountsOf(world).links.clear()
      const id = linkIdFor('accounts', 'g2')
      accountsOf(world).links.set(id, {
        ...{ id, entity: 'accounts', dynamicsId: 'g2', activeCampaignId: '2' },
        base: both('Fabrikam'),
      })
    },
  },
  {
    situation: 'A linked row is renamed to what another one was called, which is renamed too',
    expected: ['update-active-campaign-account', 'update-active-campaign-account'],
    meaning: 'both are renamed: the one waits until the other has given its name up',
    waits: { 'update-active-campaign-account': ['update-active-campaign-account'] },
    arrange: (world) => {
      companies(world)
      putRow(accountsOf(world), 'g1', { ...both('Fabrikam').dynamics })
      putRow(accountsOf(world), 'g2', { ...both('Northwind').dynamics })
    },
  },
  {
    situation: 'An account without a name',
    expected: ['skip no-match-key'],
    meaning: 'left aside, and called by its id',
    arrange: (world) => putContact(accountsOf(world), '1', { name: '' }),
  },
  {
    situation: 'Only its case changes',
    expected: ['update-active-campaign-account'],
    meaning: 'written: it is the same name',
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putRow(accountsOf(world), 'g1', { ...both('CONTOSO').dynamics })
    },
  },
  {
    situation: 'Only its case changes in ActiveCampaign',
    expected: ['update-dynamics-record'],
    meaning: 'written, the same the other way',
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putContact(accountsOf(world), '1', { ...both('CONTOSO').activeCampaign })
    },
  },
  {
    situation: 'A linked row gets a name that two accounts have, and both are about to get another one',
    expected: ['hold key-taken', 'update-active-campaign-account', 'update-active-campaign-account'],
    meaning: 'held for now: a name is taken over from one account, not from two',
    arrange: (world) => {
      company(world, '1', 'Contoso')
      company(world, '2', 'CONTOSO')
      company(world, '3', 'Northwind')
      putRow(accountsOf(world), 'g1', { ...both('Contoso Ltd').dynamics })
      putRow(accountsOf(world), 'g2', { ...both('Contoso Inc').dynamics })
      putRow(accountsOf(world), 'g3', { ...both('Contoso').dynamics })
    },
  },
  {
    situation: 'A linked row gets a name of more than 400 characters',
    expected: ['hold malformed-key'],
    meaning: 'held: it names nobody',
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putRow(accountsOf(world), 'g1', { ...both('Contoso '.repeat(60)).dynamics })
    },
  },
  {
    situation: 'A linked row was merged into another one',
    expected: ['move-link', 'skip handed-over'],
    meaning: 'the link moves to the surviving row',
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putRow(accountsOf(world), 'g1', both('Contoso').dynamics, { active: false })
      putRow(accountsOf(world), 'g2', both('Contoso').dynamics)
      accountsOf(world).merged.set('g1', 'g2')
    },
  },
  {
    situation: 'The surviving row has an account of its own',
    expected: ['hold several-contacts'],
    meaning: 'the surviving pair goes on; ActiveCampaign merges no accounts, so somebody deletes one',
    arrange: (world) => {
      companies(world)
      putRow(accountsOf(world), 'g1', both('Contoso').dynamics, { active: false })
      accountsOf(world).merged.set('g1', 'g2')
    },
  },
  {
    situation: 'Two linked rows were merged into a third, which has another name',
    expected: ['hold several-contacts', 'skip handed-over', 'skip handed-over'],
    meaning: 'no guessing which of the two accounts it is',
    arrange: (world) => {
      companies(world)
      putRow(accountsOf(world), 'g1', both('Contoso').dynamics, { active: false })
      putRow(accountsOf(world), 'g2', both('Fabrikam').dynamics, { active: false })
      putRow(accountsOf(world), 'g3', both('Northwind').dynamics)
      accountsOf(world).merged.set('g1', 'g3').set('g2', 'g3')
    },
  },
  {
    situation: 'A linked account is renamed in ActiveCampaign',
    expected: ['update-dynamics-record'],
    meaning: 'the row is renamed',
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putContact(accountsOf(world), '1', { ...both('Contoso Ltd').activeCampaign })
    },
  },
  {
    situation: 'An account that D365 does not have, `createInDynamics: all`',
    expected: ['create-dynamics-record'],
    meaning: 'created under a GUID made from the account’s id',
    definition: definitionWith({ createInDynamics: 'all' }),
    arrange: (world) => putContact(accountsOf(world), '1', { name: 'Contoso' }),
  },
  {
    situation: 'The row was deleted, `deleted.inDynamics: delete`',
    expected: ['delete-active-campaign-account'],
    meaning: 'the account is deleted, because the definition says so; its contacts stay, without an account',
    definition: definitionWith({ deleted: { inDynamics: 'delete' } }),
    arrange: (world) => {
      company(world, '1', 'Contoso')
      deleteAccountRow(world)
    },
  },
  {
    situation: 'A linked row no longer meets the scope, `leaving: unlink`',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten; accounts have no lists to be unsubscribed from',
    definition: definitionWith({ leaving: 'unlink' }),
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putRow(accountsOf(world), 'g1', { ...both('Contoso').dynamics, tickersymbol: 'out' })
    },
  },
]
