import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StateStore, StateTransaction } from '../src/index.ts'
import { historyContract } from './state/history-contract.ts'
import { importContract } from './state/import-contract.ts'
import { leaseContract } from './state/lease-contract.ts'
import { link, page, people, record, rows, seen } from './state/state-values.ts'

let tenants = 0

/** What every state store must do. Each implementation runs it against stores of its own. */
export const stateContract = (name: string, open: () => StateStore | Promise<StateStore>): void => {
  historyContract(name, open)
  importContract(name, open)
  leaseContract(name, open)

  describe(`state store: ${name}`, () => {
    let store: StateStore
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    const inTenant = <Result>(work: (state: StateTransaction) => Promise<Result>): Promise<Result> =>
      store.transaction('tenant', work)

    test('gives back what was saved', async () => {
      await inTenant(({ records }) => records.save([record({ tags: ['a', 'b'], active: false })], seen))
      const found = await inTenant(({ records }) => records.find(rows, ['d1', 'unknown']))
      expect(found).toEqual([record({ tags: ['a', 'b'], active: false })])
    })

    test('keeps the lists of a record that is saved without them, and tells when they differ', async () => {
      const lists = [{ id: '1', name: 'News', status: 'unsubscribed' } as const]
      await inTenant(({ records }) => records.save([record({ lists })], seen))
      await inTenant(({ records }) => records.quiet(rows, [record({}).id]))
      await inTenant(({ records }) => records.save([record({})], seen))
      expect(await inTenant(({ records }) => records.find(rows, [record({}).id]))).toEqual([
        record({ lists }),
      ])
      expect(await inTenant(({ records }) => records.dirty(rows, page))).toEqual([])
      await inTenant(({ records }) => records.save([record({ lists: [] })], seen))
      expect(await inTenant(({ records }) => records.dirty(rows, page))).toEqual([record({ lists: [] })])
    })

    test('keeps nothing of a transaction that throws', async () => {
      const failing = inTenant(async ({ records, cursors }) => {
        await cursors.set('delta', 'token')
        await records.save([record()], seen)
        throw new Error('the process ends here')
      })
      await expect(failing).rejects.toThrow('the process ends here')
      await inTenant(async ({ records, cursors }) => {
        expect(await cursors.get('delta')).toBeNull()
        expect(await records.count(rows)).toBe(0)
      })
    })

    test('work that only reads finds what there is, and may not write', async () => {
      await inTenant(({ records }) => records.save([record()], seen))
      const reading = <Result>(work: (state: StateTransaction) => Promise<Result>) =>
        store.transaction('tenant', work, { readOnly: true })
      expect(await reading(({ records }) => records.find(rows, ['d1']))).toEqual([record()])
      expect(
        await store.transaction('nobody', ({ links }) => links.count('contacts'), { readOnly: true }),
      ).toBe(0)
      for (const write of [
        ({ cursors }: StateTransaction) => cursors.set('delta', 'token'),
        ({ records }: StateTransaction) => records.quiet(rows, ['d1']),
        ({ records }: StateTransaction) => records.remove(rows, ['d1']),
      ]) {
        await expect(reading(write)).rejects.toThrow(TypeError)
      }
      expect(await inTenant(({ records }) => records.dirty(rows, page))).toEqual([record()])
    })

    test('keeps tenants apart', async () => {
      await store.transaction('one', async ({ records, cursors, links }) => {
        await records.save([record()], seen)
        await links.save([link])
        await cursors.set('delta', 'token of one')
      })
      await store.transaction('two', async ({ records, cursors, links }) => {
        expect(await records.find(rows, ['d1'])).toEqual([])
        expect(await records.findByKey(rows, ['email:ada@example.com'])).toEqual([])
        expect(await links.of(rows, ['d1'])).toEqual([])
        expect(await cursors.get('delta')).toBeNull()
        await records.remove(rows, ['d1'])
        await links.remove('contacts', ['d1'])
      })
      await store.transaction('one', async ({ records, links }) => {
        expect(await records.count(rows)).toBe(1)
        expect(await links.of(rows, ['d1'])).toHaveLength(1)
      })
    })

    test('of a record that comes twice at once, the later one counts', async () => {
      await inTenant(async ({ records, links }) => {
        const again = record({ fields: { firstname: 'Bea' }, keys: ['email:bea@example.com'] })
        await records.save([record(), again], seen)
        expect(await records.find(rows, ['d1'])).toEqual([again])
        await links.save([{ ...link, activeCampaignId: '6' }, link])
        expect(await links.of(rows, ['d1'])).toEqual([link])
      })
    })

    test('a record is dirty from its first sight until it is quiet, and again exactly when it is seen to differ', async () => {
      const values = fc.constantFrom('Ada', 'Bea', null)
      await fc.assert(
        fc.asyncProperty(values, values, fc.boolean(), async (before, after, wentQuiet) => {
          const dirty = await store.transaction(`tenant-${tenants++}`, async ({ records }) => {
            await records.save([record({ fields: { firstname: before } })], seen)
            expect(await records.dirty(rows, page)).toHaveLength(1)
            if (wentQuiet) await records.quiet(rows, ['d1'])
            await records.save([record({ fields: { firstname: after }, version: 'W/"2"' })], seen)
            return (await records.dirty(rows, page)).length === 1
          })
          expect(dirty).toBe(!wentQuiet || before !== after)
        }),
        { numRuns: 40 },
      )
    })

    test('a record that is not completely read is in no batch', async () => {
      await inTenant(async ({ records }) => {
        await records.save([record()], { generation: 1, pending: true })
        expect(await records.dirty(rows, page)).toEqual([])
      })
    })

    test('dirty records that are completely read are counted and told apart', async () => {
      await inTenant(async ({ records }) => {
        const some = ['a', 'b', 'c'].map((id) => record({ id }))
        await records.save(some, { generation: 1, pending: false })
        await records.save([record({ id: 'd' })], { generation: 1, pending: true })
        await records.quiet(rows, ['b'])
        expect(await records.countDirty(rows)).toBe(2)
        expect(await records.amongDirty(rows, ['b', 'c', 'd', 'nobody'])).toEqual(['c'])
        expect(await records.amongDirty(rows, [])).toEqual([])
      })
    })

    test('linking and unlinking two records makes both dirty', async () => {
      const other = record({ side: 'activeCampaign', id: '7', fields: { firstName: 'Ada' } })
      const quiet = async ({ records }: StateTransaction) => {
        await records.quiet(rows, ['d1'])
        await records.quiet(people, ['7'])
        expect(await records.dirty(rows, page)).toEqual([])
        expect(await records.dirty(people, page)).toEqual([])
      }
      await inTenant(async (state) => {
        const { records, links } = state
        await records.save([record(), other], seen)
        await quiet(state)
        await links.save([link])
        expect(await records.dirty(rows, page)).toHaveLength(1)
        expect(await records.dirty(people, page)).toHaveLength(1)
        await quiet(state)
        await links.remove('contacts', ['d1'])
        expect(await records.dirty(rows, page)).toHaveLength(1)
        expect(await records.dirty(people, page)).toHaveLength(1)
      })
    })

    test('a lead and a contact may be linked to one contact of ActiveCampaign', async () => {
      const asLead = { ...link, entity: 'leads', id: 'leads/l1', dynamicsId: 'l1' }
      await inTenant(async ({ links }) => {
        await links.save([link, asLead])
        expect((await links.of(people, ['7'])).map(({ entity }) => entity)).toEqual(['contacts', 'leads'])
        expect(await links.of({ side: 'dynamics', entity: 'leads' }, ['l1'])).toEqual([asLead])
        expect(await links.count('leads')).toBe(1)
      })
    })

    test('finds links whose records are both gone', async () => {
      await inTenant(async ({ records, links }) => {
        await records.save([record()], seen)
        await links.save([link])
        expect(await links.orphans('contacts', page)).toEqual([])
        await records.remove(rows, ['d1'])
        expect(await links.orphans('contacts', page)).toEqual([link])
      })
    })

    test('a link is no orphan any more once a record is there again, or it ends elsewhere', async () => {
      await inTenant(async ({ records, links }) => {
        const orphans = async () => (await links.orphans('contacts', page)).map(({ id }) => id)
        const other = { ...link, id: 'd2', dynamicsId: 'd2', activeCampaignId: '8' }
        await links.save([link, other])
        expect(await orphans()).toEqual(['d1', 'd2'])
        await records.save([record()], seen)
        expect(await orphans()).toEqual(['d2'])
        await links.save([{ ...other, dynamicsId: 'd1' }])
        expect(await orphans()).toEqual([])
        await records.save([record({ side: 'activeCampaign', id: '7' })], seen)
        await records.remove(rows, ['d1'])
        expect(await orphans()).toEqual(['d2'])
        await links.remove('contacts', ['d2'])
        expect(await orphans()).toEqual([])
        await records.remove(people, ['7'])
        expect(await orphans()).toEqual(['d1'])
      })
    })

    test('a lead that is gone leaves an orphan where its contact is gone, too', async () => {
      const leads = { side: 'dynamics', entity: 'leads' } as const
      const asLead = { ...link, entity: 'leads', id: 'l1', dynamicsId: 'l1' }
      await inTenant(async ({ records, links }) => {
        await records.save([record({ ...leads, id: 'l1' }), record()], seen)
        await records.save([record({ side: 'activeCampaign', id: '7' })], seen)
        await links.save([link, asLead])
        await records.remove(leads, ['l1'])
        expect(await links.orphans('leads', page)).toEqual([])
        await records.remove(people, ['7'])
        expect(await links.orphans('leads', page)).toEqual([asLead])
        expect(await links.orphans('contacts', page)).toEqual([])
      })
    })

    test('marks records dirty page by page, those of one kind alone', async () => {
      const ids = ['a', 'b', 'c', 'd', 'e']
      await inTenant(async ({ records }) => {
        await records.save(
          [...ids.map((id) => record({ id })), record({ side: 'activeCampaign', id: 'b' })],
          seen,
        )
        await records.quiet(rows, ids)
        await records.quiet(people, ids)
        const dirty = async () => (await records.dirty(rows, page)).map(({ id }) => id)
        expect(await records.touch(rows, { after: 'a', limit: 2 })).toBe('c')
        expect(await dirty()).toEqual(['b', 'c'])
        expect(await records.touch(rows, { after: 'c', limit: 3 })).toBeNull()
        expect(await records.touch(rows, { after: 'e', limit: 3 })).toBeNull()
        expect(await dirty()).toEqual(['b', 'c', 'd', 'e'])
        expect(await records.dirty(people, page)).toEqual([])
      })
    })

    test('forgetting a record makes what it was linked to dirty', async () => {
      const other = record({ side: 'activeCampaign', id: '7', fields: { firstName: 'Ada' } })
      await inTenant(async ({ records, links }) => {
        await records.save([record(), other], seen)
        await links.save([link])
        await records.quiet(people, ['7'])
        await records.remove(rows, ['d1'])
        expect((await records.dirty(people, page)).map(({ id }) => id)).toEqual(['7'])
      })
    })

    test('pages through dirty records without gaps or repeats', async () => {
      const ids = Array.from({ length: 25 }, (_, index) => `id-${index}`)
      await inTenant(({ records }) =>
        records.save(
          ids.map((id) => record({ id })),
          seen,
        ),
      )
      const found: string[] = []
      for (;;) {
        const after = found.at(-1) ?? null
        const stretch = await inTenant(({ records }) => records.dirty(rows, { after, limit: 7 }))
        if (stretch.length === 0) break
        found.push(...stretch.map(({ id }) => id))
      }
      expect(found).toEqual(ids.toSorted((a, b) => (a < b ? -1 : 1)))
    })

    test('finds records by any of their keys', async () => {
      await inTenant(async ({ records }) => {
        await records.save(
          [record({ keys: ['email:a', 'number:1'] }), record({ id: 'd2', keys: ['email:a'] })],
          seen,
        )
        expect((await records.findByKey(rows, ['email:a'])).map(({ id }) => id)).toEqual(['d1', 'd2'])
        expect((await records.findByKey(rows, ['number:1', 'number:2'])).map(({ id }) => id)).toEqual(['d1'])
        await records.save([record({ keys: [] })], seen)
        expect((await records.findByKey(rows, ['email:a'])).map(({ id }) => id)).toEqual(['d2'])
      })
    })

    test('finds a record once, however many keys are asked for and are its own', async () => {
      const keys = Array.from({ length: 2500 }, (_, index) => `number:${index}`)
      await inTenant(async ({ records }) => {
        await records.save([record({ keys: keys.toSorted((a, b) => (a < b ? -1 : 1)) })], seen)
        expect((await records.findByKey(rows, keys)).map(({ id }) => id)).toEqual(['d1'])
      })
    })

    test('takes pages of any length', async () => {
      const ids = Array.from({ length: 6000 }, (_, index) => `id-${index}`)
      await inTenant(async ({ records, links }) => {
        await records.save(
          ids.map((id) => record({ id, keys: [`email:${id}`] })),
          seen,
        )
        await links.save(ids.map((id) => ({ ...link, id, dynamicsId: id })))
        expect(await records.find(rows, ids)).toHaveLength(6000)
        expect(await records.findByKey(rows, [...ids.map((id) => `email:${id}`)])).toHaveLength(6000)
        expect(await links.of(rows, ids)).toHaveLength(6000)
        await records.quiet(rows, ids)
        expect(await records.dirty(rows, page)).toEqual([])
        await records.remove(rows, ids)
        expect(await records.count(rows)).toBe(0)
      })
    })

    test('finds what a full read did not see', async () => {
      await inTenant(async ({ records }) => {
        await records.save([record(), record({ id: 'd2' })], { generation: 1, pending: false })
        await records.save([record({ id: 'd2' })], { generation: 2, pending: false })
        expect(await records.unseen(rows, 2, page)).toEqual(['d1'])
        expect(await records.unseen(rows, 3, { after: 'd1', limit: 1 })).toEqual(['d2'])
      })
    })

    test('lists records whose fields are not all read yet, until they are', async () => {
      await inTenant(async ({ records }) => {
        await records.save([record()], { generation: 1, pending: true })
        expect(await records.pending(rows, page)).toHaveLength(1)
        await records.save([record()], { generation: 1, pending: false })
        expect(await records.pending(rows, page)).toEqual([])
      })
    })
  })
}
