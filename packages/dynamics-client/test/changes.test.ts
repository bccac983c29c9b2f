import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contact, DeltaExpiredError } from '../src/index.ts'
import { collect, createEnvironment, guidOf, rejection } from './environment.ts'

describe('changes', () => {
  test('law: whoever applies every feed holds what the table holds', async () => {
    const step = fc.record({
      kind: fc.constantFrom('insert', 'update', 'remove', 'read'),
      index: fc.integer({ min: 1, max: 6 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        async (steps, pageSize) => {
          const { client, simulator } = createEnvironment()
          const copy = new Map<string, string | null>()
          let deltaLink: string | undefined
          const read = async () => {
            const feed = client.table(contact).changes({ select: ['lastname'], deltaLink, pageSize })
            for await (const change of feed) {
              if (change.kind === 'upsert') copy.set(change.row.contactid, change.row.lastname)
              if (change.kind === 'deletion') copy.delete(change.id)
            }
            expect(feed.deltaLink).toBeDefined()
            deltaLink = feed.deltaLink
          }
          for (const [turn, { kind, index }] of [...steps, { kind: 'read', index: 0 }].entries()) {
            const exists = simulator.row('contact', guidOf(index)) !== undefined
            if (kind === 'read') await read()
            // One id is never used again after its deletion: the feed cannot order the two.
            if (kind === 'insert') simulator.insert('contact', { lastname: `new ${turn}` })
            if (kind === 'insert' && turn < 6 && !exists) {
              simulator.insert('contact', { contactid: guidOf(index), lastname: 'numbered' })
            }
            if (kind === 'update' && exists)
              simulator.update('contact', guidOf(index), { lastname: `at ${turn}` })
            if (kind === 'remove' && exists && turn >= 6) simulator.remove('contact', guidOf(index))
          }
          const table = simulator.rows('contact').map((row) => [row.contactid, row.lastname] as const)
          expect(copy).toEqual(new Map(table))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('the delta link comes with the last page, and not before', async () => {
    const { client, simulator } = createEnvironment()
    for (let index = 0; index < 5; index += 1) simulator.insert('contact', { lastname: 'Ek' })
    const feed = client.table(contact).changes({ select: ['lastname'], pageSize: 2 })
    const seen: (string | undefined)[] = []
    for await (const page of feed.byPage()) {
      seen.push(page.deltaLink)
      if (page.deltaLink === undefined) {
        expect(feed.deltaLink).toBeUndefined()
        expect(page.continuationToken).toBeDefined()
      }
    }
    expect(seen.map((link) => link !== undefined)).toEqual([false, false, true])
    expect(feed.deltaLink).toBe(seen.at(-1))
  })

  test('a feed that was left early hands over no delta link, and can be gone on with', async () => {
    const { client, simulator } = createEnvironment()
    for (let index = 0; index < 5; index += 1) simulator.insert('contact', { lastname: `Ek ${index}` })
    const feed = client.table(contact).changes({ select: ['lastname'], pageSize: 2 })
    const pages = feed.byPage()[Symbol.asyncIterator]()
    const first = await pages.next()
    await pages.return?.()
    expect(feed.deltaLink).toBeUndefined()

    const token = first.done === true ? undefined : first.value.continuationToken
    const rest = await collect(feed.byPage({ continuationToken: token }))
    const names = [first.done === true ? [] : first.value.changes, ...rest.map(({ changes }) => changes)]
      .flat()
      .map((change) => (change.kind === 'upsert' ? change.row.lastname : change.kind))
    expect(names.toSorted()).toEqual(['Ek 0', 'Ek 1', 'Ek 2', 'Ek 3', 'Ek 4'])
  })

  test('a link that is too old is an error of its own, whatever its status', async () => {
    for (const expiredTokenStatus of [400, 410] as const) {
      const { client, simulator, clock } = createEnvironment({ behaviour: { expiredTokenStatus } })
      const contacts = client.table(contact)
      const feed = contacts.changes({ select: ['lastname'] })
      await collect(feed)
      await clock.sleep(8 * 24 * 60 * 60_000)
      const error = await rejection(collect(contacts.changes({ deltaLink: feed.deltaLink })))
      expect(error).toBeInstanceOf(DeltaExpiredError)
      expect(error).toMatchObject({ code: 'delta-expired', dataverseCode: '0x80044352', retryable: false })

      const again = contacts.changes({ select: ['lastname'] })
      await collect(again)
      simulator.defineColumn('contact', { name: 'new_Score', type: 'integer' })
      const schemaChanged = await rejection(collect(contacts.changes({ deltaLink: again.deltaLink })))
      expect(schemaChanged).toBeInstanceOf(DeltaExpiredError)
    }
  })

  test('a table without change tracking is an error that says so', async () => {
    const { client, simulator } = createEnvironment()
    simulator.trackChanges('contact', false)
    expect(await rejection(collect(client.table(contact).changes({ select: ['lastname'] })))).toMatchObject({
      dataverseCode: '0x80072491',
    })
  })
})
