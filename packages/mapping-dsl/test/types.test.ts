/**
 * What must compile and what must not. `tsc` holds the types; the tests hold what the compiler and the editor
 * say to a person.
 */
import {
  type CompiledField,
  type Converted,
  column,
  defineSchema,
  defineSync,
  extendSchema,
  type FieldMapping,
  field,
  map,
  type SyncDefinition,
  standardMappings,
  standardSchema,
  type Where,
} from '@dynacamp/mapping-dsl'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { checkSnippets } from '../../../scripts/check-examples.ts'
import { completionsIn } from './kit/completions.ts'

const schema = extendSchema(standardSchema, {
  dynamics: {
    contacts: {
      new_segment: column.choice({ 1: 'Gold', 2: 'Silver' }),
      new_interests: column.choices({ 1: 'Sailing', 2: 'Chess' }),
    },
  },
  activeCampaign: {
    contacts: {
      POSITION: field.text(),
      SEGMENT: field.dropdown(['Gold', 'Silver']),
      INTERESTS: field.listbox(['Sailing', 'Chess']),
      BORN: field.date(),
    },
  },
})

describe('types', () => {
  it('keep names, options and literals', () => {
    expectTypeOf(map('jobtitle', 'POSITION', { direction: 'outbound' })).toEqualTypeOf<
      FieldMapping<'jobtitle', 'POSITION', { readonly direction: 'outbound' }>
    >()
    expectTypeOf(schema.dynamics.contacts.new_segment.options[1]).toEqualTypeOf<'Gold'>()
    expectTypeOf<typeof schema.dynamics.contacts>().toHaveProperty('firstname')
    expectTypeOf(defineSchema({ dynamics: {}, activeCampaign: { contacts: {} } }).dynamics).toEqualTypeOf<
      Readonly<Record<never, never>>
    >()
  })

  it('of results say nothing of the libraries inside', () => {
    expectTypeOf<ReturnType<typeof defineSync>>().toEqualTypeOf<SyncDefinition>()
    expectTypeOf<ReturnType<CompiledField['toActiveCampaign']>>().toEqualTypeOf<Converted>()
  })

  it('of conditions follow the column', () => {
    type Scope = Where<typeof schema.dynamics.contacts>
    expectTypeOf<Scope['new_segment']>().toExtend<
      'Gold' | 'Silver' | null | undefined | { readonly in?: readonly ('Gold' | 'Silver')[] }
    >()
    const good: Scope = {
      new_segment: { in: ['Gold'] },
      new_interests: { hasAny: ['Chess'] },
      birthdate: { olderThan: { years: 18 } },
      annualincome: { between: [1, 2] },
      OR: [{ firstname: null }, { NOT: { donotemail: true } }],
    }
    expect(Object.keys(good)).toHaveLength(5)
    const bad: readonly Scope[] = [
      // @ts-expect-error no such label
      { new_segment: 'Bronze' },
      // @ts-expect-error a multi-select choice is not equal to one option
      { new_interests: 'Chess' },
      // @ts-expect-error one unit at a time
      { birthdate: { inLast: { days: 1, weeks: 2 } } },
      // @ts-expect-error numbers are not text
      { annualincome: { contains: '1' } },
      // @ts-expect-error undefined is no condition
      { firstname: undefined },
      // @ts-expect-error nor is it one further down
      { OR: [{ firstname: { not: undefined } }] },
      // @ts-expect-error no such column
      { frstname: 'Ann' },
    ]
    expect(bad).toHaveLength(7)
  })

  it('let every part of a definition through that makes sense', () => {
    const mappings: readonly FieldMapping[] = [map('emailaddress1', 'email')]
    const definitions = [
      defineSync(schema, { leads: { direction: 'outbound', fields: [...standardMappings.leads] } }),
      defineSync(schema, {
        contacts: {
          direction: 'bidirectional',
          scope: { statecode: 'Active' },
          inboundScope: { tags: { hasAny: ['VIP'] }, SEGMENT: 'Gold', status: { hasAny: ['active'] } },
          createInDynamics: 'all',
          fields: [
            ...standardMappings.contacts,
            map('new_segment', 'SEGMENT', { choices: { Gold: 'Gold' }, conflict: 'hold' }),
            map('new_interests', 'INTERESTS'),
            map('ownerid', 'POSITION', { direction: 'outbound' }),
          ],
        },
      }),
      defineSync(schema, { contacts: { direction: 'outbound', fields: mappings } }),
      defineSync(schema, {
        contacts: { direction: 'outbound', fields: [map('emailaddress1', 'email')] },
        opportunities: {
          object: 'deal',
          fields: [map('estimatedvalue', 'value', { as: 'currency', currency: 'EUR' })],
        },
      }),
    ]
    expect(definitions).toHaveLength(4)
  })
})

