import { column, defineSync, extendSchema, field, map, standardMappings } from '@dynacamp/mapping-dsl'
import type { ActiveCampaignBehaviour, Answer } from '@dynacamp/simulators'
import { expect, test } from 'vitest'
import { createWorld, schema as plainSchema, syncOnce } from './support/world.ts'

const schema = extendSchema(plainSchema, {
  dynamics: { contacts: { birthdate: column.dateOnly() } },
  activeCampaign: { contacts: { BIRTHDAY: field.date() } },
})

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    fields: [
      ...standardMappings.contacts,
      map('jobtitle', 'POSITION', { blank: 'clear' }),
      map('birthdate', 'BIRTHDAY', { blank: 'clear' }),
    ],
  },
})

const ada = '11111111-1111-4111-8111-111111111111'
const lin = '22222222-2222-4222-8222-222222222222'

const bornWorld = async (behaviour: Partial<ActiveCampaignBehaviour> = {}) => {
  const world = createWorld({ definition, schema, behaviour })
  world.activeCampaign.defineField({ title: 'Birthday', type: 'date', perstag: 'BIRTHDAY' })
  const row = { birthdate: '1990-12-10', jobtitle: 'Analyst' }
  world.dynamics.insert('contact', { contactid: ada, emailaddress1: 'ada@example.com', ...row })
  world.dynamics.insert('contact', { contactid: lin, emailaddress1: 'lin@example.com', ...row })
  await syncOnce(world.sync)
  const valuesOf = (email: string) =>
    world.activeCampaign.contacts().find((contact) => contact.email === email)?.fields
  const removals = () => world.activeCampaign.calls.byOperation['fieldValues.delete'] ?? 0
  return { ...world, valuesOf, removals }
}

test.each([
  ['ignores', 'ignored', 1],
  ['takes', 'cleared', 0],
] as const)(
  'a date that is emptied is emptied where ActiveCampaign %s an empty one',
  async (_, emptyDate, calls) => {
    const world = await bornWorld({ emptyDate })
    world.dynamics.update('contact', ada, { birthdate: null, jobtitle: null })
    const { report } = await syncOnce(world.sync)
    expect(report.outcomes.map(({ status }) => status)).toEqual(['done'])
    expect(world.valuesOf('ada@example.com')).not.toMatchObject({ BIRTHDAY: '1990-12-10' })
    expect(world.removals()).toBe(calls)
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
    expect(world.dynamics.row('contact', ada)?.birthdate).toBeUndefined()
  },
)

test('an answer without values is not taken for an emptied date', async () => {
  const world = await bornWorld()
  const silent = ({ body, ...answer }: Answer) => ({
    ...answer,
    body: JSON.stringify({ ...JSON.parse(body ?? '{}'), fieldValues: [] }),
  })
  world.activeCampaign.faults.each({ kind: 'rewrite', change: silent }, { operation: 'contacts.update' })
  world.dynamics.update('contact', ada, { birthdate: null })
  await syncOnce(world.sync)
  expect(world.valuesOf('ada@example.com')).not.toMatchObject({ BIRTHDAY: '1990-12-10' })
  expect((await world.sync.plan({ full: true })).actions).toEqual([])
  expect(world.dynamics.row('contact', ada)?.birthdate).toBeUndefined()
})

test('where it may not be taken away, its record is set aside with what to do, and the others go on', async () => {
  const world = await bornWorld()
  world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { method: 'DELETE' })
  world.dynamics.update('contact', ada, { birthdate: null })
  world.dynamics.update('contact', lin, { jobtitle: 'Director' })
  const { report } = await syncOnce(world.sync)
  const ended = report.outcomes.map(({ status, code, remedy }) => [status, code, remedy])
  expect(ended.toSorted()).toEqual([
    ['done', null, null],
    ['failed', 'value-kept', 'hold'],
  ])
  expect(world.valuesOf('lin@example.com')).toMatchObject({ POSITION: 'Director' })
  expect(report.outcomes.find(({ code }) => code === 'value-kept')?.message).toContain('BIRTHDAY')

  world.activeCampaign.faults.clear()
  await syncOnce(world.sync)
  expect(world.valuesOf('ada@example.com')).not.toMatchObject({ BIRTHDAY: '1990-12-10' })
})
