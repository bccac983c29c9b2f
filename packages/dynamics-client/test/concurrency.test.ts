import type { Release } from '@dynacamp/http'
import { describe, expect, test } from 'vitest'
import { adaptConcurrency } from '../src/concurrency.ts'
import { jsonResponse, scripted } from './scripted-fetch.ts'

/** Answers all that arrived together, and remembers how many were under way at once. */
const crowd = (headers: Record<string, string>) => {
  let underWay = 0
  const widths: number[] = []
  const { client } = scripted(async () => {
    underWay += 1
    widths.push(underWay)
    await new Promise((resolve) => setImmediate(resolve))
    underWay -= 1
    return jsonResponse({}, 200, headers)
  })
  return { client, widths }
}

/** A limiter with more waiting than it ever admits; answers are given by hand. */
const crowdedGate = () => {
  const limiter = adaptConcurrency({ acquire: async () => () => undefined, pauseUntil: () => undefined })
  let arrived: Release[] = []
  for (let index = 0; index < 200; index += 1) {
    limiter.acquire().then(
      (release) => arrived.push(release),
      () => undefined,
    )
  }
  return {
    admitted: async () => {
      await new Promise((resolve) => setImmediate(resolve))
      const admitted = arrived
      arrived = []
      return admitted
    },
    answer: (releases: readonly Release[], status: number, headers: Record<string, string> = {}) => {
      for (const release of releases) release({ status, headers: new Headers(headers) })
    },
  }
}

const callMany = (client: ReturnType<typeof scripted>['client'], times: number) =>
  Promise.all(
    Array.from({ length: times }, () =>
      client.request({ operation: 'x', method: 'GET', path: 'contacts/$count' }),
    ),
  )

describe('concurrency', () => {
  test('starts narrow, and stays there while the service says nothing', async () => {
    const { client, widths } = crowd({})
    await callMany(client, 40)
    expect(Math.max(...widths)).toBe(4)
  })

  test('widens to what the service recommends, never to the 52 that it refuses', async () => {
    for (const [hint, expected] of [
      [10, 10],
      [100, 51],
    ] as const) {
      const { client, widths } = crowd({ 'x-ms-dop-hint': String(hint) })
      await callMany(client, 200)
      expect(Math.max(...widths)).toBe(expected)
    }
  })

  test('is halved by a 429, once for all that were under way, and recovers answer by answer', async () => {
    const gate = crowdedGate()
    gate.answer(await gate.admitted(), 200, { 'x-ms-dop-hint': '16' })
    const together = await gate.admitted()
    expect(together).toHaveLength(16)

    gate.answer(together, 429)
    const half = await gate.admitted()
    expect(half).toHaveLength(8)

    gate.answer(half, 200)
    expect(await gate.admitted()).toHaveLength(9)
  })

  test('a nonsensical hint is ignored', async () => {
    for (const hint of ['0', '-3', 'many', '1e9']) {
      const { client, widths } = crowd({ 'x-ms-dop-hint': hint })
      await callMany(client, 100)
      expect(Math.max(...widths)).toBeLessThanOrEqual(51)
      expect(Math.max(...widths)).toBeGreaterThanOrEqual(4)
    }
  })

  test('who aborts while waiting leaves the queue', async () => {
    const { client, widths } = crowd({})
    const controller = new AbortController()
    const waiting = Array.from({ length: 20 }, () =>
      client.request(
        { operation: 'x', method: 'GET', path: 'contacts/$count' },
        { signal: controller.signal },
      ),
    )
    controller.abort(new Error('enough'))
    const outcomes = await Promise.allSettled(waiting)
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    await callMany(client, 20)
    expect(Math.max(...widths)).toBe(4)
  })
})
