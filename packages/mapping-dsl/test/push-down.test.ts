/**
 * Law: for any criterion and any rows, what Dataverse selects by the OData text is what the predicate selects in
 * memory. The rows are awkward ones (empty columns, quotes, wildcards, case, umlauts, edges of numbers and time);
 * both readings of `ne` on an empty column are tried, because the public record is silent about it.
 */
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import {
  column,
  criteria,
  defineSchema,
  type Fields,
  type FieldValue,
  type Where,
} from '@dynacamp/mapping-dsl'
import { createDynamicsSimulator, createVirtualClock } from '@dynacamp/simulators'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asyncLaw } from './kit/law.ts'

const schema = defineSchema({
  dynamics: {
    contacts: {
      lastname: column.text(50),
      description: column.memo(2000),
      emailaddress1: column.email(100),
      gendercode: column.choice({ 1: 'Male', 2: 'Female' }),
      statecode: column.state({ 0: 'Active', 1: 'Inactive' }),
      donotemail: column.boolean(),
      numberofchildren: column.wholeNumber(),
      annualincome: column.money(),
      birthdate: column.dateOnly(),
      lastonholdtime: column.dateTime(),
      new_interests: column.choices({ 10: 'Sailing', 20: 'Chess', 30: 'Opera' }),
      parentcustomerid: column.lookup(['account']),
      contactid: column.uniqueId(),
    },
  },
  activeCampaign: { contacts: {} },
})

type Contacts = typeof schema.dynamics.contacts

const texts = [
  "O'Brien",
  '100%',
  'a_b',
  'a[b]c',
  'Ek',
  'EK',
  'ek ',
  'Größe',
  'ÅSE',
  'x\\y',
  '"q"',
  'Ann & Co',
  'e',
]
const numbers = [0, 1, 2, 50, 1_000_000]
const days = ['1990-01-31', '1999-12-31', '2000-01-01', '2024-02-29']
const instants = [
  '2026-10-24T10:00:00Z',
  '2026-11-22T23:59:59Z',
  '2026-11-23T00:00:00Z',
  '2026-11-24T10:00:00Z',
]
const labels = ['Sailing', 'Chess', 'Opera'] as const
const now = Date.UTC(2026, 10, 23, 10)

const orNothing = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 })

const environment = (notEqualFindsNull: boolean) => {
  const clock = createVirtualClock()
  const simulator = createDynamicsSimulator({ clock, behaviour: { notEqualFindsNull } })
  const client = createDynamicsClient({
    environmentUrl: simulator.baseUrl,
    credentials: clientCredentials({ ...simulator.credentials, loginUrl: simulator.loginUrl }),
    fetch: simulator.fetch,
    clock,
  })
  simulator.defineColumn('contact', {
    name: 'new_Interests',
    type: 'choices',
    options: [
      { value: 10, label: 'Sailing' },
      { value: 20, label: 'Chess' },
      { value: 30, label: 'Opera' },
    ],
  })
  const accounts = [1, 2].map((n) => simulator.insert('account', { name: `Account ${n}` }))
  const rows = fc.record({
    lastname: orNothing(fc.constantFrom(...texts)),
    description: orNothing(fc.constantFrom(...texts)),
    emailaddress1: orNothing(fc.constantFrom('ann@example.com', 'ANN@EXAMPLE.COM', "o'b@example.com")),
    gendercode: orNothing(fc.constantFrom(1, 2)),
    donotemail: orNothing(fc.boolean()),
    numberofchildren: orNothing(fc.constantFrom(...numbers)),
    annualincome: orNothing(fc.constantFrom(0, 0.01, 12.5, 99.99, 1e9)),
    birthdate: orNothing(fc.constantFrom(...days)),
    lastonholdtime: orNothing(fc.constantFrom(...instants)),
    new_interests: orNothing(fc.subarray([10, 20, 30], { minLength: 1 }).map((values) => values.join(','))),
    _parentcustomerid_value: orNothing(fc.constantFrom(...accounts)),
  })
  for (const row of fc.sample(rows, { numRuns: 60, seed: 7 })) {
    const { _parentcustomerid_value: account, ...columns } = row
    const filled = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
    simulator.insert('contact', {
      ...filled,
      ...(account === undefined ? {} : { 'parentcustomerid_account@odata.bind': `/accounts(${account})` }),
    })
  }
  return { client, accounts }
}

/** Rows as the wire has them, by column. */
const wireFields = (row: Readonly<Record<string, unknown>>): Fields =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      value === null || ['string', 'number', 'boolean'].includes(typeof value)
        ? [[name, value as FieldValue]]
        : [],
    ),
  )

const needles = [...texts, 'e', 'B', '%', '_', '[', "'", 'ß', 'nobody']

