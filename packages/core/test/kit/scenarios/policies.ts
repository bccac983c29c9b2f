import { type Fields, map } from '@dynacamp/mapping-dsl'
import { linkIdFor, type Resolution } from '../../../src/index.ts'
import { contactsDefinition } from '../definition.ts'
import { putContact, putRow, type World } from '../world.ts'
import type { Scenario } from './scenario.ts'

const address = { emailaddress1: 'ana@example.com', email: 'ana@example.com' }
const named = (policies: Parameters<typeof map>[2]) =>
  contactsDefinition({
    fields: [
      map('emailaddress1', 'email'),
      map('firstname', 'firstName', policies),
      map('lastname', 'lastName'),
    ],
  })

interface Sides {
  readonly row: Fields
  readonly contact: Fields
}

const meet =
  ({ row, contact }: Sides, times: { readonly row?: string; readonly contact?: string } = {}) =>
  (world: World): void => {
    const { emailaddress1, email } = address
    putRow(world, 'd1', { emailaddress1, ...row }, times.row ? { modifiedOn: times.row } : {})
    putContact(world, '1', { email, ...contact }, times.contact ? { updatedOn: times.contact } : {})
  }

const linkAs = (world: World, { row, contact }: Sides): void => {
  const id = linkIdFor('contacts', 'd1')
  const { emailaddress1, email } = address
  world.links.set(id, {
    ...{ id, entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1' },
    base: { dynamics: { emailaddress1, ...row }, activeCampaign: { email, ...contact } },
  })
}

const names = (row: string, contact: string): Sides => ({
  row: { firstname: row, lastname: 'Ash' },
  contact: { firstName: contact, lastName: 'Ash' },
})

/** Linked as Ana; then one side or both call her something else. */
const renamed =
  (row: string, contact: string, times: Parameters<typeof meet>[1] = {}) =>
  (world: World): void => {
    meet(names(row, contact), times)(world)
    linkAs(world, names('Ana', 'Ana'))
  }

const [earlier, later] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z']
const mostRecent = named({ conflict: 'mostRecent' })

const decided = (more: Partial<Resolution>): Resolution => ({
  ...{ entity: 'contacts', dynamicsId: 'd1', field: null, winner: 'activeCampaign', ...more },
})
const twoDiffer = meet({
  row: { firstname: 'Ana', lastname: 'Ash' },
  contact: { firstName: 'Anna', lastName: 'Oak' },
})

const rows: readonly Omit<Scenario, 'topic'>[] = [
  {
    situation: 'A field changed on both sides, `conflict: activeCampaignWins`',
    expected: ['update-dynamics-record'],
    meaning: 'what ActiveCampaign has is written, and the plan lists what it overrules',
    definition: named({ conflict: 'activeCampaignWins' }),
    arrange: renamed('Anna', 'Anne'),
  },
  {
    situation: 'The same, `conflict: mostRecent`, and the row changed last',
    expected: ['update-active-campaign-contact'],
    meaning: 'what D365 has is written',
    definition: mostRecent,
    arrange: renamed('Anna', 'Anne', { row: later, contact: earlier }),
  },
  {
    situation: 'The same, and the contact changed last',
    expected: ['update-dynamics-record'],
    meaning: 'what ActiveCampaign has is written',
    definition: mostRecent,
    arrange: renamed('Anna', 'Anne', { row: earlier, contact: later }),
  },
  {
    situation: 'The same, and both changed in the same second',
    expected: ['hold conflict'],
    meaning: 'held: nobody can say which is newer',
    definition: mostRecent,
    arrange: renamed('Anna', 'Anne', { row: later, contact: later }),
  },
  {
    situation: 'The same, and it is not known when the contact changed',
    expected: ['hold conflict'],
    meaning: 'held',
    definition: mostRecent,
    arrange: renamed('Anna', 'Anne', { row: later }),
  },
  {
    situation: 'A field that flows inbound only is changed in D365',
    expected: ['update-dynamics-record'],
    meaning: 'put back: ActiveCampaign owns the field',
    definition: named({ direction: 'inbound' }),
    arrange: renamed('Anna', 'Ana'),
  },
  {
    situation: 'The two meet and differ in two fields, and a person decides one',
    expected: ['hold first-link-differs', 'link-records', 'update-dynamics-record'],
    meaning: 'that one is written, the other is held',
    definition: named({}),
    settings: { resolutions: [decided({ field: 'firstname:firstName' })] },
    arrange: twoDiffer,
  },
  {
    situation: 'The same, and what was decided is about another row, and about a lead',
    expected: ['hold first-link-differs', 'hold first-link-differs', 'link-records'],
    meaning: 'both are held: a decision is about one record',
    definition: named({}),
    settings: { resolutions: [decided({ dynamicsId: 'd2' }), decided({ entity: 'leads' })] },
    arrange: twoDiffer,
  },
  {
    situation: 'A field of ActiveCampaign is mapped to another column than before, and the two differ',
    expected: ['hold first-link-differs'],
    meaning: 'held: these two never were in sync',
    definition: named({}),
    arrange: (world) => {
      meet(names('Anna', 'Ana'))(world)
      linkAs(world, { row: { lastname: 'Ash' }, contact: { firstName: 'Ana', lastName: 'Ash' } })
    },
  },
  {
    situation: 'A column of D365 is mapped to another field than before, and the two differ',
    expected: ['hold first-link-differs'],
    meaning: 'held: these two never were in sync',
    definition: named({}),
    arrange: (world) => {
      meet(names('Anna', 'Ana'))(world)
      linkAs(world, { row: { firstname: 'Anna', lastname: 'Ash' }, contact: { lastName: 'Ash' } })
    },
  },
  {
    situation:
      'The e-mail is not the first of the mappings, and the new one of a row belongs to another contact',
    expected: ['hold key-taken', 'hold linked-elsewhere'],
    meaning: 'held like any other, wherever it is mapped, and so is the other contact',
    definition: contactsDefinition({
      fields: [map('firstname', 'firstName'), map('lastname', 'lastName'), map('emailaddress1', 'email')],
    }),
    arrange: (world) => {
      renamed('Ana', 'Ana')(world)
      putRow(world, 'd1', { ...names('Ana', 'Ana').row, emailaddress1: 'bob@example.com' })
      putContact(world, '2', { email: 'bob@example.com' })
    },
  },
]

/** What becomes of one field of a pair, by the policies of its mapping and the decisions of people. */
export const policyScenarios: readonly Scenario[] = rows.map((row) => ({
  topic: 'The policies of a field',
  ...row,
}))
