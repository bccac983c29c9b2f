import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinChoices, splitChoices } from '../src/index.ts'
import { scriptedService } from './scripted-service.ts'

const readContact = async (row: Readonly<Record<string, unknown>>) => {
  const { client } = scriptedService({ json: { contact: { id: '7', ...row } } })
  return (await client.contacts.get('7')).contact
}

// An oracle that shares nothing with the client: what a clock in Chicago shows at an instant.
const chicago = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/Chicago',
  dateStyle: 'short',
  timeStyle: 'medium',
})
const wallClockAt = (epochMs: number): string => chicago.format(epochMs)

describe('times told by a US-Central clock', () => {
  test('law: the instant read is one at which that clock shows that time, and the first such', async () => {
    const seconds = fc.integer({ min: Date.UTC(2007, 3, 1) / 1000, max: Date.UTC(2035, 0, 1) / 1000 })
    await fc.assert(
      fc.asyncProperty(seconds, async (second) => {
        const wall = wallClockAt(second * 1000)
        const { updated_utc_timestamp } = await readContact({ updated_utc_timestamp: wall })
        const readMs = Date.parse(updated_utc_timestamp ?? '')
        expect(wallClockAt(readMs)).toBe(wall)
        expect(wallClockAt(readMs - 3_600_000)).not.toBe(wall)
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    ['2026-05-28 05:03:51', '2026-05-28T10:03:51.000Z'],
    ['2026-01-28 05:03:51', '2026-01-28T11:03:51.000Z'],
    // The hour that happens twice on 2026-11-01: the earlier instant.
    ['2026-11-01 01:30:00', '2026-11-01T06:30:00.000Z'],
    ['2026-11-01 00:59:59', '2026-11-01T05:59:59.000Z'],
    ['2026-11-01 02:00:00', '2026-11-01T08:00:00.000Z'],
    // The hour that is skipped on 2026-03-08: as if it were not.
    ['2026-03-08 02:30:00', '2026-03-08T08:30:00.000Z'],
    ['2026-03-08 03:00:00', '2026-03-08T08:00:00.000Z'],
  ])('%s is %s', async (wall, instant) => {
    expect((await readContact({ created_timestamp: wall })).created_timestamp).toBe(instant)
  })

  test('an offset, where there is one, is believed', async () => {
    const { cdate } = await readContact({ cdate: '2026-05-28T05:03:40-05:00' })
    expect(cdate).toBe('2026-05-28T10:03:40.000Z')
  })
})

test('times of account fields without an offset are UTC', async () => {
  const field = { id: 1, fieldLabel: 'City', fieldType: 'text', createdTimestamp: '2018-10-22 19:57:37' }
  const { client } = scriptedService({ json: { accountCustomFieldMetum: field } })
  expect((await client.accountFields.get('1')).createdTimestamp).toBe('2018-10-22T19:57:37.000Z')
})

describe('values arrive as whatever, and come out typed', () => {
  test.each([
    ['0', false],
    [0, false],
    [false, false],
    ['', false],
    [null, false],
    [undefined, false],
    ['1', true],
    [1, true],
    [true, true],
  ])('deleted %j is %j', async (deleted, expected) => {
    const { client } = scriptedService({ json: { tag: { id: 1, tag: 'x', deleted } } })
    expect((await client.tags.create({ tag: 'x' })).deleted).toBe(expected)
  })

  test.each([null, '', '0000-00-00', '0000-00-00 00:00:00'])('a date of %j is null', async (zero) => {
    expect(await readContact({ bounced_date: zero, deleted_at: zero, edate: zero })).toMatchObject({
      bounced_date: null,
      deleted_at: null,
      edate: null,
    })
  })

  test('ids are strings, no account is null, counts are numbers', async () => {
    const read = await readContact({
      id: 16,
      orgid: '0',
      bounced_hard: '2',
      accountContacts: [7],
      bounced_date: '2026-01-02',
    })
    expect(read).toMatchObject({
      id: '16',
      orgid: null,
      bounced_hard: 2,
      accountContacts: ['7'],
      bounced_date: '2026-01-02',
    })
  })
})

describe('several choices in one value', () => {
  test('law: splitting what was joined gives the choices back', () => {
    const choice = fc.string({ minLength: 1 }).filter((text) => !text.includes('|'))
    fc.assert(
      fc.property(fc.array(choice), (choices) => {
        expect(splitChoices(joinChoices(choices))).toEqual(choices)
      }),
    )
  })

  test.each(['||a||b||', 'a||b', '||a||b', 'a||b||'])('%s has the choices a and b', (value) => {
    expect(splitChoices(value)).toEqual(['a', 'b'])
  })
})
