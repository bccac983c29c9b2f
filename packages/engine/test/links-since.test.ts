/** A plan is applied later, and by then its records are linked in another way. */
import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createWorld, schema } from './support/world.ts'

const outcomesOf = ({
  outcomes,
}: {
  readonly outcomes: readonly { status: string; code: string | null }[]
}) => outcomes.map(({ status, code }) => [status, code])

test('what a lead had to say of a contact is not written once a contact of D365 speaks for the person', async () => {
  const position = map('jobtitle', 'POSITION')
  const definition = defineSync(schema, {
    contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts, position] },
    leads: { direction: 'bidirectional', fields: [...standardMappings.leads, position] },
  })
  const world = createWorld({ definition })
  const ada = { emailaddress1: 'ada@example.com', lastname: 'Ada', jobtitle: 'Analyst' }
  const lead = world.dynamics.insert('lead', ada)
  await world.sync.run()
  world.dynamics.update('lead', lead, { jobtitle: 'Countess' })
  const plan = await world.sync.plan()
  expect(plan.actions).toMatchObject([{ kind: 'update-active-campaign-contact', entity: 'leads' }])
  world.dynamics.insert('contact', ada)
  const later = await world.sync.plan()
  await world.sync.apply({ ...later })
  await world.sync.apply(plan)
  await world.sync.run()
  expect(world.dynamics.rows('contact')).toMatchObject([{ jobtitle: 'Analyst' }])
  expect(world.activeCampaign.contacts()).toMatchObject([{ fields: { POSITION: 'Analyst' } }])
  expect((await world.sync.health()).entities.leads).toMatchObject({ linked: 0 })
})

test('a contact that another row speaks for by now is not linked to a second one', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      sharedEmail: 'latestModified',
      fields: [...standardMappings.contacts],
    },
  })
  const world = createWorld({ definition })
  const ada = { emailaddress1: 'ada@example.com', lastname: 'Ada' }
  world.dynamics.insert('contact', ada)
  world.activeCampaign.insertContact({ email: 'ada@example.com', lastName: 'Ada' })
  const plan = await world.sync.plan()
  expect(plan.actions).toMatchObject([{ kind: 'link-records' }])
  await world.clock.sleep(60_000)
  world.dynamics.insert('contact', ada)
  await world.sync.run()
  expect(outcomesOf(await world.sync.apply(plan))).toEqual([['stale', 'record-changed']])
  expect((await world.sync.health()).entities.contacts).toMatchObject({ linked: 1 })
})
