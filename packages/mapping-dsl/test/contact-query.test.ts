/**
 * Law: for any criterion and any contacts, what ActiveCampaign lists for the pushed-down parameters, tested in memory, is
 * what the predicate selects of all contacts; and what it lists needs no test where the query says that it is complete.
 */
import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { criteria, defineSchema, type Fields, field, type NamedIds, type Where } from '@dynacamp/mapping-dsl'
import { createActiveCampaignSimulator, createVirtualClock } from '@dynacamp/simulators'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asyncLaw } from './kit/law.ts'

const schema = defineSchema({
  dynamics: {},
  activeCampaign: {
    contacts: {
      email: field.email(),
      firstName: field.text(),
      SEGMENT: field.dropdown(['Gold', 'Silver']),
      INTERESTS: field.listbox(['Sailing', 'Chess', 'Opera']),
      SPENT: field.number(),
      BORN: field.date(),
      SEEN: field.datetime(),
    },
  },
})

const tags = ['VIP', 'Trial', 'Größe', "O'Tag"]
const lists = ['News', 'Offers', 'Events']
const statuses = ['unconfirmed', 'active', 'unsubscribed', 'bounced'] as const
const interests = ['Sailing', 'Chess', 'Opera'] as const
const names = ['Ann', 'ANN', "O'Brien", '100%', 'a_b', 'Åse', 'ek ', 'x\\y']
const days = ['1990-01-31', '2000-01-01', '2024-02-29']
const instants = ['2026-11-22T23:59:59Z', '2026-11-23T01:00:00+02:00', '2026-11-24T10:00:00-05:00']
const now = Date.UTC(2026, 10, 23, 10)

const contact = fc.record({
  local: fc.constantFrom('ann', 'a_b', 'o.brien', '100%', 'x+y', 'åse'),
  firstName: fc.option(fc.constantFrom(...names), { nil: '' }),
  tags: fc.subarray(tags),
  lists: fc.array(fc.constantFrom(undefined, 0, 1, 2, 3), { minLength: 3, maxLength: 3 }),
  fields: fc.record(
    {
      SEGMENT: fc.constantFrom('Gold', 'silver'),
      INTERESTS: fc.subarray([...interests]),
      SPENT: fc.constantFrom('0', '12.50', '100', 'much'),
      BORN: fc.constantFrom(...days, '0000-00-00'),
      SEEN: fc.constantFrom(...instants),
    },
    { requiredKeys: [] },
  ),
})

const account = () => {
  const clock = createVirtualClock()
  const simulator = createActiveCampaignSimulator({ clock })
  for (const [perstag, type] of [
    ['SEGMENT', 'dropdown'],
    ['INTERESTS', 'listbox'],
    ['SPENT', 'number'],
    ['BORN', 'date'],
    ['SEEN', 'datetime'],
  ] as const) {
    simulator.defineField({ title: perstag, type, perstag })
  }
  const listIds = lists.map((name) => String(simulator.insert('lists', { name }).id))
  for (const [index, { local, lists: on, ...input }] of fc
    .sample(contact, { numRuns: 60, seed: 11 })
    .entries()) {
    const { id } = simulator.insertContact({ ...input, email: `${local}${index}@example.com` })
    for (const [position, status] of on.entries()) {
      const list = listIds[position]
      if (list !== undefined && status !== undefined)
        simulator.insert('contactLists', { contact: id, list, status })
    }
  }
  const ids: NamedIds = {
    tags: Object.fromEntries(simulator.rows('tags').map(({ tag, id }) => [String(tag), String(id)])),
    lists: Object.fromEntries(lists.map((name, index) => [name, listIds[index] ?? ''])),
  }
  const client = createActiveCampaignClient({
    url: simulator.baseUrl,
    key: simulator.apiKey,
    fetch: simulator.fetch,
    clock,
  })
  /** A contact as criteria see it. */
  const all = simulator.contacts().map(({ id, email, firstName, fields, tags: tagged, lists: on }) => ({
    id,
    fields: {
      email,
      firstName,
      ...fields,
      tags: tagged,
      lists: Object.keys(on).map((list) => lists[listIds.indexOf(list)] ?? ''),
      status: [...new Set(Object.values(on).map((status) => statuses[Number(status)] ?? ''))],
    } satisfies Fields,
  }))
  return { client, ids, all }
}

