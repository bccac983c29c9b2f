import {
  type CompiledDefinition,
  compileDefinition,
  type Fields,
  map,
  standardMappings,
  standardSchema,
  type WrittenEntity,
} from '@dynacamp/mapping-dsl'
import { linkIdFor } from '../../src/index.ts'
import type { Scenario } from './scenario.ts'
import { putContact, putRow, type World } from './world.ts'

const lookup = '_parentcustomerid_value'
const table = '_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname'

const definitionWith = (
  accounts: Partial<WrittenEntity> = {},
  account: Parameters<typeof map>[2] = {},
  contacts: Partial<WrittenEntity> = {},
): CompiledDefinition => {
  const compiled = compileDefinition(
    {
      version: 1,
      accounts: { direction: 'bidirectional', fields: standardMappings.accounts, ...accounts },
      contacts: {
        direction: 'bidirectional',
        fields: [map('emailaddress1', 'email'), map('parentcustomerid', 'account', account)],
        ...contacts,
      },
      optOut: { direction: 'off' },
    },
    standardSchema,
  )
  const inScope = (fields: Fields) => fields.tickersymbol !== 'out'
  return { ...compiled, entities: compiled.entities.map((entity) => ({ ...entity, inScope })) }
}

/** People who are only in ActiveCampaign get a row. */
const makingRows = (account: Parameters<typeof map>[2] = {}): CompiledDefinition =>
  definitionWith({}, account, { createInDynamics: 'all' })

const accountsOf = (world: World): World => {
  if (world.accounts === undefined) throw new Error('this world has no accounts')
  return world.accounts
}

const both = (name: string, url = '') => ({
  dynamics: { name, websiteurl: url === '' ? null : url },
  activeCampaign: { name, accountUrl: url },
})

/** A company that both sides have, linked and in sync; its row is `g` and its number. */
const company = (world: World, number: string, name: string): void => {
  const accounts = accountsOf(world)
  const { dynamics, activeCampaign } = both(name)
  putRow(accounts, `g${number}`, dynamics)
  putContact(accounts, number, activeCampaign)
  const id = linkIdFor('accounts', `g${number}`)
  accounts.links.set(id, {
    ...{ id, entity: 'accounts', dynamicsId: `g${number}`, activeCampaignId: number },
    base: { dynamics, activeCampaign },
  })
}

const companies = (world: World): void => {
  company(world, '1', 'Contoso')
  company(world, '2', 'Fabrikam')
}

const rowAt = (account: string | null, of = 'account'): Fields => ({
  emailaddress1: 'ana@example.com',
  [lookup]: account,
  [table]: account === null ? null : of,
})
const contactAt = (account: string): Fields => ({ email: 'ana@example.com', account })

