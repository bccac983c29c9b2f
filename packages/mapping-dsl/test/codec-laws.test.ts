/**
 * Laws of every compatible pair of types, over generated values:
 * 1. What D365 holds and what is sent for it are the same value (`equivalent`), or the field is held.
 * 2. Sending and reading back gives the value back, up to the type's stated equivalence.
 * 3. Sending again what was read back changes nothing in ActiveCampaign.
 * 4. A pair whose loss does not say so holds nothing of what its column can hold, if the field has the options.
 * 5. A lossless pair takes two values for one exactly when the type's stated equivalence does.
 * 6. Sameness on each side is reflexive, and so is being empty.
 * 7. A one-way pair refuses the other way.
 */
import { explainPair, type FieldValue } from '@dynacamp/mapping-dsl'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { law } from './kit/law.ts'
import { compiledPair, neighbours, pairs, row, sameByTheBook, valuesFor } from './kit/pairs.ts'

/** Pairs that hold some of their column's values, as the matrix says. */
const mayHold = new Set(['text:dropdown', 'text:radio', 'memo:text', 'memo:hidden'])

const blanks: readonly FieldValue[] = [null, '', '  ']

/** Accounts write money in hundredths and several options as arrays; the rest they write like contacts. */
const cases = [
  ...pairs.map(([columnType, fieldType]) => [columnType, fieldType, 'contacts'] as const),
  ...pairs
    .filter(([, fieldType]) => ['currency', 'multiselect', 'checkbox', 'listbox'].includes(fieldType))
    .map(([columnType, fieldType]) => [columnType, fieldType, 'accounts'] as const),
]

describe.each(cases)('%s to %s of %s', (columnType, fieldType, place) => {
  const pair = compiledPair(columnType, fieldType, place)
  const values = valuesFor(columnType, fieldType)
  const explained = explainPair(columnType, fieldType)
  const lossless = explained.compatible && explained.loss === undefined

  if (pair.direction !== 'inbound') {
    it('sends what is equivalent', () => {
      law(values, (value) => {
        const sent = pair.toActiveCampaign(value)
        if (!mayHold.has(`${columnType}:${fieldType}`)) expect(sent).toMatchObject({ ok: true })
        if (sent.ok) expect(pair.equivalent(value, sent.value)).toBe(true)
      })
    })
  }

  if (pair.direction === 'bidirectional') {
    it('gives back what it sent', () => {
      law(values, (value) => {
        const sent = pair.toActiveCampaign(value)
        if (!sent.ok) return
        const back = pair.toDynamics(sent.value, row)
        expect(back).toMatchObject({ ok: true })
        if (back.ok) expect(pair.sameInDynamics(value, back.value)).toBe(true)
        const again = back.ok ? pair.toActiveCampaign(back.value) : back
        expect(again.ok && pair.sameInActiveCampaign(sent.value, again.value)).toBe(true)
      })
    })
  } else {
    it('refuses the other way', () => {
      const refused = pair.direction === 'outbound' ? pair.toDynamics('x') : pair.toActiveCampaign('x')
      expect(refused).toMatchObject({ ok: false, code: 'one-way' })
    })
  }

  it('knows a value as itself, and nothing as nothing', () => {
    law(values, (value) => expect(pair.sameInDynamics(value, value)).toBe(true), 50)
    law(fc.constantFrom(...blanks), (blank) => {
      expect(pair.equivalent(blank, '')).toBe(true)
      expect(pair.sameInDynamics(blank, null)).toBe(true)
      expect(pair.sameInActiveCampaign(blank, '')).toBe(true)
    })
  })

  if (lossless && pair.direction === 'bidirectional') {
    it('takes two values for one exactly when their equivalence says so', () => {
      law(neighbours(columnType, fieldType), ([a, b]) => {
        const [first, second] = [pair.toActiveCampaign(a), pair.toActiveCampaign(b)]
        if (!first.ok || !second.ok) return
        const same = sameByTheBook[columnType](a, b)
        expect(pair.sameInDynamics(a, b)).toBe(same)
        expect(pair.sameInActiveCampaign(first.value, second.value)).toBe(same)
        expect(pair.equivalent(a, second.value)).toBe(same)
      })
    })
  }
})
