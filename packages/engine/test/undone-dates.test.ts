import { column, defineSync, extendSchema, field, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createWorld, schema as plainSchema, syncOnce } from './support/world.ts'

const schema = extendSchema(plainSchema, {
  dynamics: { contacts: { lastonholdtime: column.dateTime() } },
  activeCampaign: { contacts: { ON_HOLD: field.datetime() } },
})

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    fields: [...standardMappings.contacts, map('lastonholdtime', 'ON_HOLD')],
  },
})

const ada = '11111111-1111-4111-8111-111111111111'

const onHold = async () => {
  const world = createWorld({ definition, schema })
  world.activeCampaign.defineField({ title: 'On hold', type: 'datetime', perstag: 'ON_HOLD' })
  world.dynamics.insert('contact', {
    contactid: ada,
    emailaddress1: 'ada@example.com',
    lastonholdtime: '2026-11-23T10:00:00Z',
  })
  await syncOnce(world.sync)
  const instant = () => Date.parse(world.activeCampaign.contacts()[0]?.fields.ON_HOLD ?? '')
  return { ...world, instant }
}

test('a date and time that ActiveCampaign keeps in its own zone is taken back', async () => {
  const { dynamics, instant, sync } = await onHold()
  dynamics.update('contact', ada, { lastonholdtime: '2026-11-24T11:30:00Z' })
  const { plan } = await syncOnce(sync)
  expect(instant()).toBe(Date.UTC(2026, 10, 24, 11, 30))
  const { outcomes } = await sync.apply(await sync.undo({ planId: plan.id }))
  expect(outcomes.map(({ status }) => status)).toEqual(['done'])
  expect(instant()).toBe(Date.UTC(2026, 10, 23, 10))
  expect((await sync.plan({ full: true })).actions).toEqual([])
})

test('one that somebody has changed since is not', async () => {
  const { activeCampaign, dynamics, instant, sync } = await onHold()
  dynamics.update('contact', ada, { lastonholdtime: '2026-11-24T11:30:00Z' })
  const { plan } = await syncOnce(sync)
  const id = activeCampaign.contacts()[0]?.id ?? ''
  activeCampaign.updateContact(id, { fields: { ON_HOLD: '2026-12-24T00:00:00Z' } })
  await sync.plan()
  const { outcomes } = await sync.apply(await sync.undo({ planId: plan.id }))
  expect(outcomes.map(({ status }) => status)).toEqual(['stale'])
  expect(instant()).toBe(Date.UTC(2026, 11, 24))
})
