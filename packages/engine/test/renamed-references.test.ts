import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createWorld, schema, syncOnce } from './support/world.ts'

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    fields: [
      ...standardMappings.contacts.filter(({ dynamics }) => dynamics !== 'parentcustomerid'),
      map('parentcustomerid', 'POSITION', { direction: 'outbound' }),
    ],
  },
})

test('the label of a lookup that was renamed goes over with a full read, or when its row changes', async () => {
  const world = createWorld({ definition })
  const account = world.dynamics.insert('account', { name: 'Contoso' })
  const ada = world.dynamics.insert('contact', {
    emailaddress1: 'ada@example.com',
    'parentcustomerid_account@odata.bind': `/accounts(${account})`,
  })
  await syncOnce(world.sync)
  const label = () => world.activeCampaign.contacts()[0]?.fields.POSITION
  expect(label()).toBe('Contoso')

  // D365 changes no row for it.
  world.dynamics.update('account', account, { name: 'Fabrikam' })
  expect((await syncOnce(world.sync)).plan.actions).toEqual([])
  await syncOnce(world.sync, { full: true })
  expect(label()).toBe('Fabrikam')

  world.dynamics.update('account', account, { name: 'Litware' })
  world.dynamics.update('contact', ada, { firstname: 'Ada' })
  await syncOnce(world.sync)
  expect(label()).toBe('Litware')
})
