import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { companySchema, contoso, createCompanyWorld } from '../support/company-world.ts'
import { idOf } from '../support/peopled.ts'
import type { TestWorld } from '../support/world.ts'

const definition = defineSync(companySchema, {
  accounts: { direction: 'outbound', fields: [...standardMappings.accounts] },
  contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
})

/** Twelve new people of one company, whose accounts wait for the import that makes them. */
const employed = async (behaviour = {}): Promise<TestWorld> => {
  const world = createCompanyWorld({ definition, behaviour })
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
  await world.sync.run()
  for (let n = 1; n <= 12; n += 1) {
    const company = { _parentcustomerid_value: contoso, '_parentcustomerid_value@table': 'account' }
    world.dynamics.insert('contact', {
      contactid: idOf(n),
      emailaddress1: `person${n}@example.com`,
      ...company,
    })
  }
  return world
}

test('what waited for an import of the run, and is done by it, counts as done only', async () => {
  const world = await employed()
  const { entities } = await world.sync.run()
  expect(world.activeCampaign.rows('accountContacts')).toHaveLength(12)
  expect(entities).toMatchObject({ contacts: { done: 24, stale: 0, queued: 0 } })
})

test('what still waits when the run ends counts as not done', async () => {
  const world = await employed({ importRunMs: 600_000 })
  const { entities, ending } = await world.sync.run({ deadlineMs: 20_000 })
  expect(ending).toBe('deadline')
  expect(entities).toMatchObject({ contacts: { done: 0, stale: 12, queued: 12 } })
  await world.clock.sleep(600_000)
  expect((await world.sync.run()).entities).toMatchObject({ contacts: { done: 24, stale: 0 } })
})
