import { expect, test } from 'vitest'
import { registerActiveCampaignWebhook } from '../../src/index.ts'
import { createWorld } from '../support/world.ts'

test('is registered once, however often it is asked for, and follows its URL', async () => {
  const { clients, activeCampaign: simulator } = createWorld()
  const url = 'https://host.example.com/hooks?code=correct-horse-battery'
  const register = (to: string) => registerActiveCampaignWebhook(clients.activeCampaign, { url: to })
  simulator.insert('webhooks', {
    name: 'Dynacamp elsewhere',
    url: 'https://other.example.com',
    events: ['open'],
    sources: ['public'],
  })
  const first = await register(url)
  expect(first.done).toBe('created')
  expect(await register(url)).toEqual({ id: first.id, done: 'nothing' })
  expect(await register(`${url}-2`)).toEqual({ id: first.id, done: 'updated' })
  expect(simulator.rows('webhooks')).toMatchObject([
    { name: 'Dynacamp elsewhere' },
    { name: 'Dynacamp', url: `${url}-2`, sources: ['public', 'admin', 'system'] },
  ])
})
