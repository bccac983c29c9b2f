import { describeDrift, schemaDrift } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { pullSchema } from '../../src/index.ts'
import { createOwnWorld } from './own-world.ts'

test('what administrators did on both sides since the pull is told field by field', async () => {
  const { clients, dynamics, activeCampaign } = await createOwnWorld()
  const pulled = await pullSchema(clients)
  expect(schemaDrift(pulled.schema, (await pullSchema(clients)).schema)).toEqual([])

  dynamics.defineColumn('contact', { name: 'new_Fresh', type: 'text', label: 'Fresh' })
  const idOf = (perstag: string): string =>
    activeCampaign.fields().find((field) => field.perstag === perstag)?.id ?? ''
  activeCampaign.update('fields', idOf('F0'), { type: 'date' })
  activeCampaign.remove('fields', idOf('F1'))
  const renamed = activeCampaign.rows('fieldOptions').find(({ value }) => value === 'Gold')
  activeCampaign.update('fieldOptions', String(renamed?.id), { value: 'Platinum' })

  const drift = schemaDrift(pulled.schema, (await pullSchema(clients)).schema)
  expect(drift.map(({ path, change, effect }) => `${path} ${change}: ${effect}`)).toEqual([
    'dynamics.contacts.new_fresh added: none',
    'activeCampaign.contacts.F0 retyped: breaks',
    'activeCampaign.contacts.F1 removed: breaks',
    'activeCampaign.contacts.OWN_DROPDOWN options: review',
    'activeCampaign.contacts.OWN_DROPDOWN options: review',
  ])
  expect(describeDrift(drift)).toContain('"Platinum"')
})
