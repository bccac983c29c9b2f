/**
 * Laws of the built-in transforms: a way back gives back what was sent, so `sent(received(sent(x)))` is
 * `sent(x)`; and both sides are the same when one holds what the other would send.
 */
import {
  builtInTransforms,
  type CompiledField,
  checkDefinition,
  compileDefinition,
  extendSchema,
  field,
  type MapOptions,
  map,
  type Registry,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { law } from './kit/law.ts'

const schema = extendSchema(standardSchema, { activeCampaign: { contacts: { NICK: field.text() } } })

const definitionWith = (options: MapOptions) => ({
  contacts: {
    direction: 'bidirectional' as const,
    fields: [...standardMappings.contacts, { ...map('nickname', 'NICK'), ...options }],
  },
})

const compiled = (options: MapOptions, registry?: Registry): CompiledField => {
  const { entities } = compileDefinition(definitionWith(options), schema, registry)
  const pair = entities[0]?.fields.find(({ activeCampaign }) => activeCampaign === 'NICK')
  if (pair === undefined) throw new Error('not mapped')
  return pair
}

const names = Object.keys(builtInTransforms) as (keyof typeof builtInTransforms)[]
const twoWay = names.filter((name) => {
  const transform: Registry['transforms'][string] = builtInTransforms[name]
  return transform.toActiveCampaign !== undefined && transform.toDynamics !== undefined
})

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom('+49 30 901820', '030 901820', 'CRM-7', 'unknown', ' Ann ', ''),
)

describe('transforms', () => {
  it.each(twoWay)('%s brings back what it sent', (name) => {
    const { parameters } = { parameters: undefined, ...builtInTransforms[name] }
    const pair = compiled({ via: [parameters === undefined ? name : { name, with: parameters }] })
    law(texts, (text) => {
      const sent = pair.toActiveCampaign(text)
      if (!sent.ok) return
      expect(pair.equivalent(text, sent.value)).toBe(true)
      const received = pair.toDynamics(sent.value)
      if (!received.ok) return
      const again = pair.toActiveCampaign(received.value)
      expect(again.ok && pair.sameInActiveCampaign(again.value, sent.value)).toBe(true)
    })
  })

  it.each([
    ['trim', ' Ann ', 'Ann'],
    ['upperCase', 'Größe', 'GRÖSSE'],
    ['lowerCase', 'ANN', 'ann'],
  ])('%s makes %s into %s', (name, from, to) => {
    expect(compiled({ via: [name] }).toActiveCampaign(from)).toEqual({ ok: true, value: to })
  })

  it('apply in order, and are undone in the other order', () => {
    const pair = compiled({ via: ['trim', { name: 'prefix', with: { text: 'CRM-' } }] })
    expect(pair.toActiveCampaign(' 7 ')).toEqual({ ok: true, value: 'CRM-7' })
    expect(pair.toDynamics('CRM-7')).toEqual({ ok: true, value: '7' })
    expect(pair.toDynamics('7')).toMatchObject({ ok: false, code: 'untransformable' })
  })

  it('phone numbers become international, and a wrong one is held', () => {
    const pair = compiled({ via: [{ name: 'e164', with: { region: 'DE' } }] })
    expect(pair.toActiveCampaign('030 901820')).toEqual({ ok: true, value: '+4930901820' })
    expect(pair.toActiveCampaign('call me')).toMatchObject({ ok: false, code: 'untransformable' })
    expect(pair.equivalent('030 901820', '+4930901820')).toBe(true)
  })

  it('a default stands for an empty column and comes back as one', () => {
    const pair = compiled({ via: [{ name: 'default', with: { value: 'n/a' } }] })
    expect(pair.toActiveCampaign(null)).toEqual({ ok: true, value: 'n/a' })
    expect(pair.toDynamics('n/a')).toEqual({ ok: true, value: null })
    expect(pair.equivalent(null, 'n/a')).toBe(true)
  })

  it('what an empty column is sent as is an option of the field, as the field writes it', () => {
    const options = extendSchema(standardSchema, {
      activeCampaign: { contacts: { NICK: field.dropdown(['Unknown', 'Ann']) } },
    })
    const definition = (value: string) => definitionWith({ via: [{ name: 'default', with: { value } }] })
    const { entities } = compileDefinition(definition('unknown'), options)
    const nick = entities[0]?.fields.find(({ activeCampaign }) => activeCampaign === 'NICK')
    expect(nick?.toActiveCampaign(null)).toEqual({ ok: true, value: 'Unknown' })
    expect(checkDefinition(definition('nobody'), options).diagnostics).toContainEqual(
      expect.objectContaining({ code: 'unknown-option', path: 'contacts.fields[5].via' }),
    )
  })

  it('a constant is sent whatever the column holds', () => {
    const pair = compiled({ direction: 'outbound', via: [{ name: 'constant', with: { value: 'CRM' } }] })
    expect(pair.toActiveCampaign('x')).toEqual({ ok: true, value: 'CRM' })
    expect(pair.toActiveCampaign(null)).toEqual({ ok: true, value: 'CRM' })
  })

  it('split a full name inbound', () => {
    const first = compiled({ direction: 'inbound', via: ['firstWord'] })
    const others = compiled({ direction: 'inbound', via: ['otherWords'] })
    expect(first.toDynamics('Ann Maria Ek')).toEqual({ ok: true, value: 'Ann' })
    expect(others.toDynamics('Ann Maria Ek')).toEqual({ ok: true, value: 'Maria Ek' })
    expect(first.toActiveCampaign('Ann')).toMatchObject({ ok: false })
  })

  it('of the host name the definition by their version, since nobody can look into them', () => {
    const hashWith = (version?: number) => {
      const shout = { description: 'loud', toActiveCampaign: (text: string) => `${text}!` }
      const registry: Registry = {
        transforms: {
          shout: version === undefined ? shout : { ...shout, version },
          other: { ...shout, version: 7 },
        },
      }
      return compileDefinition(definitionWith({ direction: 'outbound', via: ['shout'] }), schema, registry)
        .hash
    }
    expect(hashWith(1)).toBe(hashWith())
    expect(hashWith(2)).not.toBe(hashWith(1))
  })

  it('of the host are found by name, and do not replace a built-in one', () => {
    const registry: Registry = {
      transforms: {
        initials: {
          description: 'initials',
          toActiveCampaign: (text) =>
            text
              .split(' ')
              .map((word) => word.charAt(0))
              .join(''),
        },
        trim: { description: 'not trimming', toActiveCampaign: () => 'stolen' },
      },
    }
    const options = { direction: 'outbound', via: ['initials', 'trim'] } as const
    expect(compiled(options, registry).toActiveCampaign('Ann Ek')).toEqual({ ok: true, value: 'AE' })
    expect(checkDefinition(definitionWith(options), schema).ok).toBe(false)
  })
})
