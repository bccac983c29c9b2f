/** Somebody is entered in D365 after a run has read it, and before it does what that forbids. */
import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createWorld, schema } from '../support/world.ts'

test.each(['contact', 'lead'] as const)(
  'a %s: no second row is made, and the two are linked',
  async (table) => {
    const definition = defineSync(schema, {
      contacts: {
        direction: 'bidirectional',
        createInDynamics: 'all',
        fields: [...standardMappings.contacts],
      },
      leads: { direction: 'bidirectional', fields: [...standardMappings.leads] },
    })
    const world = createWorld({ definition })
    world.activeCampaign.insertContact({ email: 'ada@example.com', lastName: 'Ada' })
    let isEntered = false
    const { ending } = await world.sync.run({
      onProgress: ({ step }) => {
        if (step !== 'plan' || isEntered) return
        isEntered = true
        world.dynamics.insert(table, { emailaddress1: 'Ada@example.com', lastname: 'Ada' })
      },
    })
    expect(ending).toBe('completed')
    const rows = [...world.dynamics.rows('contact'), ...world.dynamics.rows('lead')]
    expect(rows).toHaveLength(1)
    world.dynamics.update(table, String(rows[0]?.[`${table}id`]), { firstname: 'Augusta' })
    await world.sync.run()
    expect(world.activeCampaign.contacts()).toMatchObject([{ firstName: 'Augusta' }])
  },
)

test('a row is entered anew while a run is about to delete the contact: it stays, and is that of the new row', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      fields: [...standardMappings.contacts],
      deleted: { inDynamics: 'delete', inActiveCampaign: 'keep' },
    },
  })
  const world = createWorld({ definition })
  const first = world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', lastname: 'Ada' })
  await world.sync.run()
  const [contact] = world.activeCampaign.contacts()
  world.dynamics.remove('contact', first)
  let isEntered = false
  await world.sync.run({
    onProgress: ({ step }) => {
      if (step !== 'plan' || isEntered) return
      isEntered = true
      world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', lastname: 'Ada' })
    },
  })
  expect(world.activeCampaign.contacts()).toMatchObject([{ id: contact?.id }])
  expect((await world.sync.plan()).actions).toEqual([])
})
