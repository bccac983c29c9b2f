import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { peopled } from '../support/peopled.ts'
import { schema } from '../support/world.ts'

const kind = { side: 'activeCampaign', entity: 'contacts' } as const

test('a contact that is deleted behind the place where `apply` was interrupted reading everything is found by its hint', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      fields: [...standardMappings.contacts, map('address1_city', 'CITY')],
    },
    optOut: { direction: 'outbound' },
  })
  const world = peopled(12, { definition, pageLimit: 5 })
  await world.sync.run()
  await world.sync.run()
  const plan = await world.sync.plan()
  // A custom field goes and comes back: what was read without it has to be read anew.
  const { activeCampaign } = world
  const field = activeCampaign.fields().find(({ perstag }) => perstag === 'CITY')?.id ?? ''
  activeCampaign.update('fields', field, { perstag: 'OTHER' })
  await expect(world.sync.run()).rejects.toMatchObject({ cause: { code: 'missing-field' } })
  activeCampaign.update('fields', field, { perstag: 'CITY' })
  activeCampaign.faults.each({ kind: 'cut', when: 'before' }, { url: /id_greater=5&/ })
  await expect(world.sync.apply(plan)).rejects.toThrow()
  activeCampaign.faults.clear()

  const id = activeCampaign.contacts()[0]?.id ?? ''
  activeCampaign.removeContact(id)
  await world.state.transaction('default', ({ hints }) =>
    hints.add({ ...kind, id, at: '2026-01-05T08:00:00.000Z' }),
  )
  await world.sync.run()
  expect(await world.state.transaction('default', ({ records }) => records.find(kind, [id]))).toEqual([])
})