const textCondition = fc.oneof(
  fc.constantFrom(...needles),
  fc.constant(null),
  fc
    .constantFrom('equals', 'not', 'contains', 'startsWith', 'endsWith')
    .chain((operator) => fc.constantFrom(...needles).map((needle) => ({ [operator]: needle }))),
  fc
    .constantFrom('in', 'notIn')
    .chain((operator) =>
      fc
        .uniqueArray(fc.constantFrom(...needles), { minLength: 1, maxLength: 4 })
        .map((list) => ({ [operator]: list })),
    ),
  fc.boolean().map((isSet) => ({ isSet })),
)

const ordered = <T>(values: fc.Arbitrary<T>, operators: readonly string[]) =>
  fc.oneof(
    fc.constantFrom(...operators).chain((operator) => values.map((value) => ({ [operator]: value }))),
    fc.boolean().map((isSet) => ({ isSet })),
  )

const time = ['before', 'after', 'onOrBefore', 'onOrAfter'] as const
const span = fc
  .tuple(
    fc.constantFrom('inLast', 'inNext', 'olderThan'),
    fc.constantFrom('days', 'weeks', 'months', 'years'),
    fc.integer({ min: 1, max: 40 }),
  )
  .map(([operator, unit, amount]) => ({ [operator]: { [unit]: amount } }))

const condition = (accounts: readonly string[], ids: readonly string[]): fc.Arbitrary<Where<Contacts>> =>
  fc.oneof(
    fc.record({
      contactid: fc.oneof(
        fc.constantFrom(...ids),
        fc
          .constantFrom('in', 'notIn')
          .chain((operator) =>
            fc.subarray([...ids], { minLength: 1, maxLength: 5 }).map((list) => ({ [operator]: list })),
          ),
      ),
    }),
    fc.record({ lastname: textCondition }),
    fc.record({ description: textCondition }),
    fc.record({ emailaddress1: textCondition }),
    fc.record({
      gendercode: fc.oneof(fc.constantFrom('Male', 'Female', null), fc.record({ not: fc.constant('Male') })),
    }),
    fc.record({ statecode: fc.constantFrom('Active', 'Inactive') }),
    fc.record({ donotemail: fc.oneof(fc.boolean(), fc.record({ not: fc.boolean() })) }),
    fc.record({
      numberofchildren: ordered(fc.constantFrom(...numbers), ['equals', 'not', 'gt', 'gte', 'lt', 'lte']),
    }),
    fc.record({
      annualincome: ordered(fc.constantFrom(0, 0.01, 12.5, 50), ['equals', 'not', 'gt', 'gte', 'lt', 'lte']),
    }),
    fc.record({ birthdate: fc.oneof(ordered(fc.constantFrom(...days), ['equals', 'not', ...time]), span) }),
    fc.record({ lastonholdtime: fc.oneof(ordered(fc.constantFrom(...instants), time), span) }),
    fc.record({
      new_interests: fc
        .tuple(fc.constantFrom('hasAny', 'hasNone'), fc.subarray([...labels], { minLength: 1 }))
        .map(([operator, list]) => ({ [operator]: list })),
    }),
    fc.record({
      parentcustomerid: fc.oneof(
        fc.constantFrom(...accounts),
        fc.record({ not: fc.constantFrom(...accounts) }),
      ),
    }),
  )

const where = (accounts: readonly string[], ids: readonly string[]): fc.Arbitrary<Where<Contacts>> =>
  fc.letrec<{ node: Where<Contacts> }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      condition(accounts, ids),
      fc.record({ NOT: tie('node') }),
      fc.record({ OR: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ AND: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    ),
  })).node

describe.each([true, false])(
  'criteria, when `ne` finds empty columns: %s',
  { timeout: 600_000 },
  (notEqualFindsNull) => {
    it('select the same rows in Dataverse and in memory', async () => {
      const { client, accounts } = environment(notEqualFindsNull)
      const contacts = client.table('contacts')
      const all = await Array.fromAsync(contacts.list())
      expect(all).toHaveLength(60)
      await asyncLaw(
        where(
          accounts,
          all.map(({ contactid }) => String(contactid)),
        ),
        async (conditions) => {
          const compiled = criteria.dynamics(schema, 'contacts', conditions)
          const odata = compiled.odata(now)
          if (!odata.ok || odata.filter === undefined)
            throw new Error('every criterion here can be pushed down')
          const selected = await Array.fromAsync(contacts.list({ filter: odata.filter }))
          const inMemory = all.filter((row) => compiled.test(wireFields(row), now))
          expect(selected.map(({ contactid }) => contactid)).toEqual(
            inMemory.map(({ contactid }) => contactid),
          )
        },
        100,
      )
    })
  },
)
