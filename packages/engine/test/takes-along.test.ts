import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { companySchema, contoso, createCompanyWorld } from './support/company-world.ts'
import { syncOnce } from './support/world.ts'

const definition = defineSync(companySchema, {
  accounts: {
    direction: 'bidirectional',
    fields: [...standardMappings.accounts],
    deleted: { inActiveCampaign: 'delete' },
  },
})

const numbered = (n: number) => `11111111-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Companies in both services, whose accounts people then delete in ActiveCampaign. */
const deletedThere = async (
  count: number,
  before: (world: ReturnType<typeof createCompanyWorld>) => void,
) => {
  const world = createCompanyWorld({ definition })
  for (let n = 1; n <= count; n += 1)
    world.dynamics.insert('account', { accountid: numbered(n), name: `Company ${n}` })
  before(world)
  await syncOnce(world.sync)
  for (const { id } of world.activeCampaign.rows('accounts'))
    world.activeCampaign.remove('accounts', String(id))
  return world
}

test.each([
  ['lead', 'leads'],
  ['opportunity', 'opportunities'],
] as const)(
  'no account is deleted in D365 that is the customer of a row of the table %s',
  async (table, name) => {
    const world = await deletedThere(1, ({ dynamics }) => {
      dynamics.insert(table, { 'customerid_account@odata.bind': `/accounts(${contoso})` })
    })
    const { report } = await syncOnce(world.sync, { full: true })
    expect(world.dynamics.rows(table)).toHaveLength(1)
    expect(report.outcomes.map(({ code, message }) => [code, message?.includes(name)])).toEqual([
      ['takes-along', true],
    ])
  },
)

test.each([1, 12])('of %i accounts, none is deleted in D365 together with its people', async (count) => {
  const world = await deletedThere(count, ({ dynamics }) => {
    dynamics.insert('contact', {
      lastname: 'Lovelace',
      'parentcustomerid_account@odata.bind': `/accounts(${contoso})`,
    })
  })
  const { report } = await syncOnce(world.sync, { full: true })
  expect(world.dynamics.rows('contact')).toHaveLength(1)
  expect(world.dynamics.rows('account').map(({ accountid }) => accountid)).toEqual([contoso])
  const refused = report.outcomes.filter(({ status }) => status !== 'done')
  expect(refused.map(({ status, code }) => [status, code])).toEqual([['failed', 'takes-along']])
  expect(refused[0]?.message).toContain('contacts')
})

test('an account is deleted once nothing hangs on it any more', async () => {
  let person = ''
  const world = await deletedThere(1, ({ dynamics }) => {
    person = dynamics.insert('contact', {
      lastname: 'Lovelace',
      'parentcustomerid_account@odata.bind': `/accounts(${contoso})`,
    })
  })
  await world.sync.run({ full: true })
  expect(world.dynamics.rows('account')).toHaveLength(1)
  world.dynamics.update('contact', person, { 'parentcustomerid_account@odata.bind': null })
  await world.clock.sleep(120_000)
  await world.sync.run()
  expect(world.dynamics.rows('account')).toEqual([])
  expect(world.dynamics.rows('contact')).toHaveLength(1)
})
