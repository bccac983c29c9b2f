import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActiveCampaignClient } from '../src/index.ts'
import { scriptedService } from './scripted-service.ts'
import { simulatedAccount } from './simulated-account.ts'

/** What others do between two pages: take rows away at places of the list, add some at its end. */
const meddling = fc.record({
  gone: fc.array(fc.nat({ max: 400 }), { maxLength: 30 }),
  added: fc.nat({ max: 20 }),
})

/** Reads each page by a list of its own, as processes would that end after a page. */
const readInPieces = async (client: ActiveCampaignClient): Promise<readonly string[]> => {
  const ids: string[] = []
  for (let continuationToken: string | undefined; ; ) {
    const pages = client.tags.list().byPage({ continuationToken })[Symbol.asyncIterator]()
    const page = await pages.next()
    if (page.done === true) return ids
    ids.push(...page.value.rows.map(({ id }) => id))
    continuationToken = page.value.continuationToken
    if (continuationToken === undefined) return ids
  }
}

describe('a list that is paged by offset', () => {
  test('law: has each row that was there all the time, once, whatever comes and goes meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 90, max: 420 }),
        fc.array(meddling, { maxLength: 5 }),
        fc.boolean(),
        async (count, script, inPieces) => {
          const { client, simulator } = simulatedAccount({ rateLimit: false })
          for (let index = 0; index < count; index += 1) simulator.insert('tags', { tag: `t${index}` })
          const stable = new Set(simulator.rows('tags').map(({ id }) => String(id)))
          const steps = [...script]
          simulator.faults.betweenPages(() => {
            const { gone, added } = steps.shift() ?? { gone: [], added: 0 }
            const ids = simulator.rows('tags').map(({ id }) => String(id))
            for (const id of new Set(gone.flatMap((place) => ids[place] ?? []))) {
              simulator.remove('tags', id)
              stable.delete(id)
            }
            for (let index = 0; index < added; index += 1) simulator.insert('tags', { tag: `late ${index}` })
          })
          const read = inPieces
            ? await readInPieces(client)
            : (await client.tags.list().toArray()).map(({ id }) => id)
          expect([...stable].filter((id) => !read.includes(id))).toEqual([])
          expect(read.length).toBe(new Set(read).size)
        },
      ),
      { numRuns: 40 },
    )
  })

  test.each([0, 1, 99, 100, 101, 199, 250])('of %i rows has them all', async (count) => {
    const { client, simulator } = simulatedAccount()
    for (let index = 0; index < count; index += 1) simulator.insert('tags', { tag: `t${index}` })
    expect(await client.tags.list().toArray()).toHaveLength(count)
  })

  test('refuses a token that is not its own', async () => {
    const { client } = simulatedAccount({ rateLimit: false })
    const pages = client.tags.list().byPage({ continuationToken: 'page 2' })[Symbol.asyncIterator]()
    await expect(pages.next()).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  test('may be cut to fewer rows a page than asked for', async () => {
    const page = (start: number) => ({
      json: {
        tags: Array.from({ length: 20 }, (_, index) => ({ id: start + index, tag: 'x' })).filter(
          ({ id }) => id <= 50,
        ),
        meta: { total: '50' },
      },
    })
    const { client, requests } = scriptedService(page(1), page(20), page(39))
    expect(await client.tags.list().toArray()).toHaveLength(50)
    expect(requests.map(({ url }) => new URL(url).searchParams.get('offset'))).toEqual(['0', '19', '38'])
  })

  test('may claim more rows than it shows', async () => {
    const answer = { json: { tags: [{ id: 1, tag: 'x' }], meta: { total: '5' } } }
    const { client } = scriptedService(answer, { json: { tags: [], meta: { total: '5' } } }, answer)
    expect(await client.tags.list().toArray()).toHaveLength(1)
  })

  test('is read anew each time', async () => {
    const { client, simulator } = simulatedAccount()
    const tags = client.tags.list()
    expect(await tags.toArray()).toEqual([])
    simulator.insert('tags', { tag: 'new' })
    expect(await tags.toArray()).toHaveLength(1)
  })

  test('is read no further than it is asked for', async () => {
    const { client, simulator } = simulatedAccount()
    for (let index = 0; index < 300; index += 1) simulator.insert('tags', { tag: `t${index}` })
    for await (const _ of client.tags.list()) break
    expect(simulator.calls.total).toBe(1)
  })

  test('stops when it is told to', async () => {
    const { client, simulator } = simulatedAccount()
    for (let index = 0; index < 300; index += 1) simulator.insert('tags', { tag: `t${index}` })
    const controller = new AbortController()
    const read = async () => {
      for await (const _ of client.tags.list({ signal: controller.signal }))
        controller.abort(new Error('enough'))
    }
    await expect(read()).rejects.toThrow('enough')
  })
})
