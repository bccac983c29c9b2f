/** Accounts that are merged in D365, or deleted and made again: through both simulators. */
import { account } from '@dynacamp/dynamics-client'
import { expect, test } from 'vitest'
import { ana, companiesOf, contoso, createCompanyWorld, fabrikam } from './support/company-world.ts'
import { syncOnce, type TestWorld } from './support/world.ts'

const kindsOf = ({ actions }: { readonly actions: readonly { readonly kind: string }[] }) =>
  actions.map(({ kind }) => kind).sort()

const withContoso = (): TestWorld => {
  const world = createCompanyWorld()
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
  world.dynamics.insert('contact', {
    contactid: ana,
    emailaddress1: 'ana@example.com',
    lastname: 'Novak',
    'parentcustomerid_account@odata.bind': `/accounts(${contoso})`,
  })
  return world
}

const untilQuiet = async (world: TestWorld): Promise<void> => {
  for (let round = 0; round < 5; round += 1) {
    const { plan } = await syncOnce(world.sync)
    if (plan.actions.length === 0) return
  }
  throw new Error('five runs were not enough')
}

const accountNamed = (world: TestWorld, name: string): string =>
  String(world.activeCampaign.rows('accounts').find((row) => row.name === name)?.id)

test('the link of a merged account moves to the surviving one, and people stay in it', async () => {
  const world = withContoso()
  await untilQuiet(world)
  const kept = accountNamed(world, 'Contoso')
  world.dynamics.insert('account', { accountid: fabrikam, name: 'Contoso Group' })
  await world.clients.dynamics.merge(account, { survivorId: fabrikam, mergedId: contoso })
  const { plan } = await syncOnce(world.sync)
  expect(kindsOf(plan)).toEqual(['link-records', 'move-link'])
  expect(plan.holds.map(({ field, reason }) => [field, reason.code])).toEqual([
    ['name:name', 'first-link-differs'],
  ])
  world.dynamics.update('account', fabrikam, { name: 'Contoso' })
  await untilQuiet(world)
  world.dynamics.update('account', fabrikam, { name: 'Contoso Group' })
  await untilQuiet(world)
  expect(companiesOf(world).activeCampaign).toEqual({
    accounts: ['Contoso Group'],
    people: { 'ana@example.com': 'Contoso Group' },
  })
  expect(accountNamed(world, 'Contoso Group')).toBe(kept)
})

test('two linked accounts that are merged: people follow, the account left over is held until it is deleted', async () => {
  const world = withContoso()
  world.dynamics.insert('account', { accountid: fabrikam, name: 'Fabrikam' })
  await untilQuiet(world)
  await world.clients.dynamics.merge(account, { survivorId: fabrikam, mergedId: contoso })
  const { plan } = await syncOnce(world.sync)
  expect(kindsOf(plan)).toEqual(['set-active-campaign-account'])
  expect(plan.holds).toMatchObject([
    {
      reason: {
        code: 'several-contacts',
        message:
          'The row that stands for this account now has account 2 in ActiveCampaign, and not account 1.',
      },
      resolve: ['Delete one of the accounts in ActiveCampaign.'],
    },
  ])
  expect(companiesOf(world).activeCampaign.people).toEqual({ 'ana@example.com': 'Fabrikam' })
  await world.clients.activeCampaign.accounts.delete(accountNamed(world, 'Contoso'))
  expect(kindsOf((await syncOnce(world.sync)).plan)).toEqual(['unlink-records'])
  expect(await world.sync.plan()).toMatchObject({ actions: [], holds: [] })
})

test('an account deleted in ActiveCampaign and made again is linked again; people come back by hand', async () => {
  const world = withContoso()
  await untilQuiet(world)
  await world.clients.activeCampaign.accounts.delete(accountNamed(world, 'Contoso'))
  await untilQuiet(world)
  const { id } = await world.clients.activeCampaign.accounts.create({ name: 'Contoso' })
  expect(kindsOf((await syncOnce(world.sync)).plan)).toEqual(['move-link'])
  // Who took them out there was not overruled: a blank overwrites nothing, and nothing overwrites it.
  await untilQuiet(world)
  expect(companiesOf(world).dynamics.people).toEqual({ 'ana@example.com': 'Contoso' })
  expect(companiesOf(world).activeCampaign.people).toEqual({ 'ana@example.com': null })
  const [contact] = world.activeCampaign.contacts()
  await world.clients.activeCampaign.accountContacts.create({ contact: contact?.id ?? '', account: id })
  await untilQuiet(world)
  expect(companiesOf(world).dynamics.people).toEqual({ 'ana@example.com': 'Contoso' })
})

test('an account deleted in D365 and made again gets its people again', async () => {
  const world = withContoso()
  await untilQuiet(world)
  world.dynamics.update('contact', ana, { 'parentcustomerid_account@odata.bind': null })
  world.dynamics.remove('account', contoso)
  await untilQuiet(world)
  expect(companiesOf(world).activeCampaign).toEqual({ accounts: [], people: { 'ana@example.com': null } })
  world.dynamics.insert('account', { accountid: fabrikam, name: 'Contoso' })
  world.dynamics.update('contact', ana, { 'parentcustomerid_account@odata.bind': `/accounts(${fabrikam})` })
  await untilQuiet(world)
  expect(companiesOf(world).activeCampaign).toEqual({
    accounts: ['Contoso'],
    people: { 'ana@example.com': 'Contoso' },
  })
})
