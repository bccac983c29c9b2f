import { expect, test } from 'vitest'
import type { StateStore } from '../../src/index.ts'
import { page, record, rows, seen } from './state-values.ts'

const readOnly = { readOnly: true }

/** What two processes with one database, which no other test uses, may expect of those that only read. */
export const readingContract = (
  name: string,
  openTwo: () => Promise<{ readonly writer: StateStore; readonly reader: StateStore }>,
): void => {
  test(`${name}: whoever only reads waits for no writer, and sees what was there before`, async () => {
    const { writer, reader } = await openTwo()
    await writer.transaction('t', ({ cursors }) => cursors.set('delta', 'before'))
    await writer.transaction('t', async ({ cursors }) => {
      await cursors.set('delta', 'after')
      // The reader has not even looked whether its tables are made.
      expect(await reader.transaction('t', (state) => state.cursors.get('delta'), readOnly)).toBe('before')
    })
    expect(await reader.transaction('t', ({ cursors }) => cursors.get('delta'), readOnly)).toBe('after')
    await Promise.all([writer.close(), reader.close()])
  })

  test(`${name}: and keeps none waiting, and sees one moment to its end`, async () => {
    const { writer, reader } = await openTwo()
    await writer.transaction('t', ({ records }) => records.save([record()], seen))
    const told = await reader.transaction(
      't',
      async ({ records }) => {
        const before = await records.count(rows)
        await writer.transaction('t', (state) => state.records.save([record({ id: 'd2' })], seen))
        return [before, await records.count(rows), (await records.dirty(rows, page)).length]
      },
      readOnly,
    )
    expect(told).toEqual([1, 1, 1])
    expect(await reader.transaction('t', ({ records }) => records.count(rows), readOnly)).toBe(2)
    await Promise.all([writer.close(), reader.close()])
  })
}
