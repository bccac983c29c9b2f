import { describe, expect, test } from 'vitest'
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

const callMany = (client: ReturnType<typeof scripted>['client'], times: number) =>
  Promise.all(
    Array.from({ length: times }, () =>
      client.request({ operation: 'x', method: 'GET', path: 'contacts/$count' }),
    ),
  )

describe('concurrency', () => {
  test('starts narrow and widens round by round while the service says nothing', async () => {
    const { client, widths } = crowd({})
    await callMany(client, 40)
    expect(Math.max(...widths.slice(0, 4))).toBe(4)
    expect(Math.max(...widths.slice(0, 8))).toBeLessThan(8)
    expect(Math.max(...widths)).toBeGreaterThan(6)
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
    expect(widths.length).toBeLessThanOrEqual(24)
  })
})
