import { column, criteria, defineSchema, field } from '@dynacamp/mapping-dsl'
import { describe, expect, it } from 'vitest'

const schema = defineSchema({
  dynamics: {
    contacts: {
      lastname: column.text(50),
      jobtitle: column.text(100, { label: 'job title' }),
      statecode: column.state({ 0: 'Active', 1: 'Inactive' }),
      new_interests: column.choices({ 10: 'Sailing', 20: 'Chess' }),
      annualincome: column.money(),
      birthdate: column.dateOnly(),
      createdon: column.dateTime(),
      donotemail: column.boolean(),
      parentcustomerid: column.lookup(['account']),
      contactid: column.uniqueId(),
    },
  },
  activeCampaign: {
    contacts: { email: field.email(), SEGMENT: field.dropdown(['Gold', 'Silver']), SPENT: field.number() },
  },
})

const now = Date.UTC(2026, 10, 23, 10)

describe('criteria on rows of D365', () => {
  it('escape text for OData and for LIKE', () => {
    const name = criteria.dynamics(schema, 'contacts', { lastname: "O'Brien [100%]_" })
    expect(name.odata(now)).toEqual({ ok: true, filter: "lastname eq 'O''Brien [[]100[%]][_]'" })
    expect(name.test({ lastname: "o'brien [100%]_" })).toBe(true)
  })

  it('spell out that an empty column is not equal to anything', () => {
    const other = criteria.dynamics(schema, 'contacts', { lastname: { not: 'Ek' } })
    expect(other.odata(now)).toEqual({ ok: true, filter: "(not (lastname eq 'Ek') or lastname eq null)" })
    expect(other.test({ lastname: null })).toBe(true)
    expect(other.test({ lastname: 'EK' })).toBe(false)
  })

  it('speak of options by their labels', () => {
    const active = criteria.dynamics(schema, 'contacts', {
      statecode: 'Active',
      new_interests: { hasAny: ['Chess'] },
    })
    expect(active.odata(now)).toEqual({
      ok: true,
      filter:
        '(statecode eq 0 and Microsoft.Dynamics.CRM.ContainValues(PropertyName=\'new_interests\',PropertyValues=["20"]))',
    })
    expect(active.test({ statecode: 0, new_interests: '10,20' })).toBe(true)
    expect(active.sentence).toBe('contacts where statecode is “Active” and new_interests has “Chess”')
  })

  it('count time from the time they are told', () => {
    const recent = criteria.dynamics(schema, 'contacts', { createdon: { inLast: { days: 30 } } })
    expect(recent.odata(now)).toEqual({
      ok: true,
      filter: '(createdon ge 2026-10-24T10:00:00.000Z and createdon le 2026-11-23T10:00:00.000Z)',
    })
    expect(recent.test({ createdon: '2026-10-24T10:00:00Z' }, now)).toBe(true)
    expect(() => recent.test({ createdon: '2026-10-24T10:00:00Z' })).toThrow('depends on the time')
  })

  it('negate by turning every condition around', () => {
    const where = criteria.dynamics(schema, 'contacts', {
      NOT: { OR: [{ donotemail: true }, { annualincome: { gt: 100 } }] },
    })
    expect(where.odata(now)).toEqual({
      ok: true,
      filter:
        '((not (donotemail eq true) or donotemail eq null) and (not (annualincome gt 100) or annualincome eq null))',
    })
    expect(where.sentence).toBe('contacts where donotemail is not yes and annualincome is not more than 100')
  })

  it('compare the id of the row itself', () => {
    const id = '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a01'
    const others = criteria.dynamics(schema, 'contacts', { contactid: { notIn: [id.toUpperCase()] } })
    expect(others.odata(now)).toEqual({
      ok: true,
      filter: `(not (contactid eq ${id}) or contactid eq null)`,
    })
    expect(others.test({ contactid: id })).toBe(false)
    expect(others.test({ contactid: '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a02' })).toBe(true)
  })

  it('compare lookups by id', () => {
    const id = '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a01'
    const ofAccount = criteria.dynamics(schema, 'contacts', { parentcustomerid: id })
    expect(ofAccount.odata(now)).toEqual({ ok: true, filter: `_parentcustomerid_value eq ${id}` })
    expect(ofAccount.test({ _parentcustomerid_value: id })).toBe(true)
  })

  it('compare amounts as numbers, also where their currency is read with them', () => {
    const large = criteria.dynamics(schema, 'contacts', { annualincome: { gte: 100 } })
    expect(['250.5 EUR', '99 EUR', '100 ?', 100].map((annualincome) => large.test({ annualincome }))).toEqual(
      [true, false, true, true],
    )
  })

  it('are left to memory when Dataverse takes no more conditions', () => {
    const many = criteria.dynamics(schema, 'contacts', {
      OR: Array.from({ length: 501 }, (_, index) => ({ lastname: `Name ${index}` })),
    })
    expect(many.odata(now)).toMatchObject({ ok: false })
    expect(many.test({ lastname: 'name 500' })).toBe(true)
  })

  it('refuse what makes no sense, in the compiler and at run time', () => {
    // @ts-expect-error no such operator on a choice
    expect(() => criteria.dynamics(schema, 'contacts', { statecode: { contains: 'Act' } })).toThrow(
      'no operator',
    )
    // @ts-expect-error no such label
    expect(() => criteria.dynamics(schema, 'contacts', { statecode: 'Activ' })).toThrow(
      'did you mean `Active`?',
    )
    // @ts-expect-error no such column
    expect(() => criteria.dynamics(schema, 'contacts', { lastnam: 'x' })).toThrow('did you mean `lastname`?')
    // @ts-expect-error undefined is never "no filter"
    expect(() => criteria.dynamics(schema, 'contacts', { lastname: undefined })).toThrow('undefined')
    // @ts-expect-error undefined is never "no filter"
    expect(() => criteria.dynamics(schema, 'contacts', { lastname: { equals: undefined } })).toThrow(
      'undefined',
    )
    expect(() => criteria.dynamics(schema, 'contacts', { lastname: { in: [] } })).toThrow('empty list')
    expect(() => criteria.dynamics(schema, 'contacts', { NOT: {} })).toThrow('no condition')
  })
})

describe('criteria on contacts of ActiveCampaign', () => {
  const gold = criteria.activeCampaign(schema, {
    tags: { hasAny: ['VIP'] },
    SEGMENT: 'Gold',
    SPENT: { gte: 99.5 },
  })

  it('test fields, tags and lists', () => {
    expect(gold.test({ SEGMENT: 'gold', SPENT: '100', tags: ['vip', 'x'] })).toBe(true)
    expect(gold.test({ SEGMENT: 'gold', SPENT: '', tags: ['vip'] })).toBe(false)
  })

  it('say what the API can filter by, and whether that is all', () => {
    expect(gold.query({ tags: { VIP: '7' }, lists: {} })).toEqual({ query: { tagId: '7' }, complete: false })
    const active = criteria.activeCampaign(schema, {
      status: { hasAny: ['active'] },
      tags: { hasAny: ['vip'] },
    })
    expect(active.query({ tags: { VIP: '7' }, lists: {} })).toEqual({
      query: { status: 'active', tagId: '7' },
      complete: true,
    })
  })

  it('do not ask for a status on a list when they mean a list and a status', () => {
    const list = criteria.activeCampaign(schema, {
      lists: { hasAny: ['News'] },
      status: { hasAny: ['active'] },
    })
    expect(list.query({ tags: {}, lists: { News: '2' } })).toEqual({
      query: { listId: '2' },
      complete: false,
    })
  })
})
