import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Column,
  column,
  describeDrift,
  type Field,
  field,
  type Schema,
  schemaDrift,
  standardSchema,
} from '../src/index.ts'
import { law } from './kit/law.ts'

const withColumn = (jobtitle: Column | undefined): Schema => ({
  dynamics: { contacts: jobtitle === undefined ? {} : { jobtitle } },
  activeCampaign: { contacts: {} },
})

const withField = (POSITION: Field | undefined): Schema => ({
  dynamics: {},
  activeCampaign: { contacts: POSITION === undefined ? {} : { POSITION } },
})

const choice = (options: Readonly<Record<number, string>>) => column.choice(options)

describe('a column that', () => {
  test.each([
    ['is gone', column.text(), undefined, 'removed', 'breaks', /no longer compiles/],
    ['is new', undefined, column.text(), 'added', 'none', /pull the schema again/],
    [
      'lost what it could be mapped to',
      column.text(),
      column.memo(),
      'retyped',
      'breaks',
      /no longer fits dropdown/,
    ],
    [
      'can be mapped as before',
      column.decimal(),
      column.float(),
      'retyped',
      'review',
      /every mapping still fits/,
    ],
    ['became shorter', column.text(100), column.text(50), 'length', 'review', /50 characters, was 100/],
    ['became longer', column.text(50), column.text(100), 'length', 'none', /100 characters, was 50/],
    ['became read-only', column.text(), column.text(100, { access: 'read' }), 'access', 'breaks', /outbound/],
    [
      'is set at creation only',
      column.text(),
      column.text(100, { access: 'create' }),
      'access',
      'review',
      /create/,
    ],
    [
      'can be written',
      column.text(100, { access: 'read' }),
      column.text(),
      'access',
      'none',
      /write, was read/,
    ],
    [
      'is required',
      column.text(),
      column.text(100, { required: 'business' }),
      'required',
      'review',
      /must fill/,
    ],
    [
      'is enforced',
      column.text(),
      column.text(100, { required: 'system' }),
      'required',
      'breaks',
      /must fill/,
    ],
    ['need not be', column.text(100, { required: 'system' }), column.text(), 'required', 'none', /no longer/],
    ['lost an option', choice({ 1: 'A', 2: 'B' }), choice({ 1: 'A' }), 'options', 'review', /lost .*"B"/],
    ['has one more', choice({ 1: 'A' }), choice({ 1: 'A', 2: 'B' }), 'options', 'review', /new options "B"/],
    ['renamed one', choice({ 1: 'A' }), choice({ 1: 'Z' }), 'options', 'review', /"A" to "Z"/],
    [
      'says yes in other words',
      column.boolean(),
      column.boolean({ labels: { true: 'Ja', false: 'No' } }),
      'options',
      'review',
      /"Yes" to "Ja"/,
    ],
    ['holds less', column.money({ max: 9 }), column.money({ max: 5 }), 'range', 'review', /max is 5, was 9/],
    ['holds anything', column.money({ max: 9 }), column.money(), 'range', 'review', /max is any/],
    [
      'moved its clock',
      column.dateTime(),
      column.dateTime({ behavior: 'timeZoneIndependent' }),
      'behavior',
      'review',
      /another instant/,
    ],
    [
      'points elsewhere',
      column.lookup(['account']),
      column.lookup(['contact']),
      'targets',
      'review',
      /"contact"/,
    ],
    [
      'is written through another property',
      column.lookup(['account']),
      column.lookup(['account'], { navigation: { account: 'new_Employer' } }),
      'navigation',
      'breaks',
      /pull the schema again/,
    ],
    [
      'has a new label',
      column.text(9, { label: 'A' }),
      column.text(9, { label: 'B' }),
      'label',
      'none',
      /"B", was "A"/,
    ],
  ] as const)('%s', (_, was, is, change, effect, message) => {
    const drift = schemaDrift(withColumn(was), withColumn(is))
    expect(drift).toEqual([
      { path: 'dynamics.contacts.jobtitle', change, effect, message: expect.stringMatching(message) },
    ])
  })
})

