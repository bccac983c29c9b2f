import {
  checkDefinition,
  column,
  compileDefinition,
  defineSync,
  extendSchema,
  field,
  map,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import { describe, expect, it } from 'vitest'

const schema = extendSchema(standardSchema, {
  dynamics: {
    contacts: {
      new_segment: column.choice({ 1: 'Gold', 2: 'Silver' }),
      new_interests: column.choices({ 10: 'Sailing', 20: 'Chess', 30: 'Opera' }),
      new_score: column.decimal({ precision: 2 }),
    },
  },
  activeCampaign: {
    contacts: {
      POSITION: field.text(),
      SEGMENT: field.dropdown(['Gold', 'Silver']),
      INTERESTS: field.listbox(['Chess', 'Opera', 'Sailing']),
      BORN: field.date(),
      SCORE: field.number(),
    },
  },
})

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    createInDynamics: 'tagged',
    fields: [
      ...standardMappings.contacts,
      map('jobtitle', 'POSITION', { direction: 'outbound' }),
      map('new_segment', 'SEGMENT', { conflict: 'hold' }),
      map('new_interests', 'INTERESTS'),
      map('birthdate', 'BORN'),
      map('new_score', 'SCORE'),
    ],
  },
})

describe('a definition', () => {
  it('is plain JSON that reads back as itself', () => {
    expect(checkDefinition(JSON.parse(JSON.stringify(definition)), schema)).toMatchObject({
      ok: true,
      definition,
    })
  })

  it('has defaults that never change, so that an upgrade switches nothing on', () => {
    const fields = standardMappings.contacts
    const checked = checkDefinition({ contacts: { direction: 'bidirectional', fields } }, schema)
    expect(checked.ok && checked.definition).toEqual({
      version: 1,
      contacts: {
        enabled: true,
        direction: 'bidirectional',
        scope: {},
        inboundScope: {},
        fields,
        createInDynamics: 'never',
        match: [],
        sharedEmail: 'hold',
        leaving: 'keep',
        deleted: { inDynamics: 'keep', inActiveCampaign: 'keep' },
      },
      sharedContact: 'contact',
      blank: 'ignoreBlank',
      optOut: { direction: 'bidirectional', columns: ['donotbulkemail'], lists: 'all', resubscribe: 'never' },
      tags: { write: false },
      initialSync: { automations: 'holdBack' },
      guards: {},
      schedule: { everyHours: 4 },
    })
  })

  it('refuses to compile what makes no sense, and says why', () => {
    expect(() =>
      defineSync(schema, {
        contacts: {
          direction: 'bidirectional',
          // @ts-expect-error birthdate (dateOnly) cannot be mapped to SCORE (number)
          fields: [map('birthdate', 'SCORE')],
        },
      }),
    ).toThrow('a number field holds digits')
    expect(() =>
      defineSync(schema, {
        contacts: {
          direction: 'bidirectional',
          // @ts-expect-error no such column
          fields: [map('jobtitel', 'POSITION')],
        },
      }),
    ).toThrow('did you mean `jobtitle`?')
    expect(() =>
      defineSync(schema, {
        contacts: {
          direction: 'outbound',
          // @ts-expect-error a direction of its own needs a bidirectional entity
          fields: [map('jobtitle', 'POSITION', { direction: 'inbound' })],
        },
      }),
    ).toThrow('only where the entity is bidirectional')
  })
})

describe('a compiled definition', () => {
  const compiled = compileDefinition(definition, schema)
  const contacts = compiled.entities[0]
  const fieldOf = (key: string) => contacts?.fields.find((candidate) => candidate.key === key)

  it('is named by what it does', () => {
    expect(compileDefinition(JSON.parse(JSON.stringify(definition)), schema).hash).toBe(compiled.hash)
    const hashes = [compiled.hash]
    const contacts = { direction: 'outbound', fields: standardMappings.contacts } as const
    const tiers = extendSchema(standardSchema, {
      dynamics: { contacts: { new_tier: column.choice({ 1: 'Silver', 2: 'Gold' }) } },
    })
    hashes.push(
      compileDefinition({ contacts }, schema).hash,
      compileDefinition({ contacts: { ...contacts, scope: { new_tier: 'Gold' } } }, tiers).hash,
      compileDefinition(
        { contacts: { ...contacts, scope: { new_tier: 'Gold' } } },
        extendSchema(standardSchema, { dynamics: { contacts: { new_tier: column.choice({ 3: 'Gold' }) } } }),
      ).hash,
    )
    expect(new Set(hashes).size).toBe(4)
  })

  it('is the same to plans on another schedule, and to what was read under other guards', () => {
    const contacts = { direction: 'outbound', fields: standardMappings.contacts } as const
    const plain = compileDefinition({ contacts }, schema)
    const often = compileDefinition({ contacts, schedule: { everyHours: 1 } }, schema)
    const guarded = compileDefinition({ contacts, guards: { maxDeletes: 3 } }, schema)
    const starting = compileDefinition({ contacts, initialSync: { automations: 'start' } }, schema)
    const leaving = compileDefinition({ contacts: { ...contacts, leaving: 'unlink' } }, schema)
    expect(often.hash).toBe(plain.hash)
    expect(guarded.hash).not.toBe(plain.hash)
    expect(starting.hash).not.toBe(plain.hash)
    expect(new Set([plain, often, guarded, starting].map(({ recordsHash }) => recordsHash)).size).toBe(1)
    expect(leaving.recordsHash).not.toBe(plain.recordsHash)
  })

  it('carries options by label', () => {
    expect(fieldOf('new_segment:SEGMENT')?.toActiveCampaign(2)).toEqual({ ok: true, value: 'Silver' })
    expect(fieldOf('new_segment:SEGMENT')?.toDynamics('gold')).toEqual({ ok: true, value: 1 })
    expect(fieldOf('new_interests:INTERESTS')?.toActiveCampaign('30,10')).toEqual({
      ok: true,
      value: '||Opera||Sailing||',
    })
    expect(fieldOf('new_interests:INTERESTS')?.equivalent('10,30', 'Sailing||Opera')).toBe(true)
  })

  it('holds a malformed e-mail address and matches by a normalised one', () => {
    expect(fieldOf('emailaddress1:email')?.toActiveCampaign('ann@')).toMatchObject({
      ok: false,
      code: 'malformed-email',
    })
    expect(contacts?.match[0]?.dynamicsKey({ emailaddress1: ' Ann@Example.com ' })).toBe('ann@example.com')
  })

  it('gives one-way fields to their source', () => {
    expect(fieldOf('jobtitle:POSITION')).toMatchObject({ direction: 'outbound', conflict: 'dynamicsWins' })
  })
})
