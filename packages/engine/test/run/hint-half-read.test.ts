import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createWorld, schema } from '../support/world.ts'

test('while a reading of contacts waits to go on, nobody is matched with what was read of them', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      fields: [...standardMappings.contacts, map('jobtitle', 'POSITION'), map('address1_city', 'CITY')],
      match: [
        { dynamics: 'emailaddress1', activeCampaign: 'email' },
        { dynamics: 'address1_city', activeCampaign: 'CITY' },
      ],
    },
  })
  const world = createWorld({ definition })
  for (let n = 0; n < 4; n += 1)
    world.activeCampaign.insertContact({ email: `p${n}@example.com`, fields: { CITY: `City ${n}` } })
  for (let n = 0; n < 2; n += 1) await world.sync.run()
  world.activeCampaign.faults.each({ kind: 'latency', ms: 20_000 }, { method: 'GET', url: /fieldValues/ })
  expect(await world.sync.run({ full: true, deadlineMs: 15_000 })).toMatchObject({ ending: 'deadline' })
  world.activeCampaign.faults.clear()
  const contactid = '11111111-1111-4111-8111-111111111111'
  const row = { contactid, emailaddress1: 'other@example.com', address1_city: 'City 1', lastname: 'Ek' }
  world.dynamics.insert('contact', row)
  const hint = { side: 'dynamics', entity: 'contacts', id: contactid } as const
  expect(await world.sync.runRecord(hint)).toMatchObject({ status: 'queued' })
  await world.sync.run({ full: true })
  expect(world.activeCampaign.contacts()).toHaveLength(4)
  expect((await world.sync.plan()).holds.map(({ reason }) => reason.code)).toContain('identity-differs')
})
