import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { describe, expect, test } from 'vitest'
import { GuardTrippedError } from '../src/index.ts'
import { createWorld, schema, syncOnce } from './support/world.ts'

const ada = '11111111-1111-4111-8111-111111111111'
const fields = [...standardMappings.contacts, map('address1_city', 'CITY')] as const

const linkedAda = async (definition: ReturnType<typeof defineSync>) => {
  const world = createWorld({ definition })
  const row = { contactid: ada, emailaddress1: 'ada@example.com', firstname: 'Ada', address1_city: 'London' }
  world.dynamics.insert('contact', row)
  await syncOnce(world.sync)
  const [contact] = world.activeCampaign.contacts()
  return { ...world, contactId: contact?.id ?? '' }
}

const kindsOf = ({ plan }: Awaited<ReturnType<typeof syncOnce>>) => plan.actions.map(({ kind }) => kind)

describe('a deletion in D365', () => {
  test('changes nothing by default, and is named in every plan', async () => {
    const world = await linkedAda(defineSync(schema, { contacts: { direction: 'bidirectional', fields } }))
    world.dynamics.remove('contact', ada)
    for (let run = 0; run < 2; run += 1) {
      const { plan } = await syncOnce(world.sync)
      expect(plan.actions).toEqual([])
      expect(plan.skips.map(({ reason }) => reason.code)).toEqual(['deleted'])
    }
    expect(world.activeCampaign.contacts()).toHaveLength(1)
  })

  test('deletes the contact where the definition says so', async () => {
    const deleted = { inDynamics: 'delete' } as const
    const world = await linkedAda(
      defineSync(schema, { contacts: { direction: 'bidirectional', fields, deleted } }),
    )
    world.dynamics.remove('contact', ada)
    expect(kindsOf(await syncOnce(world.sync))).toEqual(['delete-active-campaign-contact'])
    expect(world.activeCampaign.contacts()).toEqual([])
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('does not delete a contact that somebody edited after the plan', async () => {
    const deleted = { inDynamics: 'delete' } as const
    const world = await linkedAda(
      defineSync(schema, { contacts: { direction: 'bidirectional', fields, deleted } }),
    )
    world.dynamics.remove('contact', ada)
    const plan = await world.sync.plan()
    world.activeCampaign.updateContact(world.contactId, { firstName: 'Augusta' })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.map(({ status, code }) => [status, code])).toEqual([['stale', 'record-changed']])
    expect(world.activeCampaign.contacts()).toHaveLength(1)
  })

  test('stops the run where a guard allows fewer, before anything is written', async () => {
    const deleted = { inDynamics: 'delete' } as const
    const definition = defineSync(schema, {
      contacts: { direction: 'bidirectional', fields, deleted },
      guards: { maxDeletes: 0 },
    })
    const world = await linkedAda(definition)
    world.dynamics.remove('contact', ada)
    const plan = await world.sync.plan()
    await expect(world.sync.apply(plan)).rejects.toThrow(GuardTrippedError)
    expect(world.activeCampaign.contacts()).toHaveLength(1)
  })
})

describe('a deletion in ActiveCampaign', () => {
  test.each([
    ['deactivate', 'deactivate-dynamics-record', 1],
    ['delete', 'delete-dynamics-record', undefined],
  ] as const)('%s: the row follows', async (policy, kind, statecode) => {
    const deleted = { inActiveCampaign: policy }
    const world = await linkedAda(
      defineSync(schema, { contacts: { direction: 'bidirectional', fields, deleted } }),
    )
    world.activeCampaign.removeContact(world.contactId)
    expect(kindsOf(await syncOnce(world.sync, { full: true }))).toEqual([kind])
    expect(world.dynamics.row('contact', ada)?.statecode).toBe(statecode)
    expect((await world.sync.plan()).actions).toEqual([])
    expect(world.activeCampaign.contacts()).toEqual([])
  })
})

test('a row whose contact was deleted is unlinked where nothing flows back, and stays', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'inbound',
      createInDynamics: 'tagged',
      fields: [...standardMappings.contacts],
      deleted: { inActiveCampaign: 'unlink' },
    },
  })
  const world = createWorld({ definition })
  const { id } = world.activeCampaign.insertContact({ email: 'eve@example.com', tags: ['[D365: Contact]'] })
  await syncOnce(world.sync)
  world.activeCampaign.removeContact(id)
  const { plan, report } = await syncOnce(world.sync, { full: true })
  expect(plan.actions.map(({ kind }) => kind)).toEqual(['unlink-records'])
  expect(report.outcomes.map(({ status }) => status)).toEqual(['done'])
  expect(world.dynamics.rows('contact')).toHaveLength(1)
  expect((await world.sync.plan()).actions).toEqual([])
})

describe('a row that leaves the scope', () => {
  test('unsubscribes its contact where the definition says so, and nobody else', async () => {
    const definition = defineSync(schema, {
      contacts: {
        direction: 'bidirectional',
        fields,
        scope: { address1_city: 'London' },
        leaving: 'unsubscribe',
      },
    })
    const world = await linkedAda(definition)
    const { lists, contactLists } = world.clients.activeCampaign
    const { id: list } = await lists.create({
      name: 'News',
      stringid: 'news',
      sender_url: 'https://example.com',
      sender_reminder: 'You signed up.',
    })
    await contactLists.subscribe({ contact: world.contactId, list })
    world.dynamics.update('contact', ada, { address1_city: 'Paris' })
    expect(kindsOf(await syncOnce(world.sync))).toEqual(['unsubscribe-active-campaign-contact'])
    const memberships = await contactLists.listForContact(world.contactId).toArray()
    expect(memberships.map(({ status }) => status)).toEqual(['unsubscribed'])
    const next = await world.sync.plan()
    expect(next.actions).toEqual([])
    expect(next.skips.map(({ reason }) => reason.code)).toEqual(['left-scope'])
  })
})

test('of two rows with one e-mail the older one speaks, where the definition says so', async () => {
  const definition = defineSync(schema, {
    contacts: { direction: 'bidirectional', fields, sharedEmail: 'oldest' },
  })
  const world = createWorld({ definition })
  world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', firstname: 'Ada' })
  await world.clock.sleep(5_000)
  world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', firstname: 'Other' })
  const { plan } = await syncOnce(world.sync)
  expect(plan.skips.map(({ reason }) => reason.code)).toEqual(['other-row-speaks'])
  expect(world.activeCampaign.contacts()).toMatchObject([{ firstName: 'Ada' }])
})