describe('a field that', () => {
  test.each([
    ['is gone', field.text(), undefined, 'removed', 'breaks', /no longer compiles/],
    ['is new', undefined, field.text(), 'added', 'none', /pull the schema again/],
    [
      'lost what it could be mapped to',
      field.text(),
      field.number(),
      'retyped',
      'breaks',
      /no longer fits text columns/,
    ],
    ['can be mapped as before', field.hidden(), field.text(), 'retyped', 'review', /every mapping/],
    ['lost an option', field.radio(['A', 'B']), field.radio(['A']), 'options', 'review', /lost .*"B"/],
    ['has one more', field.radio(['A']), field.radio(['A', 'B']), 'options', 'review', /new options "B"/],
    [
      'is in another currency',
      field.currency('EUR'),
      field.currency('USD'),
      'currency',
      'breaks',
      /USD, was in EUR/,
    ],
  ] as const)('%s', (_, was, is, change, effect, message) => {
    const drift = schemaDrift(withField(was), withField(is))
    expect(drift).toEqual([
      { path: 'activeCampaign.contacts.POSITION', change, effect, message: expect.stringMatching(message) },
    ])
  })
})

test('whole tables and objects come and go', () => {
  const { leads: _, ...others } = standardSchema.dynamics
  const live: Schema = {
    dynamics: others,
    activeCampaign: { ...standardSchema.activeCampaign, objects: { project: { title: field.text() } } },
  }
  expect(schemaDrift(standardSchema, live)).toEqual([
    expect.objectContaining({ path: 'dynamics.leads', change: 'removed', effect: 'breaks' }),
    expect.objectContaining({ path: 'activeCampaign.objects.project', change: 'added', effect: 'none' }),
  ])
})

test('the order of targets and options, and columns that the schema joins itself, are no drift', () => {
  const was = withColumn(column.lookup(['a', 'b']))
  expect(schemaDrift(was, withColumn(column.lookup(['b', 'a'])))).toEqual([])
  expect(schemaDrift(withField(field.radio(['A', 'B'])), withField(field.radio(['B', 'A'])))).toEqual([])
  expect(schemaDrift(withColumn(column.joined(['firstname', 'lastname'])), withColumn(undefined))).toEqual([])
})

const names = fc.uniqueArray(fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString'), fc.string()))
const columns = fc.constantFrom<Column>(
  column.text(10),
  column.text(20, { access: 'read' }),
  column.memo(),
  choice({ 1: 'A', 2: 'B' }),
  choice({ 1: 'A', 3: 'C' }),
  column.money({ max: 5 }),
)
const schemas = names.chain((keys) =>
  fc.tuple(...keys.map(() => columns)).map(
    (values): Schema => ({
      dynamics: { contacts: Object.fromEntries(keys.map((key, at) => [key, values[at] ?? column.text()])) },
      activeCampaign: { contacts: {} },
    }),
  ),
)

test('a schema has not drifted from itself', () => {
  law(schemas, (schema) => {
    expect(schemaDrift(schema, structuredClone(schema))).toEqual([])
  })
})

test('drift is told for exactly the columns that differ, and both ways round', () => {
  law(fc.tuple(schemas, schemas), ([pulled, live]) => {
    const was = pulled.dynamics.contacts ?? {}
    const is = live.dynamics.contacts ?? {}
    const own = (set: object, name: string) =>
      JSON.stringify(Object.getOwnPropertyDescriptor(set, name)?.value)
    const differing = [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .filter((name) => own(was, name) !== own(is, name))
      .map((name) => `dynamics.contacts.${name}`)
    const paths = (drift: ReturnType<typeof schemaDrift>) => new Set(drift.map(({ path }) => path))
    expect(paths(schemaDrift(pulled, live))).toEqual(new Set(differing))
    expect(paths(schemaDrift(live, pulled))).toEqual(new Set(differing))
  })
})

test('as text it tells the worst first, one line each, whatever the names hold', () => {
  const was: Schema = withColumn(column.text(9, { label: 'A' }))
  const is: Schema = {
    dynamics: { contacts: { jobtitle: column.text(5, { label: 'B\n\u202E' }), 'x\ny': column.text() } },
    activeCampaign: { contacts: {} },
  }
  expect(describeDrift(schemaDrift(was, is))).toMatchInlineSnapshot(`
    "Look at a definition that maps it:
      dynamics.contacts.jobtitle holds 5 characters, was 9: longer values are held

    Changes nothing that is mapped:
      dynamics.contacts.jobtitle is called "B\\n ", was "A"
      dynamics.contacts.x y is new: pull the schema again to map it"
  `)
  expect(describeDrift([])).toBe('The environments are as they were when the schema was pulled.')
})
