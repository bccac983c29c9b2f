import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type JournalEntry,
  type Page,
  type SetAside,
  type StateStore,
  type StateTransaction,
  setAsideKey,
} from '../../src/index.ts'
import { intent, page, people, rows } from './state-values.ts'

const actionIds = (entries: readonly JournalEntry[]) => entries.map(({ actionId }) => actionId)

const setAside = (over: Partial<SetAside> = {}): SetAside => ({
  ...rows,
  id: 'd1',
  code: 'bad-request',
  message: 'The service refused it.',
  attempts: 1,
  nextTryAtMs: 1_800_000_000_000,
  since: '2026-01-01T00:00:00.000Z',
  seen: null,
  ...over,
})

/** What every store must do about the journal, records set aside, runs and hints. */
export const historyContract = (name: string, open: () => StateStore | Promise<StateStore>): void => {
  describe(`history: ${name}`, () => {
    let store: StateStore
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    const inTenant = <Result>(work: (state: StateTransaction) => Promise<Result>): Promise<Result> =>
      store.transaction('tenant', work)

    test('the journal lists actions whose outcome was never written', async () => {
      await inTenant(async ({ journal }) => {
        await journal.intend([
          intent({ actionId: 'a1' }),
          intent({ actionId: 'a2', action: { kind: 'y' } }),
          intent({ actionId: 'a3' }),
        ])
        await journal.conclude('p', 'a1', { status: 'done' })
        const unfinished = await journal.unfinished(page)
        expect(unfinished.map(({ actionId, action }) => [actionId, action])).toEqual([
          ['a2', { kind: 'y' }],
          ['a3', { kind: 'x' }],
        ])
        const first = await journal.unfinished({ after: null, limit: 1 })
        expect(actionIds(await journal.unfinished({ after: first[0]?.id ?? '', limit: 5 }))).toEqual(['a3'])
      })
    })

    test('a plan applied again says nothing about the attempt that a process left open', async () => {
      await inTenant(async ({ journal }) => {
        await journal.intend([intent({ actionId: 'a' })])
        await journal.intend([intent({ actionId: 'a' })])
        await journal.conclude('p', 'a', { status: 'failed' })
        expect((await journal.ofRun({ planId: 'p' }, page)).map(({ outcome }) => outcome)).toEqual([
          null,
          { status: 'failed' },
        ])
        expect(await journal.unfinished(page)).toHaveLength(1)
      })
    })

    test('the journal of a record has the latest first, under each of its ids', async () => {
      await inTenant(async ({ journal }) => {
        await journal.intend([
          intent({ actionId: 'create', activeCampaignId: null }),
          intent({ dynamicsId: 'd2' }),
        ])
        await journal.conclude('p', 'create', { status: 'done' }, { dynamicsId: 'd1', activeCampaignId: '8' })
        await journal.intend([
          intent({ actionId: 'update', activeCampaignId: '8' }),
          intent({ actionId: 'lead', entity: 'leads', dynamicsId: 'l1', activeCampaignId: '8' }),
          intent({ actionId: 'account', entity: 'accounts', dynamicsId: 'x1', activeCampaignId: '8' }),
        ])
        expect(actionIds(await journal.ofRecord({ ...rows, id: 'd1' }, page))).toEqual(['update', 'create'])
        expect(actionIds(await journal.ofRecord({ ...people, id: '8' }, page))).toEqual([
          'lead',
          'update',
          'create',
        ])
        const [latest] = await journal.ofRecord({ ...rows, id: 'd1' }, { after: null, limit: 1 })
        expect(latest).toMatchObject({ actionId: 'update', outcome: null, runId: null })
        const rest = await journal.ofRecord({ ...rows, id: 'd1' }, { after: latest?.id ?? '', limit: 9 })
        expect(rest).toMatchObject([{ actionId: 'create', outcome: { status: 'done' } }])
      })
    })

    test('the journal of a run or a plan is in the order of its actions', async () => {
      const first = { runId: 'r1', planId: 'p1' }
      await inTenant(async ({ journal }) => {
        await journal.intend([
          intent({ ...first, actionId: 'a1' }),
          intent({ runId: 'r2', planId: 'p2', actionId: 'a2' }),
          intent({ runId: 'r1', planId: 'p3', actionId: 'a3' }),
        ])
        const found = await journal.ofRun({ runId: 'r1' }, page)
        expect(actionIds(found)).toEqual(['a1', 'a3'])
        expect(
          actionIds(await journal.ofRun({ runId: 'r1' }, { after: found[0]?.id ?? '', limit: 9 })),
        ).toEqual(['a3'])
        expect(actionIds(await journal.ofRun({ planId: 'p2' }, page))).toEqual(['a2'])
      })
    })

    test('the journal forgets what is long ago, whether it ended or not', async () => {
      const old = '2026-01-01T00:00:00.000Z'
      const recent = '2026-06-01T00:00:00.000Z'
      await inTenant(async ({ journal }) => {
        await journal.intend([
          intent({ actionId: 'old-1', at: old }),
          intent({ actionId: 'old-2', at: old }),
          intent({ actionId: 'unfinished', at: old }),
          intent({ actionId: 'recent', at: recent }),
        ])
        for (const id of ['old-1', 'old-2', 'recent']) await journal.conclude('p', id, { status: 'done' })
        expect(await journal.forget(recent, 1)).toBe(1)
        expect(await journal.forget(recent, 100)).toBe(2)
        expect(await journal.forget(recent, 100)).toBe(0)
        expect(actionIds(await journal.ofRun({ planId: 'p' }, page))).toEqual(['recent'])
      })
    })

    test('records set aside are found, tried again when they are due, and released', async () => {
      const byHand = setAside({ id: 'd2', nextTryAtMs: null })
      const contact = setAside({ ...people, id: '7', nextTryAtMs: 1_900_000_000_000 })
      await inTenant(async ({ setAsides }) => {
        await setAsides.save([setAside(), byHand, contact])
        const again = setAside({
          attempts: 2,
          code: 'timeout',
          nextTryAtMs: 1_850_000_000_000,
          seen: 'W/"2" ',
        })
        await setAsides.save([again])
        expect(await setAsides.find(rows, ['d1', 'd2', '7'])).toEqual([again, byHand])
        expect(await setAsides.due(1_849_999_999_999, page)).toEqual([])
        expect(await setAsides.due(1_850_000_000_000, page)).toEqual([again])
        expect(await setAsides.due(2_000_000_000_000, page)).toEqual([contact, again])
        await setAsides.remove([again, { ...people, id: 'd2' }])
        expect(await setAsides.list(page)).toEqual([contact, byHand])
      })
    })

    test('pages through records set aside without gaps or repeats', async () => {
      const ids = Array.from({ length: 25 }, (_, index) => `id-${index}`)
      await inTenant(async ({ setAsides }) => {
        await setAsides.save(ids.map((id) => setAside({ id })))
        for (const read of [setAsides.list, (next: Page) => setAsides.due(Number.MAX_SAFE_INTEGER, next)]) {
          const found: SetAside[] = []
          for (;;) {
            const last = found.at(-1)
            const stretch = await read({ after: last ? setAsideKey(last) : null, limit: 7 })
            if (stretch.length === 0) break
            found.push(...stretch)
          }
          const keys = found.map(setAsideKey)
          expect(keys).toEqual(
            ids.map((id) => `contacts/dynamics/${id}`).toSorted((a, b) => (a < b ? -1 : 1)),
          )
        }
      })
    })

    test('runs are told latest first; one whose process ended is running until somebody knows better', async () => {
      await inTenant(async ({ runs }) => {
        await runs.start({ id: 'r1', startedAt: '2026-01-01T00:00:00.000Z', trigger: 'schedule' })
        await runs.finish('r1', {
          endedAt: '2026-01-01T00:01:00.000Z',
          status: 'failed',
          counts: { planned: 3 },
          error: { code: 'timeout', message: 'Too slow.' },
        })
        await runs.start({ id: 'r2', startedAt: '2026-01-02T00:00:00.000Z', trigger: 'host' })
        expect(await runs.last(5)).toEqual([
          {
            id: 'r2',
            startedAt: '2026-01-02T00:00:00.000Z',
            endedAt: null,
            trigger: 'host',
            status: 'running',
            counts: {},
            error: null,
          },
          {
            id: 'r1',
            startedAt: '2026-01-01T00:00:00.000Z',
            endedAt: '2026-01-01T00:01:00.000Z',
            trigger: 'schedule',
            status: 'failed',
            counts: { planned: 3 },
            error: { code: 'timeout', message: 'Too slow.' },
          },
        ])
        expect((await runs.last(1)).map(({ id }) => id)).toEqual(['r2'])
        expect((await runs.last(5, 'host')).map(({ id }) => id)).toEqual(['r1'])
        await runs.interrupt()
        expect((await runs.last(5)).map(({ status }) => status)).toEqual(['interrupted', 'failed'])
        await runs.forget('2026-01-02T00:00:00.000Z')
        expect((await runs.last(5)).map(({ id }) => id)).toEqual(['r2'])
      })
    })

    test('hints wait in their order until they are done; one that comes meanwhile is another one', async () => {
      const hint = { ...people, id: '7', at: '2026-01-01T00:00:00.000Z' }
      await inTenant(async ({ hints }) => {
        await hints.add(hint)
        await hints.add({ ...hint, id: '8' })
        const taken = await hints.take(1)
        expect(taken).toMatchObject([hint])
        await hints.add(hint)
        await hints.done(taken.map(({ hintId }) => hintId))
        expect((await hints.take(9)).map(({ id }) => id)).toEqual(['8', '7'])
      })
    })

    test('a record has one hint, in the place of the latest; those of a side are forgotten up to one', async () => {
      const hint = { ...people, id: '7', at: '2026-01-01T00:00:00.000Z' }
      await inTenant(async ({ hints }) => {
        expect(await hints.last()).toBeNull()
        for (const id of ['7', '8', '7']) await hints.add({ ...hint, id })
        await hints.add({ ...rows, id: '7', at: hint.at })
        expect((await hints.take(9)).map(({ side, id }) => [side, id])).toEqual([
          ['activeCampaign', '8'],
          ['activeCampaign', '7'],
          ['dynamics', '7'],
        ])
        expect(await hints.count()).toBe(3)
        const upTo = await hints.last()
        await hints.add({ ...hint, id: '9' })
        await hints.forget('activeCampaign', upTo ?? '')
        expect((await hints.take(9)).map(({ side, id }) => [side, id])).toEqual([
          ['dynamics', '7'],
          ['activeCampaign', '9'],
        ])
      })
    })

    test('each tenant has its own history', async () => {
      await inTenant(async ({ journal, setAsides, runs, hints }) => {
        await journal.intend([intent()])
        await setAsides.save([setAside()])
        await runs.start({ id: 'r1', startedAt: '2026-01-01T00:00:00.000Z', trigger: 'host' })
        await hints.add({ ...rows, id: 'd1', at: '2026-01-01T00:00:00.000Z' })
      })
      const hintIds = await inTenant(async ({ hints }) => (await hints.take(9)).map(({ hintId }) => hintId))
      await store.transaction('other', async ({ journal, setAsides, runs, hints }) => {
        expect(await journal.unfinished(page)).toEqual([])
        expect(await journal.ofRecord({ ...rows, id: 'd1' }, page)).toEqual([])
        expect(await journal.ofRun({ planId: 'p' }, page)).toEqual([])
        expect(await setAsides.list(page)).toEqual([])
        expect(await runs.last(9)).toEqual([])
        expect(await hints.take(9)).toEqual([])
        expect([await hints.count(), await hints.last()]).toEqual([0, null])
        await journal.conclude('p', 'a', { status: 'done' })
        await journal.forget('2030-01-01T00:00:00.000Z', 9)
        await setAsides.remove([setAside()])
        await runs.start({ id: 'r1', startedAt: '2026-01-01T00:00:00.000Z', trigger: 'host' })
        await runs.forget('2030-01-01T00:00:00.000Z')
        await hints.done(hintIds)
        await hints.forget('dynamics', hintIds[0] ?? '')
        await runs.interrupt()
      })
      await inTenant(async ({ journal, setAsides, runs, hints }) => {
        expect(await journal.unfinished(page)).toHaveLength(1)
        expect(await setAsides.list(page)).toHaveLength(1)
        expect(await runs.last(9)).toMatchObject([{ status: 'running' }])
        expect(await hints.take(9)).toHaveLength(1)
      })
    })
  })
}