const snippet = (fields: string, direction = 'bidirectional'): string => `
import { column, defineSync, extendSchema, field, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
const schema = extendSchema(standardSchema, {
  activeCampaign: { contacts: { POSITION: field.text(), BORN: field.date(), SCORE: field.number() } },
})
defineSync(schema, { contacts: { direction: '${direction}', fields: [...standardMappings.contacts, ${fields}] } })
`

describe('the compiler says why', { timeout: 120_000 }, () => {
  const cases = [
    ["map('birthdate', 'SCORE')", 'birthdate (dateOnly) cannot be mapped to SCORE (number)'],
    ["map('jobtitel', 'POSITION')", "contacts have no Dynamics 365 column 'jobtitel' in this schema"],
    ["map('jobtitle', 'POSTION')", "contacts have no ActiveCampaign field 'POSTION' in this schema"],
    [
      "map('ownerid', 'POSITION')",
      "ownerid to POSITION can only flow outbound: add { direction: 'outbound' }",
    ],
    [
      "map('jobtitle', 'dealTitle')",
      "'dealTitle' is a field of deals, which cannot be mapped: map a field of the contact or the account",
    ],
    ["map('createdon', 'BORN', { direction: 'inbound' })", 'createdon to BORN can only flow outbound'],
  ] as const
  const oneWay = (own: string) => snippet(`map('jobtitle', 'POSITION', { direction: '${own}' })`, 'outbound')
  const opportunity = "map('name', 'name', { as: 'text', direction: 'outbound' })"
  const wrong = {
    ...Object.fromEntries(cases.map(([fields]) => [fields, snippet(fields)])),
    twice: snippet("map('jobtitel', 'POSITION'), map('birthdate', 'SCORE')"),
    both: snippet("map('ownerid', 'POSITION')", 'both'),
    inbound: oneWay('inbound'),
    outbound: oneWay('outbound'),
    opportunities: snippet('').replace(
      '(schema, {',
      `(schema, { opportunities: { object: 'deal', fields: [${opportunity}] },`,
    ),
  }
  const messages = checkSnippets(
    'mapping-dsl',
    Object.entries(wrong).map(([where, code]) => ({ where, code })),
  )
  const messagesOf = (where: string) => messages.filter((message) => message.startsWith(`${where} (line `))

  it.each(cases)('%s', (fields, reason) => {
    expect(messagesOf(fields).join()).toContain(reason)
  })

  it('all that is wrong at once, in the last of three lines', () => {
    const [message = ''] = messagesOf('twice')
    const lines = message.split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toContain("contacts have no Dynamics 365 column 'jobtitel' in this schema")
    expect(lines[2]).toContain('birthdate (dateOnly) cannot be mapped to SCORE (number)')
  })

  it('nothing of the mappings where only the direction of the entity is wrong', () => {
    const said = messagesOf('both')
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('"both"')
  })

  it.each(['inbound', 'outbound'])('a field of a one-way entity has no direction of its own: %s', (own) => {
    expect(messagesOf(own).join()).toContain(
      'a field has a direction of its own only where the entity is bidirectional; this one is outbound',
    )
  })

  it('a field of opportunities has no direction of its own', () => {
    expect(messagesOf('opportunities').join()).toContain(
      'a field has a direction of its own only where the entity is bidirectional; this one is outbound',
    )
  })
})

describe('the editor offers', { timeout: 120_000 }, () => {
  it('the columns, then the fields', () => {
    const columns = completionsIn(snippet("map('|', 'POSITION')"))
    expect(columns).toContain('jobtitle')
    expect(columns).not.toContain('estimatedclosedate')
    expect(completionsIn(snippet("map('jobtitle', '|')"))).toEqual(
      expect.arrayContaining(['POSITION', 'BORN', 'email', 'phone']),
    )
  })

  it('the names to match by, of transforms and of opt-out columns', () => {
    const definition = snippet("map('jobtitle', 'POSITION')")
    const match = "match: [{ dynamics: '|', activeCampaign: 'POSITION' }], fields:"
    expect(completionsIn(definition.replace('fields:', match))).toContain('mobilephone')
    expect(completionsIn(snippet("map('jobtitle', 'POSITION', { via: ['|'] })"))).toContain('upperCase')
    const optOut = definition.replace('(schema, {', "(schema, { optOut: { columns: ['|'] },")
    expect(completionsIn(optOut)).toContain('donotbulkemail')
  })

  it('the labels of a choice', () => {
    const code = snippet('').replace(
      "direction: 'bidirectional'",
      "direction: 'bidirectional', scope: { gendercode: '|' }",
    )
    expect(completionsIn(code)).toEqual(expect.arrayContaining(['Male', 'Female']))
  })
})
