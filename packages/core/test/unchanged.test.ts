/** The glance that most pairs end at, held against the full comparison: a pair alone in its batch has no order to learn from. */
import { type Fields, map } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDeleted, linkIdFor, planBatch, type RecordInput } from '../src/index.ts'
import { applyPlan } from './kit/apply-plan.ts'
import { campaign } from './kit/campaign.ts'
import { contactsDefinition } from './kit/definition.ts'
import { history } from './kit/history.ts'
import { inputOf, planWorld } from './kit/plan-world.ts'
import { editLater } from './kit/what-people-do.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

/** Real bases come in the order in which a store keeps them; here in any. */
const reordered = (fields: Fields, seed: number): Fields => {
  const entries = Object.entries(fields)
  const cut = entries.length === 0 ? 0 : seed % entries.length
  return Object.fromEntries([...entries.slice(cut), ...entries.slice(0, cut)])
}

/** A base that knows one mapped column less, and one that is not mapped instead. */
const withStranger = (fields: Fields, seed: number): Fields => {
  if (seed < 3) return fields
  const [, ...known] = Object.entries(fields)
  return Object.fromEntries([...known, ['stranger', 'same']])
}

const withBaseInOrder = (record: RecordInput, seed: number): RecordInput => {
  const { link } = record
  if (link === undefined) return record
  const dynamics = withStranger(link.base.dynamics, seed)
  const { activeCampaign } = link.base
  const row = record.dynamics
  return {
    ...record,
    ...(row !== undefined &&
      !isDeleted(row) && { dynamics: { ...row, fields: { ...row.fields, stranger: 'same' } } }),
    link: {
      ...link,
      base: { dynamics: reordered(dynamics, seed), activeCampaign: reordered(activeCampaign, seed) },
    },
  }
}

test('a batch finds unchanged what each of its pairs is by itself', () => {
  fc.assert(
    fc.property(history, fc.array(fc.nat(3), { minLength: 1 }), (past, seeds) => {
      const world = past.world()
      applyPlan(world, planWorld(world, past.definition, past.settings))
      editLater(world, past.later)
      const input = inputOf(world, past.definition, past.settings)
      const linked = input.records
        .filter(({ link }) => link !== undefined)
        .map((record, index) => withBaseInOrder(record, seeds[index % seeds.length] ?? 0))
      const alone = linked.map((record) => planBatch({ ...input, records: [record] }))
      const together = planBatch({ ...input, records: linked })
      expect(together.counts.unchanged).toBe(alone.reduce((sum, { counts }) => sum + counts.unchanged, 0))
      const ids = alone.flatMap(({ actions }) => actions.map(({ id }) => id))
      expect(new Set(together.actions.map(({ id }) => id))).toEqual(new Set(ids))
    }),
    campaign(500),
  )
})

test('a pair that was in sync over other columns is not taken for unchanged, whoever comes before it', () => {
  const definition = contactsDefinition({
    fields: [map('emailaddress1', 'email'), map('firstname', 'firstName')],
    optOut: { direction: 'off' },
  })
  const world = emptyWorld()
  const base = (name: string, column: string) => ({
    dynamics: { emailaddress1: `${name}@example.com`, [column]: name },
    activeCampaign: { email: `${name}@example.com`, firstName: name },
  })
  for (const [name, column] of [
    ['ana', 'firstname'],
    ['bob', 'nickname'],
  ] as const) {
    putRow(world, name, { ...base(name, column).dynamics, firstname: name === 'ana' ? 'ana' : 'Robert' })
    putContact(world, name, base(name, column).activeCampaign)
    const id = linkIdFor('contacts', name)
    const ends = { entity: 'contacts', dynamicsId: name, activeCampaignId: name } as const
    world.links.set(id, { id, ...ends, base: base(name, column) })
  }
  const { counts, holds } = planWorld(world, definition)
  expect(counts).toMatchObject({ unchanged: 1, held: 1 })
  expect(holds).toMatchObject([{ dynamicsId: 'bob', field: 'firstname:firstName' }])
})
