import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, expect, inject, test, vi } from 'vitest'
import { postgresState } from '../../src/index.ts'
import { createDatabases } from './databases.ts'

const databases = createDatabases(inject('postgres'))
afterAll(() => databases.close())
afterEach(() => {
  vi.useRealTimers()
})

/** A way to the database that can fall silent: connections stay open, and nothing comes through any more. */
const silenceable = async (to: URL) => {
  let silent = false
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    sockets.add(client)
    const inner = connect(Number(to.port), to.hostname)
    sockets.add(inner)
    for (const socket of [client, inner]) socket.on('error', () => undefined)
    client.on('data', (data) => {
      if (silent) server.emit('swallowed')
      else inner.write(data)
    })
    inner.on('data', (data) => {
      if (!silent) client.write(data)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens on a port')
  return {
    url: Object.assign(new URL(to), { host: `127.0.0.1:${address.port}` }).href,
    setSilent: (value: boolean) => {
      silent = value
    },
    swallowed: () => once(server, 'swallowed'),
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

test('a connection that is dead without a word fails a call, and the next one gets another', async () => {
  const way = await silenceable(new URL(await databases.create()))
  const store = postgresState({ connectionString: way.url })
  const write = () => store.transaction('tenant', ({ cursors }) => cursors.set('delta', 'token'))
  await write()
  way.setSilent(true)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const lost = write().then(
    () => 'written',
    (error: unknown) => error,
  )
  await way.swallowed()
  // The statement, and then the rollback.
  await vi.advanceTimersByTimeAsync(5 * 60_000)
  expect(await lost).toMatchObject({ message: expect.stringContaining('timeout') })
  const unanswered = write().then(
    () => 'written',
    (error: unknown) => error,
  )
  await way.swallowed()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await unanswered).toMatchObject({ message: expect.stringContaining('timeout') })
  vi.useRealTimers()
  way.setSilent(false)
  await write()
  await store.close()
  way.close()
})
