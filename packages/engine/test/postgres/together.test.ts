import pg from 'pg'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { postgresState, type StateStore } from '../../src/index.ts'
import { createDatabases } from './databases.ts'

const databases = createDatabases(inject('postgres'))
afterAll(() => databases.close())

/** Several stores on one new database: what several processes have. */
const processes = async (count: number): Promise<readonly StateStore[]> => {
  const connectionString = await databases.create()
  return Array.from({ length: count }, () => postgresState({ connectionString }))
}
const close = (stores: readonly StateStore[]) => Promise.all(stores.map((store) => store.close()))

/** A promise that is settled from outside. */
const gate = () => Promise.withResolvers<void>()

const nowMs = 1_800_000_000_000

describe('several processes on one PostgreSQL database', () => {
  test('make the tables once, whoever comes first', async () => {
    const stores = await processes(5)
    await Promise.all(
      stores.map((store, index) =>
        store.transaction(`tenant-${index}`, ({ cursors }) => cursors.set('delta', 'token')),
      ),
    )
    const [first] = stores
    expect(await first?.transaction('tenant-4', ({ cursors }) => cursors.get('delta'))).toBe('token')
    await close(stores)
  })

  test('work on two tenants at once', async () => {
    const [one, two] = await processes(2)
    if (one === undefined || two === undefined) throw new Error('two are made')
    const [begun, mayEnd] = [gate(), gate()]
    const long = one.transaction('one', async ({ cursors }) => {
      await cursors.set('delta', 'one')
      begun.resolve()
      await mayEnd.promise
    })
    await begun.promise
    await two.transaction('two', ({ cursors }) => cursors.set('delta', 'two'))
    let reads = 0
    const waiting = two.transaction('one', async ({ cursors }) => {
      reads += 1
      return cursors.get('delta')
    })
    await two.transaction('two', ({ cursors }) => cursors.get('delta'))
    expect(reads).toBe(0)
    mayEnd.resolve()
    await long
    expect(await waiting).toBe('one')
    await close([one, two])
  })

  test('take turns with one tenant, and lose no update', async () => {
    const stores = await processes(3)
    const count = async (store: StateStore) => {
      for (let turn = 0; turn < 20; turn += 1) {
        await store.transaction('tenant', async ({ cursors }) => {
          const before = Number((await cursors.get('count')) ?? 0)
          await cursors.set('count', String(before + 1))
        })
      }
    }
    await Promise.all(stores.map(count))
    expect(await stores[0]?.transaction('tenant', ({ cursors }) => cursors.get('count'))).toBe('60')
    await close(stores)
  })

  test('get one lease between them', async () => {
    const stores = await processes(4)
    for (let round = 0; round < 5; round += 1) {
      const leases = await Promise.all(
        stores.map((store, index) =>
          store.leases.acquire('tenant', {
            holder: `${index}`,
            ttlMs: 1000,
            nowMs: nowMs + round * 1000,
          }),
        ),
      )
      expect(leases.filter((lease) => lease !== null)).toMatchObject([{ fence: round + 1 }])
    }
    await close(stores)
  })

  test('outlive one whose connection breaks in the middle: nothing of it is kept, nobody waits for it', async () => {
    const [one, two] = await processes(2)
    if (one === undefined || two === undefined) throw new Error('two are made')
    await two.transaction('tenant', ({ cursors }) => cursors.set('delta', 'before'))
    const [begun, mayGoOn] = [gate(), gate()]
    const broken = one.transaction('tenant', async ({ cursors }) => {
      await cursors.set('delta', 'half')
      begun.resolve()
      await mayGoOn.promise
      await cursors.set('delta', 'whole')
    })
    await begun.promise
    expect((await databases.endStalled()).rowCount).toBe(1)
    expect(await two.transaction('tenant', ({ cursors }) => cursors.get('delta'))).toBe('before')
    mayGoOn.resolve()
    await expect(broken).rejects.toThrow()
    await one.transaction('tenant', ({ cursors }) => cursors.set('delta', 'after'))
    expect(await two.transaction('tenant', ({ cursors }) => cursors.get('delta'))).toBe('after')
    await close([one, two])
  })
})

describe('a pool of the host', () => {
  test('stays open when the store is closed', async () => {
    const pool = new pg.Pool({ connectionString: await databases.create() })
    const store = postgresState({ pool })
    await store.transaction('tenant', ({ cursors }) => cursors.set('delta', 'token'))
    await store.close()
    expect((await pool.query('select value from dynacamp_cursor')).rows).toEqual([{ value: 'token' }])
    await pool.end()
  })

  test('lets a transaction that nobody goes on with keep its tenant for a minute at most', async () => {
    const pool = new pg.Pool({ connectionString: await databases.create(), max: 1 })
    const store = postgresState({ pool })
    const clients: pg.PoolClient[] = []
    pool.on('acquire', (client) => clients.push(client))
    const setting = await store.transaction('tenant', async () =>
      clients.at(-1)?.query('show idle_in_transaction_session_timeout'),
    )
    expect(setting?.rows).toEqual([{ idle_in_transaction_session_timeout: '1min' }])
    expect((await pool.query('show idle_in_transaction_session_timeout')).rows).toEqual([
      { idle_in_transaction_session_timeout: '0' },
    ])
    await pool.end()
  })
})

test('a database of a later version is refused', async () => {
  const pool = new pg.Pool({ connectionString: await databases.create() })
  const store = postgresState({ pool })
  await store.transaction('tenant', async () => undefined)
  await pool.query(`insert into dynacamp_migration values ('9999-later', '2030-01-01T00:00:00.000Z')`)
  const again = postgresState({ pool })
  await expect(again.transaction('tenant', async () => undefined)).rejects.toMatchObject({
    code: 'newer-state',
  })
  await pool.end()
})
