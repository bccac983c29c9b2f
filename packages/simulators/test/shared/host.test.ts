import { getResponse } from 'msw'
import { expect, test } from 'vitest'
import { createVirtualClock } from '../../src/index.ts'
import { jsonAnswer } from '../../src/shared/exchange.ts'
import { createHost } from '../../src/shared/host.ts'
import { createRouter } from '../../src/shared/router.ts'
import type { Simulator } from '../../src/shared/simulator.ts'

const baseUrl = 'https://service.example'

/** A service of two calls: a counter that can be read page by page, and raised. */
function counterService(clock = createVirtualClock(0)): Simulator & { readonly count: () => number } {
  let count = 0
  const route = createRouter([
    {
      operation: 'counter.read',
      method: 'GET',
      path: '/counters/:name',
      handle: ({ request, params }) =>
        jsonAnswer(200, { ...params, count, next: `${request.origin}/counters/a?page=2` }),
    },
    {
      operation: 'counter.raise',
      method: 'POST',
      path: '/counters/:name',
      handle: () => {
        count += 1
        return { status: 204 }
      },
    },
  ])
  const host = createHost({
    baseUrl,
    clock,
    resolve: (request) => route(request) ?? { operation: 'unknown', run: () => ({ status: 404 }) },
    isFollowUpPage: (request) => request.url.searchParams.has('page'),
    refusal: (status) => jsonAnswer(status, { refused: status }),
  })
  return { ...host, calls: host.calls, count: () => count }
}

const read = (url = `${baseUrl}/counters/a%20b`): Request => new Request(url)
const raise = (): Request => new Request(`${baseUrl}/counters/a`, { method: 'POST' })

test('answers in process, through MSW and on a port, each with links of its own address', async () => {
  const service = counterService()
  const inProcess = await service.fetch(read())
  expect(await inProcess.json()).toEqual({ name: 'a b', count: 0, next: `${baseUrl}/counters/a?page=2` })
  const mocked = await getResponse([...service.handlers], read())
  expect(await mocked?.json()).toMatchObject({ next: `${baseUrl}/counters/a?page=2` })
  const server = await service.listen()
  try {
    const overTheWire = await fetch(`${server.url}/counters/a`)
    expect(await overTheWire.json()).toMatchObject({ next: `${server.url}/counters/a?page=2` })
    expect((await fetch(`${server.url}/counters/a`, { method: 'POST', body: 'x' })).status).toBe(204)
  } finally {
    await server.close()
  }
  expect(service.calls).toEqual({ total: 4, byOperation: { 'counter.read': 3, 'counter.raise': 1 } })
})

test('a refusal comes with or without Retry-After and has no effect', async () => {
  const service = counterService()
  service.faults.next({ kind: 'status', status: 429, retryAfter: 7 })
  service.faults.next({ kind: 'status', status: 503 }, { operation: 'counter.raise' })
  const first = await service.fetch(read())
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7'])
  const second = await service.fetch(raise())
  expect([second.status, second.headers.get('retry-after')]).toEqual([503, null])
  expect(service.count()).toBe(0)
  expect((await service.fetch(raise())).status).toBe(204)
})

test('a cut connection leaves no trace before the write and the write after it', async () => {
  const service = counterService()
  service.faults.next({ kind: 'cut', when: 'before' })
  await expect(service.fetch(raise())).rejects.toThrow(TypeError)
  expect(service.count()).toBe(0)
  service.faults.next({ kind: 'cut', when: 'after' })
  await expect(service.fetch(raise())).rejects.toThrow(TypeError)
  expect(service.count()).toBe(1)
})

test('on a port a cut destroys the socket', async () => {
  const service = counterService()
  const server = await service.listen()
  try {
    service.faults.next({ kind: 'cut', when: 'after' })
    await expect(fetch(`${server.url}/counters/a`, { method: 'POST' })).rejects.toThrow(TypeError)
    expect(service.count()).toBe(1)
    expect((await fetch(`${server.url}/counters/a`)).status).toBe(200)
  } finally {
    await server.close()
  }
})

test('a truncated body is no longer JSON, a rewritten one is whatever it should be', async () => {
  const service = counterService()
  service.faults.next({ kind: 'truncate' })
  await expect((await service.fetch(read())).json()).rejects.toThrow(SyntaxError)
  service.faults.next({ kind: 'rewrite', change: (answer) => ({ ...answer, body: '<html>' }) })
  expect(await (await service.fetch(read())).text()).toBe('<html>')
})

test('rows can change between pages', async () => {
  const service = counterService()
  let changes = 0
  const end = service.faults.betweenPages(() => {
    changes += 1
  })
  await service.fetch(read())
  await service.fetch(read(`${baseUrl}/counters/a?page=2`))
  end()
  await service.fetch(read(`${baseUrl}/counters/a?page=3`))
  expect(changes).toBe(1)
})

test('latency passes on the clock of the simulator', async () => {
  const clock = createVirtualClock(0)
  const service = counterService(clock)
  const end = service.faults.each({ kind: 'latency', ms: 2_000 }, { method: 'GET' })
  await service.fetch(read())
  await service.fetch(read())
  end()
  await service.fetch(read())
  expect(clock.now()).toBe(4_000)
})
