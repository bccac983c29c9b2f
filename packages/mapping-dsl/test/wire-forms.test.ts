/** Ways in which the services write one value, each seen in their documentation or on the wire. */
import {
  type Column,
  column,
  compileDefinition,
  defineSchema,
  type Field,
  field,
} from '@dynacamp/mapping-dsl'
import { describe, expect, it } from 'vitest'
import { compiledPair } from './kit/pairs.ts'

describe('values of ActiveCampaign', () => {
  it.each([
    ['||Chess||Sailing||', '10,20'],
    ['Sailing||Chess', '10,20'],
    ['||chess||', '20'],
    ['||||', null],
  ])('%s is %s for a multi-select choice', (wire, value) => {
    expect(compiledPair('choices', 'listbox').toDynamics(wire)).toEqual({ ok: true, value })
  })

  it('a list box with one option is that choice, and with several is held', () => {
    const pair = compiledPair('choice', 'listbox')
    expect(pair.toActiveCampaign(2)).toEqual({ ok: true, value: '||Warm||' })
    expect(pair.toDynamics('||cold||')).toEqual({ ok: true, value: 3 })
    expect(pair.toDynamics('||Hot||Cold||')).toMatchObject({ ok: false, code: 'several-options' })
    expect(pair.equivalent(1, '||Hot||Cold||')).toBe(false)
  })

  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-23 00:00:00', '2026-11-23'],
    ['0000-00-00', null],
  ])('%s is %s for a date', (wire, value) => {
    expect(compiledPair('dateOnly', 'date').toDynamics(wire)).toEqual({ ok: true, value })
  })

  it('dates and times are instants, whatever their time zone', () => {
    const pair = compiledPair('dateTime', 'datetime')
    expect(pair.toDynamics('2024-11-01T14:05:00-05:00')).toEqual({ ok: true, value: '2024-11-01T19:05:00Z' })
    expect(pair.equivalent('2024-11-01T19:05:00Z', '2024-11-01T14:05:00-05:00')).toBe(true)
    expect(pair.sameInActiveCampaign('2024-11-01T13:05:00-06:00', '2024-11-01T14:05:00-05:00')).toBe(true)
  })

  it.each([
    ['12.5', 12.5],
    ['12.50', 12.5],
    ['1e3', 1000],
    ['12.345', 12.35],
    ['-0', 0],
  ])('%s is %d for money', (wire, value) => {
    expect(compiledPair('money', 'number').toDynamics(wire)).toEqual({ ok: true, value })
  })

  it.each(['12,50', '€ 12', 'twelve', '1.2.3'])('%s is no number and holds the field', (wire) => {
    expect(compiledPair('money', 'number').toDynamics(wire)).toMatchObject({
      ok: false,
      code: 'malformed-number',
    })
  })

  it.each([
    ['2026-02-30', 'dateOnly', 'date', 'malformed-date'],
    ['2026-11-23T10:00:00', 'dateTime', 'datetime', 'malformed-date'],
    ['Lukewarm', 'choice', 'dropdown', 'unknown-option'],
    ['x'.repeat(301), 'text', 'text', 'too-long'],
    ['1000000001', 'wholeNumber', 'number', 'out-of-range'],
    ['1752-12-31', 'dateOnly', 'date', 'out-of-range'],
    ['9999-12-31', 'dateOnly', 'date', 'out-of-range'],
    ['1752-12-31T23:59:59Z', 'dateTime', 'datetime', 'out-of-range'],
    ['9999-12-31T00:00:00Z', 'dateTime', 'datetime', 'out-of-range'],
    ['9999-12-31T23:59:59-05:00', 'dateTime', 'text', 'out-of-range'],
    ['a@b.c, d@e.f', 'email', 'text', 'malformed-email'],
    ['1.5', 'bigInt', 'text', 'malformed-number'],
  ] as const)('%s holds a %s mapped to %s: %s', (wire, columnType, fieldType, code) => {
    expect(compiledPair(columnType, fieldType).toDynamics(wire)).toMatchObject({ ok: false, code })
  })
})

describe('the first and the last day of Dataverse', () => {
  it.each([
    ['1753-01-01', 'dateOnly', 'date'],
    ['9999-12-30', 'dateOnly', 'date'],
    ['1753-01-01T00:00:00Z', 'dateTime', 'datetime'],
    ['9999-12-30T23:59:59Z', 'dateTime', 'datetime'],
  ] as const)('%s is written to a %s', (wire, columnType, fieldType) => {
    expect(compiledPair(columnType, fieldType).toDynamics(wire)).toEqual({ ok: true, value: wire })
  })
})

