/** Two mappings that read one column, or one field: the base that they share moves only with what both of them need. */
import {
  compileDefinition,
  extendSchema,
  field,
  map,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { linkIdFor, type Plan } from '../src/index.ts'
import { applyPlan } from './kit/apply-plan.ts'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

const schema = extendSchema(standardSchema, {
  activeCampaign: { contacts: { FULL_NAME: field.text(), SOURCE: field.text(), SHORT: field.text() } },
})

/** What a run comes to that is stopped between the actions that make no call and those that do. */
const withoutWrites = (plan: Plan): Plan => ({
  ...plan,
  actions: plan.actions.filter(({ kind }) => kind === 'link-records'),
})

const linked = (dynamics: Record<string, string>, activeCampaign: Record<string, string>) => {
  const world = emptyWorld()
  putRow(world, 'd1', dynamics)
  putContact(world, '7', activeCampaign)
  const id = linkIdFor('contacts', 'd1')
  const ends = { entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '7' } as const
  world.links.set(id, { id, ...ends, base: { dynamics, activeCampaign } })
  return world
}

test('the last name of a full name arrives, though the first name was the same and the write came to nothing at first', () => {
  const definition = compileDefinition(
    {
      contacts: {
        direction: 'bidirectional',
        fields: [
          map('emailaddress1', 'email'),
          map('firstname', 'FULL_NAME', { direction: 'inbound', via: ['firstWord'] }),
          map('lastname', 'FULL_NAME', { direction: 'inbound', via: ['otherWords'] }),
        ],
      },
      optOut: { direction: 'off' },
    },
    schema,
  )
  const email = 'ana@example.com'
  const row = { emailaddress1: email, firstname: 'Ana', lastname: 'Novak' }
  const world = linked(row, { email, FULL_NAME: 'Ana Novak' })
  putContact(world, '7', { email, FULL_NAME: 'Ana Ek' })
  applyPlan(world, withoutWrites(planWorld(world, definition)))
  applyPlan(world, planWorld(world, definition))
  expect(world.rows.get('d1')?.fields).toMatchObject({ firstname: 'Ana', lastname: 'Ek' })
  expect(planWorld(world, definition).counts).toMatchObject({ unchanged: 1, planned: 0 })
})

test('a column that is sent beside a constant arrives, though the write came to nothing at first', () => {
  const definition = compileDefinition(
    {
      contacts: {
        direction: 'outbound',
        fields: [
          ...standardMappings.contacts,
          map('lastname', 'SOURCE', { via: [{ name: 'constant', with: { value: 'CRM' } }] }),
          map('lastname', 'SHORT', { via: [{ name: 'truncate', with: { length: 1 } }] }),
        ],
      },
      optOut: { direction: 'off' },
    },
    schema,
  )
  const row = { emailaddress1: 'ana@example.com', firstname: 'Ana', lastname: 'Novak', telephone1: '1' }
  const contact = {
    email: 'ana@example.com',
    firstName: 'Ana',
    lastName: 'Novak',
    phone: '1',
    SOURCE: 'CRM',
    SHORT: 'N',
  }
  const world = linked(row, contact)
  putRow(world, 'd1', { ...row, lastname: 'Nilsen' })
  const plan = planWorld(world, definition)
  expect(plan.actions).toMatchObject([
    {
      kind: 'update-active-campaign-contact',
      settles: {
        dynamics: { lastname: 'Nilsen' },
        activeCampaign: { lastName: 'Nilsen', SOURCE: 'CRM', SHORT: 'N' },
      },
    },
  ])
  applyPlan(world, withoutWrites(plan))
  applyPlan(world, planWorld(world, definition))
  expect(world.contacts.get('7')?.fields).toMatchObject({ lastName: 'Nilsen', SOURCE: 'CRM' })
  expect(planWorld(world, definition).counts).toMatchObject({ unchanged: 1, planned: 0 })
})
