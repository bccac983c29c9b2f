import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Lease, LeaseLostError, type StateStore } from '../../src/index.ts'

/*
 * Laws of leases, for any interleaving of several holders:
 * 1. A lease is given exactly when nobody has one that has not expired. One that would last longer than ten minutes, and than twice
 *    the taker's, is none: its holder's clock was wrong.
 * 2. The fence of every new lease is greater than all before.
 * 3. Of all leases ever given at most one can write: the last, until it is given back. Expiry alone takes nothing away.
 * 4. What a lost lease tried to write is not there.
 * 5. A new lease says when the last one was given back, and nothing where it was not.
 */

const ttlMs = 1000
const longestMs = 600_000
const holders = ['a', 'b', 'c'] as const
let tenants = 0

const step = fc.oneof(
  fc.record({
    kind: fc.constantFrom('acquire' as const, 'renew' as const, 'release' as const, 'write' as const),
    holder: fc.constantFrom(...holders),
    // How far the holder's clock is ahead.
    aheadMs: fc.constantFrom(0, 0, 0, ttlMs, longestMs, 365 * 24 * 3_600_000),
  }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 700 }) }),
)

/** What every store must do about leases. */
export const leaseContract = (name: string, open: () => StateStore | Promise<StateStore>): void => {
  describe(`leases: ${name}`, () => {
    let store: StateStore
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    const write = async ({ tenant, fence }: Lease, value: string): Promise<boolean> => {
      try {
        await store.transaction(tenant, ({ cursors }) => cursors.set('written', value), { fence })
        return true
      } catch (error) {
        expect(error).toBeInstanceOf(LeaseLostError)
        return false
      }
    }
    const written = (tenant: string) => store.transaction(tenant, ({ cursors }) => cursors.get('written'))

    test('laws 1 to 5', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
          const tenant = `lease-${tenants++}`
          const kept = new Map<string, Lease>()
          let nowMs = 1_800_000_000_000
          let current: Lease | null = null
          let freedAtMs: number | null = null
          let greatest = 0
          let content: string | null = null
          for (const [index, next] of steps.entries()) {
            if (next.kind === 'pass') {
              nowMs += next.ms
              continue
            }
            const own = kept.get(next.holder)
            const good = own !== undefined && own.fence === current?.fence
            const atMs = nowMs + next.aheadMs
            if (next.kind === 'acquire') {
              const lease = await store.leases.acquire(tenant, { holder: next.holder, ttlMs, nowMs: atMs })
              const endsInMs: number = current === null ? 0 : current.expiresAtMs - atMs
              expect(lease === null).toBe(endsInMs > 0 && endsInMs <= longestMs)
              if (lease === null) continue
              expect(lease.fence).toBeGreaterThan(greatest)
              expect(lease).toMatchObject({
                tenant,
                holder: next.holder,
                expiresAtMs: atMs + ttlMs,
                freedAtMs,
              })
              greatest = lease.fence
              current = lease
              freedAtMs = null
              kept.set(next.holder, lease)
            } else if (own === undefined) {
              continue
            } else if (next.kind === 'renew') {
              const renewed = await store.leases.renew(own, { ttlMs, nowMs: atMs })
              expect(renewed).toEqual(good ? { ...own, expiresAtMs: atMs + ttlMs } : null)
              if (renewed === null) continue
              current = renewed
              kept.set(next.holder, renewed)
            } else if (next.kind === 'release') {
              await store.leases.release(own, { nowMs: atMs })
              if (good) [current, freedAtMs] = [null, atMs]
            } else {
              const took = await write(own, `${next.holder} ${index}`)
              expect(took).toBe(good)
              if (took) content = `${next.holder} ${index}`
            }
            expect(await written(tenant)).toBe(content)
          }
          const writers: string[] = []
          for (const [holder, lease] of kept) if (await write(lease, 'last')) writers.push(holder)
          expect(writers).toEqual(current === null ? [] : [current.holder])
        }),
        { numRuns: 60 },
      )
    })

    test('a worker that paused finds its lease taken, and nothing of it is written', async () => {
      const nowMs = 1_800_000_000_000
      const paused = await store.leases.acquire('tenant', { holder: 'paused', ttlMs, nowMs })
      const taker = await store.leases.acquire('tenant', { holder: 'taker', ttlMs, nowMs: nowMs + ttlMs })
      expect(taker).not.toBeNull()
      const fence = paused?.fence
      const late = store.transaction('tenant', ({ cursors }) => cursors.set('written', 'late'), { fence })
      await expect(late).rejects.toMatchObject({ code: 'lease-lost', tenant: 'tenant', fence })
      expect(await written('tenant')).toBeNull()
    })

    test('a holder whose clock was a year ahead blocks nobody, and can write no more', async () => {
      const nowMs = 1_800_000_000_000
      const aheadMs = nowMs + 365 * 24 * 3_600_000
      const wrong = await store.leases.acquire('tenant', { holder: 'wrong', ttlMs, nowMs: aheadMs })
      const right = await store.leases.acquire('tenant', { holder: 'right', ttlMs, nowMs })
      if (wrong === null || right === null) throw new Error('both get it')
      expect(await write(wrong, 'wrong')).toBe(false)
      expect(await write(right, 'right')).toBe(true)
    })

    test('the leases of tenants have nothing to do with each other', async () => {
      const options = { holder: 'a', ttlMs, nowMs: 1_800_000_000_000 }
      const one = await store.leases.acquire('one', options)
      const two = await store.leases.acquire('two', options)
      if (one === null || two === null) throw new Error('both are free')
      await store.leases.release(one, options)
      expect(await write(two, 'two')).toBe(true)
      expect(await write({ ...two, tenant: 'one' }, 'one')).toBe(false)
    })
  })
}
