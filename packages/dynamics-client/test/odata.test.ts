import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidArgumentError, likeLiteral, odata, odataGuid } from '../src/index.ts'

/** OData's own rule: a literal ends at the first quote that is not doubled. */
const parseLiteral = (text: string): { value: string; rest: string } => {
  const [, quoted = ''] = /^'((?:[^']|'')*)'/.exec(text) ?? []
  return { value: quoted.replaceAll("''", "'"), rest: text.slice(quoted.length + 2) }
}

describe('odata', () => {
  test('law: any text is one literal that reads back as itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(parseLiteral(odata`${value}`.text)).toEqual({ value, rest: '' })
      }),
    )
  })

  test('leaves numbers, booleans, null, dates and ids unquoted, and writes lists as JSON', () => {
    const id = '7d577253-3ef0-4a0a-bb7f-8335c2596e70'
    expect(odata`a eq ${1} and b eq ${true} and c eq ${null}`.text).toBe('a eq 1 and b eq true and c eq null')
    expect(odata`createdon ge ${new Date(0)}`.text).toBe('createdon ge 1970-01-01T00:00:00.000Z')
    expect(odata`_ownerid_value eq ${odataGuid(id)}`.text).toBe(`_ownerid_value eq ${id}`)
    expect(odata`Microsoft.Dynamics.CRM.In(PropertyName='x',PropertyValues=${["O'Brien", 'a"b']})`.text).toBe(
      `Microsoft.Dynamics.CRM.In(PropertyName='x',PropertyValues=["O'Brien","a\\"b"])`,
    )
  })

  test('takes nested expressions as they are', () => {
    const name = odata`lastname eq ${"O'Brien"}`
    expect(odata`statecode eq 0 and (${name})`.text).toBe("statecode eq 0 and (lastname eq 'O''Brien')")
  })

  test('refuses what has no literal', () => {
    expect(() => odata`a eq ${Number.NaN}`).toThrow(InvalidArgumentError)
    expect(() => odataGuid("x' or 1 eq 1")).toThrow(InvalidArgumentError)
  })

  test('likeLiteral brackets every wildcard once', () => {
    expect(likeLiteral('100%_[x]')).toBe('100[%][_][[]x]')
  })
})
