import type { HttpEvent } from '@dynacamp/http'
import { describe, expect, test } from 'vitest'
import { contact } from '../src/index.ts'
import { createEnvironment, guidOf } from './environment.ts'

const limits = { requests: 60, windowMs: 300_000 }
const refusals = (events: readonly HttpEvent[]) =>
  events.filter((event) => event.type === 'response' && event.status === 429).length

/** Calls that all start at once, and how long they took in virtual time. */
const burst = async (calls: number, environment: ReturnType<typeof createEnvironment>) => {
  const startMs = environment.clock.now()
  await Promise.all(Array.from({ length: calls }, () => environment.client.whoAmI()))
  return environment.clock.now() - startMs
}

describe('service protection limits', () => {
  test('7,000 requests take one window and are never refused', async () => {
    const events: HttpEvent[] = []
    const environment = createEnvironment({}, { onEvent: (event) => events.push(event) })
    const tookMs = await burst(7_000, environment)
    expect(refusals(events)).toBe(0)
    expect(tookMs).toBeGreaterThan(300_000)
    expect(tookMs).toBeLessThan(600_000)
  })

  test('a share leaves the rest to others', async () => {
    const environment = createEnvironment({}, { share: 0.01 })
    expect(await burst(180, environment)).toBeGreaterThan(600_000)
  })

  test('when others use the budget too, every request still succeeds, after the pauses that the service asks for', async () => {
    const events: HttpEvent[] = []
    const environment = createEnvironment(
      { limits },
      { onEvent: (event) => events.push(event), maxAttempts: 50 },
    )
    const tookMs = await burst(150, environment)
    expect(refusals(events)).toBeGreaterThan(0)
    expect(tookMs).toBeGreaterThan(600_000)
  })

  test('writes that are refused for the limit are written once', async () => {
    const environment = createEnvironment({ limits: { ...limits, requests: 10 } }, { maxAttempts: 50 })
    const contacts = environment.client.table(contact)
    await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        contacts.create({ lastname: `Ek ${index}` }, { id: guidOf(index) }),
      ),
    )
    expect(environment.simulator.rows('contact')).toHaveLength(25)
  })
})
