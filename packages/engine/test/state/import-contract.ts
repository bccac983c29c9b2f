import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type ContactImport,
  type ImportedAction,
  type StateStore,
  type StateTransaction,
  underWayKey,
  underWayName,
} from '../../src/index.ts'
import { page, people, rows } from './state-values.ts'

const imported = (over: Partial<ImportedAction> = {}): ImportedAction => ({
  planId: 'p',
  actionId: 'a1',
  kind: 'create-active-campaign-contact',
  entity: 'contacts',
  linkId: 'contacts/d1',
  dynamicsId: 'd1',
  activeCampaignId: null,
  email: 'ada@example.com',
  keys: ['email:ada@example.com'],
  settles: { dynamics: { firstname: 'Ada' }, activeCampaign: { firstName: 'Ada' } },
  ...over,
})

const contactImport = (over: Partial<ContactImport> = {}): ContactImport => ({
  id: 'p/a1',
  at: '2026-01-01T00:00:00.000Z',
  batchIds: null,
  failed: null,
  actions: [imported()],
  ...over,
})

/** What every store must do about imports under way. */
export const importContract = (name: string, open: () => StateStore | Promise<StateStore>): void => {
  describe(`imports: ${name}`, () => {
    let store: StateStore
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    const inTenant = <Result>(work: (state: StateTransaction) => Promise<Result>): Promise<Result> =>
      store.transaction('tenant', work)

    test('an import is given back as it was last saved, until it is removed', async () => {
      await inTenant(async ({ imports }) => {
        await imports.save(contactImport())
        const second = contactImport({
          id: 'p/a2',
          actions: [imported({ actionId: 'a2', dynamicsId: 'd2' })],
        })
        await imports.save(second)
        const taken = contactImport({ batchIds: ['b-1', 'b-2'] })
        await imports.save(taken)
        expect(await imports.list(false, page)).toEqual([taken, second])
        expect(await imports.list(false, { after: 'p/a1', limit: 1 })).toEqual([second])
        const done = { batchIds: ['b-1'], failed: ['ada@example.com'] }
        await imports.note('p/a1', done)
        expect(await imports.list(true, page)).toEqual([contactImport(done)])
        expect(await imports.list(false, page)).toEqual([second])
        await imports.remove('p/a2')
        expect(await imports.list(false, page)).toEqual([])
      })
    })

    test('both ends of its actions and the keys of its contacts are under way, of this tenant only', async () => {
      const linked = imported({ actionId: 'a2', dynamicsId: 'd2', activeCampaignId: '7', keys: [] })
      const names = [
        underWayName({ ...rows, id: 'd1' }),
        underWayName({ ...rows, id: 'd2' }),
        underWayName({ ...people, id: '7' }),
        underWayKey('email:ada@example.com'),
      ]
      const others = [underWayName({ ...people, id: 'd1' }), underWayKey('email:bea@example.com')]
      await inTenant(async ({ imports }) => {
        await imports.save(contactImport({ actions: [imported(), linked] }))
        expect(await imports.underWay([...names, ...others])).toEqual(new Set(names))
        expect(await imports.underWay([])).toEqual(new Set())
      })
      await store.transaction('other', async ({ imports }) => {
        expect(await imports.underWay(names)).toEqual(new Set())
        await imports.remove('p/a1')
      })
      await inTenant(async ({ imports }) => {
        await imports.save(contactImport({ actions: [linked] }))
        expect(await imports.underWay(names)).toEqual(new Set([names[1], names[2]]))
        await imports.remove('p/a1')
        expect(await imports.underWay(names)).toEqual(new Set())
      })
    })

    test('takes more names than one statement can bind', async () => {
      const actions = Array.from({ length: 1500 }, (_, n) =>
        imported({ actionId: `a${n}`, dynamicsId: `d${n}` }),
      )
      await inTenant(async ({ imports }) => {
        await imports.save(contactImport({ actions }))
        const names = Array.from({ length: 40_000 }, (_, n) => underWayName({ ...rows, id: `d${n}` }))
        expect((await imports.underWay(names)).size).toBe(1500)
      })
    })
  })
}
