import { putContact, putRow, type World } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { accountsOf, ana, companies, company, definitionWith, lookup, rowAt } from './companies.ts'

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

export const accountsInDoubt: readonly Omit<Scenario, 'topic'>[] = [
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
]