describe('values of D365', () => {
  it.each([
    [5000, '5000'],
    [1e-7, '0.0000001'],
    [1e14, '100000000000000'],
  ])('%d is sent as %s', (value, sent) => {
    expect(compiledPair('money', 'number').toActiveCampaign(value)).toEqual({ ok: true, value: sent })
  })

  it.each(['dropdown', 'radio'] as const)('a text is the option of a %s in whatever case', (fieldType) => {
    const pair = compiledPair('text', fieldType)
    expect(pair.toActiveCampaign(' gold')).toEqual({ ok: true, value: 'Gold' })
    expect(pair.equivalent(' gold', 'Gold')).toBe(true)
    expect(pair.equivalent('gold', 'Silver')).toBe(false)
    expect(compiledPair('text', 'text').equivalent('gold', 'Gold')).toBe(false)
  })

  it('keep their order of options out of the comparison', () => {
    expect(compiledPair('choices', 'listbox').sameInDynamics('20, 10', '10,20')).toBe(true)
  })

  it('an option that the schema lacks holds the field', () => {
    expect(compiledPair('choice', 'dropdown').toActiveCampaign(9)).toMatchObject({
      ok: false,
      code: 'unknown-option',
    })
  })
})

describe('fields of accounts', () => {
  const typed = (dynamics: Column, activeCampaign: Field) => {
    const schema = defineSchema({
      dynamics: { accounts: { name: column.text(160), subject: dynamics } },
      activeCampaign: { contacts: {}, accounts: { name: field.text(), SUBJECT: activeCampaign } },
    })
    const compiled = compileDefinition(
      {
        accounts: {
          direction: 'bidirectional',
          fields: [
            { dynamics: 'name', activeCampaign: 'name' },
            { dynamics: 'subject', activeCampaign: 'SUBJECT' },
          ],
        },
      },
      schema,
    )
    return compiled.entities[0]?.fields[1]
  }

  const euros = { 'transactioncurrencyid.isocurrencycode': 'EUR' }

  it('hold money in hundredths', () => {
    const money = typed(column.money(), field.currency('EUR'))
    expect(money?.toActiveCampaign('99.99 EUR')).toEqual({ ok: true, value: '9999' })
    expect(money?.toDynamics('9999', euros)).toEqual({ ok: true, value: '99.99 EUR' })
    expect(money?.toDynamics('5', euros)).toEqual({ ok: true, value: '0.05 EUR' })
  })

  it('hold whole hundredths of an amount with more digits, and take the two for the same', () => {
    const money = typed(column.money({ precision: 4 }), field.currency('EUR'))
    for (const [amount, hundredths] of [
      ['12.3456', '1235'],
      ['12.344', '1234'],
      ['-0.005', '-1'],
    ]) {
      expect(money?.toActiveCampaign(`${amount} EUR`)).toEqual({ ok: true, value: hundredths })
      expect(money?.equivalent(`${amount} EUR`, String(hundredths))).toBe(true)
    }
    expect(money?.equivalent('12.3456 EUR', '1236')).toBe(false)
  })

  it('take no amount in another currency, and give none to a row in another', () => {
    const money = typed(column.money(), field.currency('EUR'))
    const refused = { ok: false, code: 'other-currency' }
    for (const value of ['99.99 USD', '99.99 ?', 99.99]) {
      expect(money?.toActiveCampaign(value)).toMatchObject(refused)
      expect(money?.equivalent(value, '9999')).toBe(false)
    }
    const dollars = { 'transactioncurrencyid.isocurrencycode': 'USD' }
    const nothing = { 'transactioncurrencyid.isocurrencycode': null }
    for (const row of [dollars, nothing, undefined])
      expect(money?.toDynamics('9999', row)).toMatchObject(refused)
    expect(money?.toDynamics('', dollars)).toMatchObject(refused)
    expect(money?.toDynamics('9999 USD', euros)).toMatchObject(refused)
    expect(money?.equivalent('99.99 EUR', '9999 USD')).toBe(false)
    expect(money?.toDynamics('', nothing)).toEqual({ ok: true, value: null })
    expect(money?.sameInDynamics('100 EUR', '100 USD')).toBe(false)
  })

  it('hold several options in an array', () => {
    const options = typed(column.choices({ 1: 'A', 2: 'B' }), field.multiselect(['B', 'A']))
    expect(options?.toActiveCampaign('2,1')).toEqual({ ok: true, value: ['A', 'B'] })
    expect(options?.toDynamics(['b'])).toEqual({ ok: true, value: '2' })
  })
})
