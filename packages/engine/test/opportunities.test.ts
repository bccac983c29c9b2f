import { expect, test } from 'vitest'
import {
  contactId,
  opportunityId,
  opportunityWorld,
  recordCalls,
  recordsOf,
} from './support/opportunity-world.ts'
import { syncOnce } from './support/world.ts'

const kinds = ({ actions }: { readonly actions: readonly { readonly kind: string }[] }) =>
  actions.map(({ kind }) => kind)

test('the object is made, and each opportunity is a record on its contact', async () => {
  const world = opportunityWorld(2)
  const { plan, report } = await syncOnce(world.sync)
  expect(kinds(plan)).toEqual([
    'create-active-campaign-contact',
    'create-active-campaign-contact',
    'create-active-campaign-record',
    'create-active-campaign-record',
    'create-custom-object',
  ])
  expect(report.outcomes.filter(({ status }) => status !== 'done')).toEqual([])
  const [first] = await recordsOf(world)
  const contact = world.activeCampaign.contacts().find(({ email }) => email === 'person1@example.com')
  expect(first).toMatchObject({
    externalId: opportunityId(1),
    fields: { name: 'Deal 1', 'estimated-value': '100050', rating: 'Hot', 'close-date': '2026-12-24' },
    relationships: { 'primary-contact': [contact?.id] },
  })
  expect(contactId(1)).toBeDefined()
  const before = recordCalls(world)
  expect((await world.sync.plan()).actions).toEqual([])
  expect((await world.sync.plan({ full: true })).actions).toEqual([])
  expect(recordCalls(world).writes).toBe(before.writes)
})
