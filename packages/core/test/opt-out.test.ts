import { compileDefinition, type Fields, map, standardSchema } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import {
  type ListStatus,
  linkIdFor,
  mergePlans,
  planBatch,
  serialisePlan,
  withoutOwnUnsubscribe,
} from '../src/index.ts'
import { applyPlan } from './kit/apply-plan.ts'
import { contactsDefinition } from './kit/definition.ts'
import { inputOf, planWorld } from './kit/plan-world.ts'
import { emptyWorld, emptyWorldWithLeads, putContact, putRow, type World } from './kit/world.ts'

const address = { emailaddress1: 'ana@example.com' }
const optOut = { donotbulkemail: true }
const allow = { donotbulkemail: false }
const list = (id: string, status: ListStatus['status']): ListStatus => ({ id, name: `List ${id}`, status })

const ana = (world: World, row: Fields, lists: readonly ListStatus[]): void => {
  putRow(world, 'd1', { ...address, ...row })
  putContact(world, '1', { email: 'ana@example.com' }, { lists })
}

const linkAna = (world: World): void => {
  const id = linkIdFor('contacts', 'd1')
  const base = { dynamics: { ...address, ...allow }, activeCampaign: { email: 'ana@example.com' } }
  world.links.set(id, { id, entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1', base })
}

test('a subscription that was never confirmed ends with an opt-out, and does not come back', () => {
  const resubscribe = 'resubscribe people when Dynamics 365 allows e-mail again'
  const definition = contactsDefinition({ optOut: { resubscribe } })
  const world = emptyWorld()
  ana(world, optOut, [list('1', 'active'), list('2', 'unconfirmed')])
  linkAna(world)
  applyPlan(world, planWorld(world, definition))
  expect(world.contacts.get('1')?.lists?.map(({ status }) => status)).toEqual([
    'unsubscribed',
    'unsubscribed',
  ])
  putRow(world, 'd1', { ...address, ...allow })
  const plan = planWorld(world, definition)
  expect(plan.actions).toMatchObject([{ kind: 'resubscribe-active-campaign-contact', lists: ['1'] }])
  applyPlan(world, plan)
  expect(planWorld(world, definition).actions).toEqual([])
})

test('a contact of the other table is called what its own table calls it, in whatever order plans are merged', () => {
  const email = map('emailaddress1', 'email')
  const definition = compileDefinition(
    {
      version: 1,
      contacts: {
        direction: 'bidirectional',
        fields: [map('emailaddress1', 'email', { sensitive: true })],
      },
      leads: { direction: 'bidirectional', fields: [email] },
    },
    standardSchema,
  )
  const world = emptyWorldWithLeads()
  const { leads } = world
  if (leads === undefined) throw new Error('this world has no leads')
  ana(world, allow, [list('1', 'active')])
  linkAna(world)
  putRow(leads, 'l1', { ...address, ...optOut })
  const plans = [world, leads].map((table) => planBatch(inputOf(world, definition, {}, [], table)))
  expect(plans.map(({ actions }) => actions.map(({ title }) => title))).toEqual([['d1'], ['d1']])
  expect(serialisePlan(mergePlans(plans))).toBe(serialisePlan(mergePlans(plans.toReversed())))
})

test('what the sync itself unsubscribed goes along with the link, also where more is to be unsubscribed', () => {
  const world = emptyWorldWithLeads()
  const { leads } = world
  if (leads === undefined) throw new Error('this world has no leads')
  const definition = compileDefinition(
    {
      version: 1,
      contacts: { direction: 'bidirectional', fields: [map('emailaddress1', 'email')] },
      leads: { direction: 'bidirectional', fields: [map('emailaddress1', 'email')] },
    },
    standardSchema,
  )
  ana(world, optOut, [list('1', 'unsubscribed'), list('2', 'active')])
  putRow(leads, 'l1', { ...address, ...allow }, { active: false })
  world.merged.set('l1', 'd1')
  const id = linkIdFor('leads', 'l1')
  const activeCampaign = { email: 'ana@example.com', 'lists:unsubscribed': '1' }
  const base = { dynamics: { ...address, ...allow }, activeCampaign }
  leads.links.set(id, { id, entity: 'leads', dynamicsId: 'l1', activeCampaignId: '1', base })
  const plan = planWorld(world, definition)
  const moves = plan.actions.filter(({ kind }) => kind === 'move-link')
  expect(moves).toHaveLength(1)
  // The run ends here; the rest is planned again.
  applyPlan(world, { ...plan, actions: moves })
  expect(planWorld(world, definition).actions).toMatchObject([
    { lists: ['2'], settles: { activeCampaign: { 'lists:unsubscribed': '1,2' } } },
  ])
})

test('a contact that is linked to none of those who share its address stays subscribed, and the hold says so', () => {
  const world = emptyWorld()
  ana(world, optOut, [list('1', 'active')])
  putRow(world, 'd2', address)
  const { actions, holds } = planWorld(world, contactsDefinition())
  expect(actions).toEqual([])
  const rows = holds.filter(({ dynamicsId }) => dynamicsId !== null)
  expect(rows).toHaveLength(2)
  for (const { reason } of rows) expect(reason.message).toMatch(/opted out .* may still get mail/)
})

test('whoever opts out beside the row that speaks is heard though nothing else changed', () => {
  const world = emptyWorld()
  ana(world, allow, [list('1', 'active')])
  linkAna(world)
  putRow(world, 'd2', { ...address, ...optOut })
  const input = inputOf(world, contactsDefinition({ sharedEmail: 'oldest' }))
  const changed = input.records.filter(({ dynamics }) => dynamics?.id === 'd2')
  const { actions } = planBatch({ ...input, records: changed })
  expect(actions).toMatchObject([
    { kind: 'unsubscribe-active-campaign-contact', dynamicsId: 'd1', activeCampaignId: '1', lists: ['1'] },
  ])
})

test('so is a new row with the address that a contact still has, while its own row has moved on', () => {
  const world = emptyWorld()
  ana(world, { ...allow, emailaddress1: 'ana@new.example' }, [list('1', 'active')])
  linkAna(world)
  putRow(world, 'd2', { ...address, ...optOut })
  const input = inputOf(world, contactsDefinition())
  const changed = input.records.filter(({ dynamics }) => dynamics?.id === 'd2')
  const { actions, holds } = planBatch({ ...input, records: changed })
  expect(holds).toMatchObject([{ dynamicsId: 'd2', reason: { code: 'linked-elsewhere' } }])
  expect(actions).toMatchObject([
    { kind: 'unsubscribe-active-campaign-contact', dynamicsId: 'd1', activeCampaignId: '1', lists: ['1'] },
  ])
})

test('a row that is paired with its contact opts it out once', () => {
  const world = emptyWorld()
  ana(world, optOut, [list('1', 'active')])
  const plan = planWorld(world, contactsDefinition())
  expect(plan.actions.map(({ kind }) => kind)).toEqual([
    'link-records',
    'unsubscribe-active-campaign-contact',
  ])
})

test('a list that the contact is on again is no longer one that the sync took it off, confirmed or not', () => {
  const remembering = (lists: string) => ({
    dynamics: { donotbulkemail: true },
    activeCampaign: { email: 'ana@example.com', 'lists:unsubscribed': lists },
  })
  expect(withoutOwnUnsubscribe(remembering('1,12,2:unconfirmed'), '1')).toEqual(
    remembering('12,2:unconfirmed'),
  )
  expect(withoutOwnUnsubscribe(remembering('1,12,2:unconfirmed'), '2')).toEqual(remembering('1,12'))
  const none = { dynamics: {}, activeCampaign: { email: 'ana@example.com' } }
  expect(withoutOwnUnsubscribe(none, '1')).toBe(none)
})
