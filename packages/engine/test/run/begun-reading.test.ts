import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { openPlace } from '../../src/observe/contact-place.ts'
import { contoso, createCompanyWorld } from '../support/company-world.ts'
import { createWorld, schema, type TestWorld } from '../support/world.ts'

/** A run that has read the accounts, and fails at the contacts. */
const stoppedBehindAccounts = async (world: TestWorld): Promise<void> => {
  world.activeCampaign.faults.each({ kind: 'status', status: 500 }, { url: /3\/contacts/ })
  await expect(world.sync.run()).rejects.toThrow()
  world.activeCampaign.faults.clear()
}

test('a plan shows accounts as they are, not as an interrupted run has read them', async () => {
  const world = createCompanyWorld()
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
  await world.sync.run()
  await stoppedBehindAccounts(world)
  const [account] = world.activeCampaign.rows('accounts')
  world.activeCampaign.update('accounts', String(account?.id), { name: 'Contoso AG' })
  const { actions } = await world.sync.plan()
  expect(actions).toMatchObject([{ entity: 'accounts', kind: 'update-dynamics-record' }])
})

test('a full reading that was interrupted is full to its end, also when a plain run ends it', async () => {
  const definition = defineSync(schema, {
    accounts: { direction: 'outbound', fields: [...standardMappings.accounts] },
  })
  const world = createWorld({ definition })
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
  await world.sync.run()
  world.activeCampaign.faults.each({ kind: 'status', status: 500 }, { url: /3\/accounts/ })
  await expect(world.sync.run({ full: true })).rejects.toThrow()
  world.activeCampaign.faults.clear()
  const [account] = world.activeCampaign.rows('accounts')
  world.activeCampaign.update('accounts', String(account?.id), { name: 'By hand' })
  await world.sync.run()
  expect(world.activeCampaign.rows('accounts')).toMatchObject([{ name: 'Contoso' }])
})

test('a reading that a version before has begun, without a word of how full it is, goes on as a full one', async () => {
  const { state } = createWorld()
  const begun = { since: null, startedAt: '2026-01-01T00:00:00.000Z', newest: null, afterId: '7', done: 7 }
  const { place } = await state.transaction('default', async (transaction) => {
    await transaction.cursors.set('activecampaign/contacts/page', JSON.stringify({ ...begun, listed: false }))
    return openPlace(transaction, 0, { full: false, catchesUp: false })
  })
  expect(place).toMatchObject({ afterId: '7', full: true })
})
