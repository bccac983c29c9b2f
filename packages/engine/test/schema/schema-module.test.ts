import { compileDefinition, defineSync, map, type Schema, standardMappings } from '@dynacamp/mapping-dsl'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSnippets } from '../../../../scripts/check-examples.ts'
import { pullSchema, schemaModule } from '../../src/index.ts'
import { createOwnWorld } from './own-world.ts'

const timeoutMs = 120_000

/** What the module exports when it runs. */
const evaluate = async (code: string): Promise<unknown> => {
  const script = code.replace(/^import .*$/m, 'const defineSchema = (schema) => schema')
  const { schema } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(script)}`)
  return schema
}

/** JSON with sorted keys. `__proto__` counts as any other key, which `toEqual` does not promise. */
const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )

const hostile = [
  '__proto__',
  'constructor',
  '"',
  "'",
  `\`\${process.exit()}\``,
  '*/ }) //',
  '\n\r\t',
  '\u2028\u2029',
  '\u202Eetirw\u202C',
  '\\',
  '\\u0022',
  '</script>',
  '\uD800',
  `\${0}`,
  '// ',
  '1e3',
  '01',
  '-1',
  '12345678901234567890',
  '',
  'Straße 9 – „Ümlaut“ 🎈',
]

const name = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }), fc.string())
const record = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(name, value), { maxLength: 6 }).map((entries) => Object.fromEntries(entries))
const someColumn = fc.oneof(
  fc.record({ type: fc.constant('text' as const), maxLength: fc.nat(), label: name }),
  fc.record({ type: fc.constant('choice' as const), options: fc.dictionary(fc.integer().map(String), name) }),
  fc.record({ type: fc.constant('boolean' as const), labels: fc.record({ true: name, false: name }) }),
  fc.record({
    type: fc.constant('money' as const),
    min: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
)
const someField = fc.oneof(
  fc.record({ type: fc.constant('text' as const), label: name }),
  fc.record({ type: fc.constant('dropdown' as const), options: fc.array(name) }),
)
const someSchema: fc.Arbitrary<Schema> = fc.record({
  dynamics: fc.record({ contacts: record(someColumn) }),
  activeCampaign: fc.record({
    contacts: record(someField),
    accounts: record(someField),
    objects: record(record(someField)),
  }),
})

const runs = Number(process.env.DYNACAMP_RUNS ?? 1)
const seed = process.env.DYNACAMP_SEED
const settings = { numRuns: 100 * runs, ...(seed === undefined ? {} : { seed: Number(seed) }) }

describe('whatever names and labels strangers chose', () => {
  test('the module says exactly the schema', async () => {
    await fc.assert(
      fc.asyncProperty(someSchema, async (schema) => {
        expect(sortedJson(await evaluate(schemaModule(schema)))).toBe(sortedJson(schema))
      }),
      settings,
    )
  })

  test('it has one line per column and field, and nothing in it is unseen', () => {
    void fc.assert(
      fc.property(someSchema, (schema) => {
        const { contacts, accounts = {}, objects = {} } = schema.activeCampaign
        const code = schemaModule(schema)
        const sets = [schema.dynamics.contacts ?? {}, contacts, accounts, ...Object.values(objects)]
        const members = sets.flatMap(Object.keys).length
        expect(code.match(/^ +.*\{ type: .*\},$/gm) ?? []).toHaveLength(members)
        expect(code.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      }),
      settings,
    )
  })

  test(
    'it compiles',
    () => {
      const columns = hostile.map((text) => [text, { type: 'text', maxLength: 9, label: text }] as const)
      const fields = hostile.map((text) => [text, { type: 'dropdown', options: hostile }] as const)
      const schema: Schema = {
        dynamics: { contacts: Object.fromEntries(columns) },
        activeCampaign: {
          contacts: Object.fromEntries(fields),
          objects: Object.fromEntries(hostile.map((slug) => [slug, Object.fromEntries(fields)])),
        },
      }
      const random = fc.sample(someSchema, { numRuns: 20, seed: 7 })
      const modules = [schema, ...random].map((each, index) => ({
        where: `schema ${index}`,
        code: schemaModule(each),
      }))
      expect(checkSnippets('engine', modules)).toEqual([])
    },
    timeoutMs,
  )
})

describe('the module of two pulled environments', () => {
  const definition = (mapping: string) => `
import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
export const definition = defineSync(schema, {
  contacts: { direction: 'outbound', fields: [...standardMappings.contacts, ${mapping}] },
})`

  test(
    'types definitions to the last field',
    async () => {
      const { schema } = await pullSchema((await createOwnWorld()).clients)
      const code = schemaModule(schema)
      const snippet = (mapping: string) => ({ where: mapping, code: code + definition(mapping) })
      const good = [
        "map('new_segment', 'OWN_DROPDOWN')",
        "map('new_interests', 'OWN_LISTBOX')",
        "map('jobtitle', 'F120')",
      ]
      const bad = [
        "map('new_segmemt', 'OWN_DROPDOWN')",
        "map('new_interests', 'OWN_RADIO')",
        "map('jobtitle', 'F200')",
      ]
      const errors = checkSnippets('engine', [...good, ...bad].map(snippet))
      const refused = new Set(errors.map((error) => error.split(' (line')[0]))
      expect([...refused]).toEqual(bad)
    },
    timeoutMs,
  )

  test('says at run time what was pulled, and a definition on it compiles', async () => {
    const { schema } = await pullSchema((await createOwnWorld()).clients)
    expect(sortedJson(await evaluate(schemaModule(schema)))).toBe(sortedJson(schema))
    const compiled = compileDefinition(
      defineSync(schema, {
        contacts: {
          direction: 'bidirectional',
          createInDynamics: 'tagged',
          fields: [...standardMappings.contacts, map('new_segment', 'OWN_DROPDOWN'), map('new_code', 'F0')],
        },
      }),
      schema,
    )
    const segment = compiled.entities[0]?.fields.find(({ dynamics }) => dynamics === 'new_segment')
    expect(segment?.toActiveCampaign(10)).toEqual({ ok: true, value: 'Gold' })
  })

  test('is the same text each time, and a new column is one line', async () => {
    const { clients, dynamics, activeCampaign } = await createOwnWorld()
    const first = schemaModule((await pullSchema(clients)).schema)
    expect(schemaModule((await pullSchema(clients)).schema)).toBe(first)

    dynamics.defineColumn('contact', { name: 'new_Fresh', type: 'text', label: 'Fresh', maxLength: 10 })
    activeCampaign.defineField({ title: 'Fresh', type: 'radio', perstag: 'FRESH', options: ['b', 'a'] })
    const second = schemaModule((await pullSchema(clients)).schema).split('\n')
    const before = new Set(first.split('\n'))
    expect(second.filter((line) => !before.has(line))).toEqual([
      '      new_fresh: { type: "text", maxLength: 10, label: "Fresh" },',
      '      FRESH: { type: "radio", options: ["a", "b"], label: "Fresh" },',
    ])
    expect(second).toHaveLength(first.split('\n').length + 2)
  })
})
