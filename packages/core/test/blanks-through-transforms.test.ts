/** What counts as blank is what arrives: a transform may send a text for an empty column, or make nothing of a text. */
import {
  type BlankPolicy,
  compileDefinition,
  extendSchema,
  field,
  type MapOptions,
  map,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { linkIdFor } from '../src/index.ts'
import { applyPlan } from './kit/apply-plan.ts'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

const schema = extendSchema(standardSchema, { activeCampaign: { contacts: { SOURCE: field.text() } } })

const definitionWith = (options: MapOptions) =>
  compileDefinition(
    {
      contacts: {
        direction: 'bidirectional',
        createInDynamics: 'all',
        fields: [map('emailaddress1', 'email'), { ...map('nickname', 'SOURCE'), ...options }],
      },
      optOut: { direction: 'off' },
    },
    schema,
  )

const constant: MapOptions = { direction: 'outbound', via: [{ name: 'constant', with: { value: 'CRM' } }] }
const orUnknown: MapOptions = { via: [{ name: 'default', with: { value: 'unknown' } }] }

const emails = { emailaddress1: 'ana@example.com', email: 'ana@example.com' }

/** A pair, in sync or not yet linked, with these values of the mapping. */
const pairOf = (dynamics: string | null, activeCampaign: string, base?: readonly [string | null, string]) => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: emails.emailaddress1, nickname: dynamics })
  putContact(world, '7', { email: emails.email, SOURCE: activeCampaign })
  if (base !== undefined) {
    const id = linkIdFor('contacts', 'd1')
    world.links.set(id, {
      ...{ id, entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '7' },
      base: {
        dynamics: { emailaddress1: emails.emailaddress1, nickname: base[0] },
        activeCampaign: { email: emails.email, SOURCE: base[1] },
      },
    })
  }
  const values = () => [world.rows.get('d1')?.fields.nickname, world.contacts.get('7')?.fields.SOURCE]
  return { world, values }
}

test.each([
  ['a constant', constant, 'CRM'],
  ['a default', orUnknown, 'unknown'],
])('%s is sent to a new contact whose column is empty, and there is no echo', (_, options, sent) => {
  const definition = definitionWith(options)
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: emails.emailaddress1, nickname: null })
  applyPlan(world, planWorld(world, definition))
  expect([...world.contacts.values()].map(({ fields }) => fields.SOURCE)).toEqual([sent])
  expect(planWorld(world, definition).actions).toEqual([])
})

test.each<readonly [string, MapOptions, BlankPolicy, readonly (string | null)[]]>([
  ['a constant fills', constant, 'ignoreBlank', [null, 'CRM']],
  ['a constant fills', constant, 'clear', [null, 'CRM']],
  ['a constant fills', constant, 'onlyIfEmpty', [null, 'CRM']],
  ['a default fills', orUnknown, 'ignoreBlank', [null, 'unknown']],
  ['a default fills', orUnknown, 'onlyIfEmpty', [null, 'unknown']],
  ['without either nothing is sent', {}, 'ignoreBlank', [null, '']],
])('where both are empty, %s the contact (%s, %s)', (_, options, blank, after) => {
  const definition = definitionWith({ ...options, blank })
  const { world, values } = pairOf(null, '')
  applyPlan(world, planWorld(world, definition))
  expect(values()).toEqual(after)
  expect(planWorld(world, definition).actions).toEqual([])
})

test('what an empty column is sent as overwrites nothing, and is no value of the row', () => {
  const definition = definitionWith(orUnknown)
  const { world, values } = pairOf(null, 'Fair')
  applyPlan(world, planWorld(world, definition))
  expect(values()).toEqual(['Fair', 'Fair'])
})

test.each([
  [
    'the default comes back as nothing, which overwrites nothing',
    orUnknown,
    ['Ann', 'Ann'],
    'unknown',
    'Ann',
  ],
  [
    'a full name of one word has no last name, which overwrites nothing',
    { direction: 'inbound', via: ['otherWords'] },
    ['Ek', 'Ann Ek'],
    'Ann',
    'Ek',
  ],
] as const)('%s', (_, options, base, now, kept) => {
  const { world, values } = pairOf(base[0], now, base)
  applyPlan(world, planWorld(world, definitionWith(options)))
  expect(values()).toEqual([kept, now])
  applyPlan(world, planWorld(world, definitionWith({ ...options, blank: 'clear' })))
  expect(values()).toEqual([null, now])
})

test('a contact that has the default becomes a row without it, and there is no echo', () => {
  const definition = definitionWith(orUnknown)
  const world = emptyWorld()
  putContact(world, '7', { email: emails.email, SOURCE: 'unknown' })
  applyPlan(world, planWorld(world, definition))
  expect([...world.rows.values()].map(({ fields }) => fields.nickname ?? null)).toEqual([null])
  expect(planWorld(world, definition).actions).toEqual([])
})