/** Ana, linked: where she was in sync, and where the two sides have her now. */
const ana = (world: World, was: string, row: string | null = was, contact: string | null = was): void => {
  const ofRow = (number: string | null) => rowAt(number === null ? null : `g${number}`)
  putRow(world, 'd1', ofRow(row))
  putContact(world, '1', contactAt(contact ?? ''))
  const id = linkIdFor('contacts', 'd1')
  world.links.set(id, {
    ...{ id, entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1' },
    base: { dynamics: { ...ofRow(was) }, activeCampaign: contactAt(was) },
  })
}

/** The base without the relation, in one service or in both: the relation is mapped since, or through another lookup since. */
const forget = (world: World, sides: readonly ('dynamics' | 'activeCampaign')[]): void => {
  for (const known of [...world.links.values()]) {
    const { [lookup]: _lookup, ...dynamics } = known.base.dynamics
    const { account: _account, ...activeCampaign } = known.base.activeCampaign
    const without = { dynamics, activeCampaign }
    const base = { ...known.base, ...Object.fromEntries(sides.map((side) => [side, without[side]])) }
    world.links.set(known.id, { ...known, base })
  }
}

const deleteAccountRow = (world: World): void => {
  accountsOf(world).rows.delete('g1')
}

const accountScenarios: readonly Omit<Scenario, 'topic'>[] = [
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

const relationScenarios: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation: 'The row moves to another account',
    expected: ['set-active-campaign-account'],
    meaning: 'the contact moves to the account that is linked to it',
    arrange: (world) => {
      companies(world)
      ana(world, '1', '2')
    },
  },
  {
    situation: 'The contact moves to another account',
    expected: ['update-dynamics-record'],
    meaning: 'the row’s lookup moves',
    arrange: (world) => {
      companies(world)
      ana(world, '1', '1', '2')
    },
  },
  {
    situation: 'Both move to the same company',
    expected: ['link-records'],
    meaning: 'remembered, no call: the two ids are one account by its link',
    arrange: (world) => {
      companies(world)
      ana(world, '1', '2', '2')
    },
  },
  {
    situation: 'Both move, to different companies',
    expected: ['set-active-campaign-account'],
    meaning: 'a conflict like any other: here `dynamicsWins`',
    arrange: (world) => {
      companies(world)
      company(world, '3', 'Northwind')
      ana(world, '1', '2', '3')
    },
  },
  {
    situation: 'The same, and the mapping says `conflict: hold`',
    expected: ['hold conflict'],
    meaning: 'held until a person decides',
    definition: definitionWith({}, { conflict: 'hold' }),
    arrange: (world) => {
      companies(world)
      company(world, '3', 'Northwind')
      ana(world, '1', '2', '3')
    },
  },
  {
    situation: 'The row leaves its account',
    expected: [],
    meaning: 'a blank overwrites nothing (`ignoreBlank`)',
    arrange: (world) => {
      companies(world)
      ana(world, '1', null)
    },
  },
  {
    situation: 'The same, and the mapping says `blank: clear`',
    expected: ['set-active-campaign-account'],
    meaning: 'the contact leaves its account too',
    definition: definitionWith({}, { blank: 'clear' }),
    arrange: (world) => {
      companies(world)
      ana(world, '1', null)
    },
  },
  {
    situation: 'The contact moves, and the mapping flows outbound only',
    expected: ['set-active-campaign-account'],
    meaning: 'it is put back: the row owns the relation',
    definition: definitionWith({}, { direction: 'outbound' }),
    arrange: (world) => {
      companies(world)
      ana(world, '1', '1', '2')
    },
  },
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
  {
    situation: 'The row moves to an account that is not in scope',
    expected: ['hold reference-not-in-sync', 'skip out-of-scope'],
    meaning: 'only the relation is held; it goes on once the account is in sync',
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putRow(accountsOf(world), 'g2', { name: 'Fabrikam', tickersymbol: 'out' })
      ana(world, '1', '2')
    },
  },
  {
    situation: 'The contact moves to an account that D365 does not have',
    expected: ['hold reference-not-in-sync', 'skip not-asked-for'],
    meaning: 'the same the other way',
    arrange: (world) => {
      company(world, '1', 'Contoso')
      putContact(accountsOf(world), '2', { name: 'Fabrikam' })
      ana(world, '1', '1', '2')
    },
  },
  {
    situation: 'D365 writes the GUID of the same account in another case',
    expected: [],
    meaning: 'nothing: it is the same account',
    arrange: (world) => {
      companies(world)
      ana(world, '1')
      putRow(world, 'd1', rowAt('G1'))
    },
  },
  {
    situation: 'The relation is mapped since, and neither side names an account',
    expected: ['link-records'],
    meaning: 'remembered, no call',
    arrange: (world) => {
      companies(world)
      ana(world, '1', null, null)
      forget(world, ['dynamics', 'activeCampaign'])
    },
  },
  {
    situation:
      'It is mapped through another lookup since, and that names another account than the contact has',
    expected: ['hold first-link-differs'],
    meaning: 'nobody compared the two yet: held, as at a first link',
    arrange: (world) => {
      companies(world)
      ana(world, '1', '2')
      forget(world, ['dynamics'])
    },
  },
  {
    situation: 'What the contact had is not known, and it has another account than the row',
    expected: ['hold first-link-differs'],
    meaning: 'the same the other way',
    arrange: (world) => {
      companies(world)
      ana(world, '1', '1', '2')
      forget(world, ['activeCampaign'])
    },
  },
  {
    situation: 'What the contact had is not known, and it has no account',
    expected: ['set-active-campaign-account'],
    meaning: 'it gets that of the row, as at a first link',
    arrange: (world) => {
      companies(world)
      ana(world, '1', '1', null)
      forget(world, ['activeCampaign'])
    },
  },
  {
    situation: 'The row of a contact was deleted, `delete`, and the contact moved to another account since',
    expected: ['delete-active-campaign-contact'],
    meaning: 'deleted; the plan lists the move as a conflict that the policy decides',
    definition: definitionWith({}, {}, { deleted: { inDynamics: 'delete' } }),
    arrange: (world) => {
      companies(world)
      ana(world, '1', '1', '2')
      world.rows.delete('d1')
    },
  },
  {
    situation: 'The row moves to a person: its lookup refers to a contact, and the contact has an account',
    expected: ['hold reference-other-table'],
    meaning: 'only the relation is held: ActiveCampaign can put nobody there',
    arrange: (world) => {
      companies(world)
      ana(world, '1')
      putRow(world, 'd1', rowAt('d9', 'contact'))
    },
  },
  {
    situation: 'A row whose lookup refers to a contact, and a contact without account, meet',
    expected: ['link-records'],
    meaning: 'linked: neither side names an account',
    arrange: (world) => {
      putRow(world, 'd1', rowAt('d9', 'contact'))
      putContact(world, '1', contactAt(''))
    },
  },
  {
    situation: 'The two meet for the first time, and only the row has an account',
    expected: ['link-records', 'set-active-campaign-account'],
    meaning: 'linked; then the contact gets it',
    waits: { 'set-active-campaign-account': ['link-records'] },
    arrange: (world) => {
      companies(world)
      putRow(world, 'd1', rowAt('g1'))
      putContact(world, '1', contactAt(''))
    },
  },
  {
    situation: 'The same, and the account is new as well',
    expected: ['create-active-campaign-account', 'link-records', 'set-active-campaign-account'],
    meaning: 'it waits for both',
    waits: { 'set-active-campaign-account': ['link-records', 'create-active-campaign-account'] },
    arrange: (world) => {
      putRow(accountsOf(world), 'g1', { name: 'Contoso' })
      putRow(world, 'd1', rowAt('g1'))
      putContact(world, '1', contactAt(''))
    },
  },
  {
    situation: 'A contact in an account becomes a row',
    expected: ['create-dynamics-record'],
    meaning: 'the row has the account from the beginning',
    definition: definitionWith({}, {}, { createInDynamics: 'all' }),
    arrange: (world) => {
      companies(world)
      putContact(world, '1', contactAt('1'))
    },
  },
  {
    situation: 'A person’s row was deleted, `deleted.inDynamics: unlink`, and only accounts may become rows',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten: no contact comes back as a row',
    definition: definitionWith(
      { createInDynamics: 'all' },
      {},
      { deleted: { inDynamics: 'unlink', inActiveCampaign: 'keep' } },
    ),
    arrange: (world) => {
      companies(world)
      ana(world, '1')
      world.rows.delete('d1')
    },
  },
  {
    situation: 'The two meet for the first time, in different companies',
    expected: ['hold first-link-differs', 'link-records'],
    meaning: 'linked; the relation is held, nothing is overwritten unseen',
    arrange: (world) => {
      companies(world)
      putRow(world, 'd1', rowAt('g1'))
      putContact(world, '1', contactAt('2'))
    },
  },
]

/** What becomes of companies, and of the people in them. */
export const companyScenarios: readonly Scenario[] = [
  ...accountScenarios.map((scenario) => ({ ...scenario, topic: 'Accounts' })),
  ...relationScenarios.map((scenario) => ({ ...scenario, topic: 'The account of a contact' })),
].map((scenario) => ({ ...scenario, companies: true, definition: scenario.definition ?? definitionWith() }))