type Condition = Where<typeof schema.activeCampaign.contacts & ReturnType<typeof subjects>>
const subjects = () =>
  ({
    tags: { type: 'names' },
    lists: { type: 'names' },
    status: { type: 'names', options: statuses },
  }) as const

const some = <const T extends string>(values: readonly T[]) =>
  fc
    .tuple(fc.constantFrom('hasAny', 'hasNone'), fc.subarray([...values], { minLength: 1, maxLength: 2 }))
    .map(([operator, list]) => ({ [operator]: list }))

const text = (needles: readonly string[]) =>
  fc.oneof(
    fc
      .constantFrom('equals', 'not', 'contains', 'startsWith', 'endsWith')
      .chain((operator) => fc.constantFrom(...needles).map((needle) => ({ [operator]: needle }))),
    fc.subarray([...needles], { minLength: 1, maxLength: 3 }).map((list) => ({ in: list })),
    fc.boolean().map((isSet) => ({ isSet })),
  )

const time = (values: readonly string[]) =>
  fc.oneof(
    fc
      .constantFrom('before', 'onOrAfter')
      .chain((operator) => fc.constantFrom(...values).map((value) => ({ [operator]: value }))),
    fc.integer({ min: 1, max: 40 }).map((years) => ({ inLast: { years } })),
    fc.boolean().map((isSet) => ({ isSet })),
  )

const emails = [
  'ann',
  'Ann',
  '@EXAMPLE',
  'a_b',
  '%',
  ' ann',
  'x+y',
  'ann0@example.com',
  'ANN1@example.com ',
  '\\',
]

const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ email: text(emails) }) },
  { weight: 4, arbitrary: fc.record({ tags: some([...tags, 'vip', 'Ghost']) }) },
  { weight: 4, arbitrary: fc.record({ lists: some([...lists, 'news']) }) },
  { weight: 4, arbitrary: fc.record({ status: some(statuses) }) },
  fc.record({ firstName: text([...names, 'n', '%', '_']) }),
  fc.record({ SEGMENT: fc.constantFrom('Gold', 'Silver', null) }),
  fc.record({ INTERESTS: some(interests) }),
  fc.record({ SPENT: fc.constantFrom({ gte: 12.5 }, { lt: 100 }, { not: 0 }, { isSet: false }) }),
  fc.record({ BORN: time(days) }),
  fc.record({ SEEN: time(instants) }),
)

const one = <const T extends string>(values: readonly T[]) =>
  fc.constantFrom(...values).map((value) => ({ hasAny: [value] }))

/** What the service can filter by. */
const pushable: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    email: fc.constantFrom(...emails).chain((needle) => fc.constantFrom(needle, { contains: needle })),
  }),
  fc.record({ tags: one([...tags, 'vip']) }),
  fc.record({ lists: one(lists) }),
  fc.record({ status: one(statuses) }),
)

const where = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc.array(pushable, { minLength: 1, maxLength: 3 }).map((AND) => ({ AND })),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((AND) => ({ AND })),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((OR) => ({ OR })),
    tie('node').map((NOT) => ({ NOT })),
  ),
})).node

describe('criteria on contacts', { timeout: 600_000 }, () => {
  it('select the same contacts in ActiveCampaign and in memory', async () => {
    const { client, ids, all } = account()
    expect(all).toHaveLength(60)
    const byId = new Map(all.map(({ id, fields }) => [id, fields]))
    await asyncLaw(
      where,
      async (conditions) => {
        const compiled = criteria.activeCampaign(schema, conditions)
        const pushed = compiled.query(ids)
        const listed = await Array.fromAsync(client.contacts.list(pushed.query))
        const selected = listed.filter(({ id }) => pushed.complete || compiled.test(byId.get(id) ?? {}, now))
        const inMemory = all.filter(({ fields }) => compiled.test(fields, now))
        expect(selected.map(({ id }) => id)).toEqual(inMemory.map(({ id }) => id))
      },
      300,
    )
  })
})
