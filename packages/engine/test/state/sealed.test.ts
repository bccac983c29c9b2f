import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { memoryState, type StateStore, sqliteState } from '../../src/index.ts'
import { stateContract } from '../state-contract.ts'
import { createWorld, syncOnce } from '../support/world.ts'
import { expectAgreement } from './agree.ts'
import { intent, link, record, rows, seen } from './state-values.ts'

const folder = mkdtempSync(join(tmpdir(), 'dynacamp-sealed-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sealingKey = 'only for tests: 32 characters or more'
let files = 0
const newFile = (): string => join(folder, `${files++}.db`)

stateContract('SQLite file, sealed', () => sqliteState(newFile(), { sealingKey }))

test('sealed, a store answers as its model does', async () => {
  const memory = memoryState()
  const sealed = sqliteState(newFile(), { sealingKey })
  await expectAgreement({ memory, sealed }, 40)
  await memory.close()
  await sealed.close()
})

/** Everything the disk has of a store. */
const onDisk = (path: string): string =>
  readdirSync(folder)
    .filter((name) => join(folder, name).startsWith(path))
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n')

const canary = 'Zaphod.Quill'

/** The canary wherever a value of a record can be. */
const saveCanaries = (store: StateStore): Promise<void> =>
  store.transaction('tenant', async ({ records, links, journal, setAsides, runs, imports }) => {
    const fields = { firstname: canary }
    const lists = [{ id: '1', name: canary, status: 'active' as const }]
    await records.save([record({ fields, tags: [canary], keys: [`email:${canary}`], lists })], seen)
    await links.save([{ ...link, base: { dynamics: fields, activeCampaign: fields } }])
    await journal.intend([intent({ action: { title: canary } })])
    await journal.conclude('p', 'a', { message: canary })
    const failed = {
      code: 'c',
      message: canary,
      attempts: 1,
      nextTryAtMs: null,
      since: '2026-01-01T00:00:00Z',
      seen: null,
    }
    await setAsides.save([{ ...rows, id: 'd1', ...failed }])
    await runs.start({ id: 'r', startedAt: '2026-01-01T00:00:00Z', trigger: 'host' })
    await runs.finish('r', {
      endedAt: '2026-01-01T00:00:00Z',
      status: 'failed',
      counts: {},
      error: { code: 'c', message: canary },
    })
    await imports.save({
      id: 'i',
      at: '2026-01-01T00:00:00Z',
      batchIds: null,
      failed: [canary],
      actions: [
        {
          planId: 'p',
          actionId: 'a',
          kind: 'create-active-campaign-contact',
          entity: 'contacts',
          linkId: 'd1',
          dynamicsId: 'd1',
          activeCampaignId: null,
          email: canary,
          keys: [`email:${canary}`],
          settles: { dynamics: fields, activeCampaign: fields },
        },
      ],
    })
  })

describe('what is on the disk', () => {
  test('shows no value in any table when it is sealed, and every one when it is not', async () => {
    const [open, closed] = [newFile(), newFile()]
    const plain = sqliteState(open)
    const sealed = sqliteState(closed, { sealingKey })
    await saveCanaries(plain)
    await saveCanaries(sealed)
    await plain.close()
    await sealed.close()
    expect(onDisk(open).split(canary).length).toBeGreaterThan(10)
    expect(onDisk(closed)).not.toContain(canary)
    expect(onDisk(closed)).not.toContain(Buffer.from(canary).toString('base64').slice(0, 12))
  })

  test('shows nobody after a whole sync', async () => {
    const path = newFile()
    const state = sqliteState(path, { sealingKey })
    const world = createWorld({ state })
    world.dynamics.insert('contact', {
      emailaddress1: 'zaphod@example.com',
      firstname: canary,
      jobtitle: 'Quillmaker',
    })
    world.activeCampaign.insertContact({
      email: 'trillian@example.org',
      firstName: canary,
      tags: ['[D365: Contact]'],
    })
    const { report } = await syncOnce(world.sync)
    expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'done'])
    expect((await world.sync.plan()).actions).toEqual([])
    await state.close()
    const disk = onDisk(path)
    for (const value of [canary, 'Quillmaker', 'zaphod', 'trillian', '[D365: Contact]']) {
      expect(disk).not.toContain(value)
    }
  })

  test('gives the same value of two tenants two ciphertexts', async () => {
    const path = newFile()
    const store = sqliteState(path, { sealingKey })
    const texts: string[] = []
    for (const tenant of ['one', 'two']) {
      await store.transaction(tenant, ({ records }) => records.save([record()], seen))
    }
    await store.close()
    const database = new DatabaseSync(path)
    for (const row of database.prepare('select fields from dynacamp_record').all())
      texts.push(String(row.fields))
    database.close()
    expect(new Set(texts).size).toBe(2)
  })
})

describe('the key', () => {
  const saved = async (options: { readonly sealingKey?: string }): Promise<string> => {
    const path = newFile()
    const store = sqliteState(path, options)
    await saveCanaries(store)
    await store.close()
    return path
  }

  test.each([
    ['another one', { sealingKey }, { sealingKey: 'another key, just as long as the first' }],
    ['none', { sealingKey }, {}],
    ['one, where there was none', {}, { sealingKey }],
  ] as const)('%s reads and writes nothing', async (_, before, after) => {
    const path = await saved(before)
    const store = sqliteState(path, after)
    const reading = store.transaction('tenant', ({ records }) => records.find(rows, ['d1']))
    await expect(reading).rejects.toMatchObject({ code: 'state-key' })
    const looking = store.transaction('tenant', ({ records }) => records.count(rows), { readOnly: true })
    await expect(looking).rejects.toMatchObject({ code: 'state-key' })
    const writing = store.transaction('tenant', ({ cursors }) => cursors.set('delta', 'token'))
    await expect(writing).rejects.toMatchObject({ code: 'state-key' })
    // Another tenant of the same store is none of this key's business.
    await store.transaction('other', ({ records }) => records.save([record()], seen))
    await store.close()
    const again = sqliteState(path, before)
    await again.transaction('tenant', async ({ records, cursors }) => {
      expect(await records.find(rows, ['d1'])).toMatchObject([{ fields: { firstname: canary } }])
      expect(await cursors.get('delta')).toBeNull()
    })
    await again.close()
  })

  test('is the one of the first who writes, whoever has looked before', async () => {
    const path = newFile()
    const other = sqliteState(path, { sealingKey: 'another key, just as long as the first' })
    const store = sqliteState(path, { sealingKey })
    const look = (at: StateStore) =>
      at.transaction('tenant', ({ records }) => records.count(rows), { readOnly: true })
    expect(await look(other)).toBe(0)
    await saveCanaries(store)
    expect(await look(store)).toBe(1)
    await expect(look(other)).rejects.toMatchObject({ code: 'state-key' })
    await Promise.all([store.close(), other.close()])
  })

  test('is refused when it is short', () => {
    expect(() => sqliteState(newFile(), { sealingKey: 'secret' })).toThrow(/32 characters/)
  })
})
