import { expect, test } from 'vitest'
import { testAccount } from './account.ts'

async function withPipeline() {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  const made = await account.post('dealGroups', { dealGroup: { title: 'Sales', currency: 'eur' } })
  const deal = { title: 'Boat', value: 156.24, currency: 'eur', contact: '1', group: '1', owner: '1' }
  return { account, made, deal }
}

test('a pipeline comes with three stages and takes them along', async () => {
  const { account, made } = await withPipeline()
  expect(made.status).toBe(201)
  expect(made.body.dealGroup.stages).toEqual(['1', '2', '3'])
  expect(made.body.dealStages).toHaveLength(3)
  await account.remove('dealGroups/1')
  expect(account.simulator.rows('dealStages')).toEqual([])
  expect(await account.remove('dealGroups/')).toMatchObject({
    status: 404,
    body: { message: 'No Result found for DealGroup with id 0' },
  })
})

test('a deal without a stage gets the first, as a number; its value is kept in whole cents', async () => {
  const { account, deal } = await withPipeline()
  const made = await account.post('deals', { deal })
  expect(made.status).toBe(201)
  expect(made.body.deal).toMatchObject({ stage: 1, value: 156.24, status: 0, isDisabled: false })
  expect(made.body.contacts).toHaveLength(1)
  expect((await account.get('deals/1')).body.deal).toMatchObject({ stage: '1', value: '156', status: '0' })
  expect((await account.get('deals')).body.meta.total).toBe(1)
})

test('a deal is changed, moved and handed over', async () => {
  const { account, deal } = await withPipeline()
  await account.post('deals', { deal })
  const changed = await account.call('PATCH', 'deals/1', { deal: { stage: '2', value: 200 } })
  expect(changed.body.dealStages).toMatchObject([{ id: '2' }])
  expect(changed.body.deal).toMatchObject({ stage: '2', value: 200, status: 0 })
  const wrong = await account.call('PATCH', 'deals/bulkUpdate', { deals: [{ id: 1 }] })
  expect(wrong.body.errors[0]).toEqual({ status: 422, title: "ownerId is required for a deal '1'." })
  expect((await account.call('PATCH', 'deals/bulkUpdate', { deals: [{ id: 1, ownerId: 1 }] })).status).toBe(
    200,
  )
})

test('custom fields of deals have UTC timestamps with an offset', async () => {
  const { account, deal } = await withPipeline()
  await account.post('dealCustomFieldMeta', {
    dealCustomFieldMetum: { fieldLabel: 'Size', fieldType: 'text' },
  })
  await account.post('deals', { deal: { ...deal, fields: [{ customFieldId: 1, fieldValue: 'XL' }] } })
  const { dealCustomFieldDatum } = (await account.get('dealCustomFieldData/1')).body
  expect(dealCustomFieldDatum).toMatchObject({
    dealId: 1,
    customFieldId: 1,
    fieldValue: 'XL',
    createdTimestamp: '2026-05-28T10:03:51+00:00',
  })
})

test('further contacts of a deal are told with contact and deal', async () => {
  const { account, deal } = await withPipeline()
  await account.post('deals', { deal })
  const refused = await account.post('contactDeals', { contactDeal: { deal: 1 } })
  expect(refused.body.errors[0]).toMatchObject({
    title: 'The contactDeal contact was not provided.',
    code: 'field_missing',
  })
  await account.post('contactDeals', { contactDeal: { contact: 1, deal: 1 } })
  const { body } = await account.get('contacts/1/contactDeals')
  expect([body.contacts.length, body.deals.length, body.contactDeals.length]).toEqual([1, 1, 1])
})
