/** Law: the exported JSON Schema takes a definition exactly when `checkDefinition` finds its shape well-formed. */
import {
  checkDefinition,
  defineSync,
  definitionJsonSchema,
  extendSchema,
  field,
  map,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { law } from './kit/law.ts'

const schema = extendSchema(standardSchema, { activeCampaign: { contacts: { POSITION: field.text() } } })

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    scope: { statecode: 'Active', createdon: { inLast: { months: 6 } } },
    fields: [
      ...standardMappings.contacts,
      map('jobtitle', 'POSITION', { direction: 'outbound', sensitive: true, via: ['trim'] }),
    ],
    match: [{ dynamics: 'emailaddress1', activeCampaign: 'email' }],
    createInDynamics: 'all',
    inboundScope: { tags: { hasAny: ['Customer'] } },
  },
  accounts: { direction: 'inbound', fields: [...standardMappings.accounts] },
  opportunities: {
    object: 'd365-opportunity',
    fields: [map('estimatedvalue', 'value', { as: 'currency', currency: 'EUR', required: true })],
  },
  initialSync: { automations: 'start' },
  guards: { maxDeletes: 10, maxChangedShare: 0.5 },
})

const validate = new Ajv2020({ allErrors: true }).compile(definitionJsonSchema())

const isWellFormed = (input: unknown): boolean =>
  checkDefinition(input, schema).diagnostics.every(
    ({ code, message }) =>
      !['malformed', 'unknown-setting'].includes(code) || message.startsWith('the id of a field'),
  )

type Path = readonly (string | number)[]

/** Every place in a JSON value. */
const places = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? [
        path,
        ...Object.entries(value).flatMap(([key, member]) =>
          places(member, [...path, Array.isArray(value) ? Number(key) : key]),
        ),
      ]
    : [path]

const changed = (value: unknown, [key, ...rest]: Path, to: unknown): unknown => {
  if (key === undefined) return to
  if (Array.isArray(value))
    return value.map((member, at) => (at === key ? changed(member, rest, to) : member))
  const members = Object.entries(typeof value === 'object' && value !== null ? value : {})
  return Object.fromEntries(
    members.map(([name, member]) => [name, name === key ? changed(member, rest, to) : member]),
  )
}

const words = [
  'outbound',
  'inbound',
  'off',
  'never',
  'all',
  'hold',
  'text',
  'EUR',
  'eur',
  'trim',
  'keep',
  'delete',
  '',
]

const replacement = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(0, 1, 4, 5, 24, -1, 0.5, 1.5, true, false, null, [], {}),
  fc.constantFrom(['trim'], [{ name: 'prefix', with: { text: 'x' } }], [{ name: 'trim' }], { everyHours: 3 }),
)

describe('the JSON Schema of definitions', () => {
  it('takes what people write and what defineSync gives', () => {
    const written = { contacts: { direction: 'outbound', fields: standardMappings.contacts } }
    for (const sound of [{}, written, definition]) {
      expect(validate(JSON.parse(JSON.stringify(sound))), JSON.stringify(validate.errors)).toBe(true)
    }
  })

  it('agrees with the check about every change of one value', () => {
    const everywhere = fc.constantFrom(...places(definition))
    law(
      fc.tuple(everywhere, replacement),
      ([path, to]) => {
        const input: unknown = JSON.parse(JSON.stringify(changed(definition, path, to)))
        expect(validate(input), JSON.stringify(input)).toBe(isWellFormed(input))
      },
      1000,
    )
  })

  it('knows no other names, at any depth', () => {
    law(fc.constantFrom(...places(definition)), (path) => {
      const at: unknown = path.reduce<unknown>((value, key) => Object(value)[key], definition)
      if (typeof at !== 'object' || at === null || Array.isArray(at)) return
      const input: unknown = JSON.parse(JSON.stringify(changed(definition, path, { ...at, surprise: 1 })))
      expect(validate(input)).toBe(isWellFormed(input))
    })
  })
})
