import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DynamicsRow, sampleData } from '../../src/index.ts'

const size = { seed: fc.integer(), people: fc.integer({ min: 0, max: 150 }) }
const emails = (rows: readonly DynamicsRow[]) =>
  rows.flatMap(({ emailaddress1: email }) => (typeof email === 'string' ? [email] : []))

describe('sampleData', () => {
  it('gives the same rows for the same seed, as plain JSON', () => {
    fc.assert(
      fc.property(fc.record(size), (options) => {
        const data = sampleData(options)
        expect(sampleData(options)).toEqual(data)
        expect(JSON.parse(JSON.stringify(data))).toEqual(data)
      }),
      { numRuns: 30 },
    )
  })

  it('gives other rows for another seed', () => {
    expect(sampleData({ seed: 1 })).not.toEqual(sampleData({ seed: 2 }))
  })

  it('writes to example domains only', () => {
    fc.assert(
      fc.property(fc.record(size), (options) => {
        for (const address of JSON.stringify(sampleData(options)).match(/[^\s"]+@[^\s"]+\.[a-z]+/gi) ?? []) {
          expect(address).toMatch(/@(?:example\.(?:com|org|net)|OData\.|Microsoft\.)/i)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('has no two rows with one key, and one ActiveCampaign contact per e-mail', () => {
    fc.assert(
      fc.property(fc.record(size), (options) => {
        const { dynamics, activeCampaign } = sampleData(options)
        const keys = [
          dynamics.contacts.map(({ contactid }) => contactid),
          dynamics.accounts.map(({ accountid }) => accountid),
          dynamics.accounts.map(({ name }) => name),
          activeCampaign.contacts.map(({ id }) => id),
          activeCampaign.contacts.map(({ email }) => email?.toLowerCase()),
          activeCampaign.accounts.map(({ name }) => name),
        ]
        for (const values of keys) expect(new Set(values).size).toBe(values.length)
      }),
      { numRuns: 30 },
    )
  })

  const { dynamics, activeCampaign } = sampleData()
  const { contacts } = dynamics

  it.each([
    ['diacritics', /[äöüßéłşđ]/],
    ['Greek', /\p{Script=Greek}/u],
    ['Cyrillic', /\p{Script=Cyrillic}/u],
    ['Arabic', /\p{Script=Arabic}/u],
    ['Hebrew', /\p{Script=Hebrew}/u],
    ['Chinese or Japanese', /\p{Script=Han}/u],
    ['Japanese', /\p{Script=Katakana}|\p{Script=Hiragana}/u],
    ['Korean', /\p{Script=Hangul}/u],
    ['Hindi', /\p{Script=Devanagari}/u],
    ['Vietnamese', /[ễầạđ]/i],
  ])('has names in %s', (_, letters) => {
    expect(contacts.some(({ fullname }) => letters.test(String(fullname)))).toBe(true)
  })

  it.each([
    ['an extension', /ext/],
    ['leading zeros', /^00/],
    ['blanks', / /],
    ['letters', /[a-z]{4}/i],
  ])('has phone numbers with %s', (_, pattern) => {
    expect(contacts.some(({ telephone1 }) => pattern.test(String(telephone1)))).toBe(true)
  })

  it('has shared, missing, malformed and mixed-case e-mails', () => {
    const all = emails(contacts)
    expect(all.length).toBeLessThan(contacts.length)
    expect(new Set(all.map((email) => email.toLowerCase())).size).toBeLessThan(all.length)
    expect(all.some((email) => !email.includes('@'))).toBe(true)
    expect(all.some((email) => email !== email.toLowerCase())).toBe(true)
  })

  it('has missing names, leap days, decimals, choices and inactive rows', () => {
    expect(contacts.some(({ lastname }) => lastname === null)).toBe(true)
    expect(contacts.some(({ firstname }) => firstname === null)).toBe(true)
    expect(contacts.some(({ birthdate }) => String(birthdate).endsWith('02-29'))).toBe(true)
    expect(
      contacts.some(({ annualincome }) => typeof annualincome === 'number' && annualincome % 1 > 0),
    ).toBe(true)
    expect(contacts.some(({ donotbulkemail }) => donotbulkemail === true)).toBe(true)
    expect(contacts.some(({ new_interests: interests }) => String(interests).includes(','))).toBe(true)
    expect(contacts.some(({ statecode }) => statecode === 1)).toBe(true)
  })

  it('has people on both sides, equal and different, and people on one side only', () => {
    const phones = new Map(contacts.map((row) => [String(row.emailaddress1).toLowerCase(), row.telephone1]))
    const kinds = activeCampaign.contacts.map(({ email = '', phone }) => {
      const other = phones.get(String(email).toLowerCase())
      return other === undefined ? 'here only' : other === phone ? 'equal' : 'different'
    })
    expect(new Set(kinds)).toEqual(new Set(['here only', 'equal', 'different']))
    expect(activeCampaign.contacts.some(({ tags }) => tags?.includes('[D365: Contact]'))).toBe(true)
    expect(activeCampaign.contacts.length).toBeLessThan(contacts.length)
  })

  it('names every custom column and field that its rows have', () => {
    const custom = new Set(
      contacts.flatMap((row) => Object.keys(row).filter((key) => key.startsWith('new_'))),
    )
    expect(new Set(dynamics.columns.map(({ name }) => name))).toEqual(custom)
    const fields = new Set(
      activeCampaign.contacts.flatMap(({ fieldValues = [] }) => fieldValues.map(({ field }) => field)),
    )
    expect(new Set(activeCampaign.fields.map(({ id }) => id))).toEqual(fields)
  })
})
