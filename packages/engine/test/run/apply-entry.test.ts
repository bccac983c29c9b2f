import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import type { ProgressEvent } from '../../src/index.ts'
import { idOf, peopled } from '../support/peopled.ts'
import { schema } from '../support/world.ts'

test('an applied plan that a service refused is entered as failed, and its report comes all the same', async () => {
  for (const [status, code] of [
    [402, 'payment-required'],
    [403, 'actions-refused'],
  ] as const) {
    const world = peopled(1)
    await world.sync.run()
    world.dynamics.update('contact', idOf(1), { emailaddress1: 'new@example.com' })
    const plan = await world.sync.plan()
    world.activeCampaign.faults.each({ kind: 'status', status }, { method: 'PUT' })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes).toMatchObject([{ status: 'failed' }])
    const [entry] = (await world.sync.health()).runs
    expect(entry).toMatchObject({ trigger: 'apply', status: 'failed', error: { code } })
  }
})

test('what was written is reported, even when nobody can be asked whether the initial sync is over', async () => {
  const contacts = { direction: 'bidirectional', fields: [...standardMappings.contacts] } as const
  const more = { optOut: { direction: 'bidirectional' }, initialSync: { automations: 'start' } } as const
  const world = peopled(1, { definition: defineSync(schema, { contacts, ...more }) })
  world.dynamics.update('contact', idOf(1), { donotbulkemail: true })
  const plan = await world.sync.plan()
  const onProgress = ({ step }: ProgressEvent): void => {
    if (step !== 'apply') return
    world.activeCampaign.faults.clear()
    world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { method: 'GET', url: /lists/i })
  }
  const { outcomes } = await world.sync.apply(plan, { onProgress })
  expect(outcomes).toMatchObject([{ kind: 'create-active-campaign-contact', status: 'done' }])
  const health = await world.sync.health()
  expect(health).toMatchObject({ initialSyncDone: false })
  expect(health.runs[0]).toMatchObject({ trigger: 'apply', status: 'completed' })
  world.activeCampaign.faults.clear()
  await world.sync.run()
  expect(await world.sync.health()).toMatchObject({ initialSyncDone: true })
})
