/**
 * Laws of opportunities, over histories: rows, people and a custom object in any state; synced until nothing is left; then
 * people edit, contacts come and go, the definition grows, the state is lost; and synced again.
 *
 * The model of ActiveCampaign refuses, with an error, what a plan must never ask for: a record that exists made again, a record
 * written as it is, a field retyped, a value for no field, a required field left blank.
 *
 *  1. It ends: in two rounds where nothing is held, in three in any case.
 *  2. A record that did not change is never written: a record is written at most once a round, and only when a
 *     mapped value or the contact of its row changed since, or somebody changed the record.
 *  3. At most one create per row, for good.
 *  4. The object only ever grows: no field leaves it, changes its type or becomes required.
 *  5. In the end each record that is in sync holds its row's values, and is on its row's contact.
 *  6. What a definition does not map, or has switched off, stays in the record.
 *  7. The same input makes the same bytes, in any order; each record is counted once.
 *  8. A plan from a lost base overwrites nothing, where `firstLink` is `hold`.
 *  9. A plan reads back as it was written; inverting it restores what it overwrote.
 */
import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  contactRelationship,
  invertPlan,
  isDeleted,
  type Plan,
  parsePlan,
  planBatch,
  serialisePlan,
} from '../src/index.ts'
import { campaign, patienceMs } from './kit/campaign.ts'
import { expectEveryRecordCounted, expectSameBytesInAnyOrder } from './kit/laws.ts'
import { happen, type OpportunityHistory, opportunityHistory } from './kit/opportunity-history.ts'
import {
  applyOpportunities,
  type OpportunityWorld,
  opportunitiesOf,
  opportunityInput,
} from './kit/opportunity-world.ts'

const planOnce = (
  world: OpportunityWorld,
  definition: CompiledDefinition,
  { firstLink }: OpportunityHistory,
) => {
  const input = opportunityInput(world, definition, { firstLink })
  const plan = planBatch(input)
  expectSameBytesInAnyOrder(planBatch, input, plan)
  expectEveryRecordCounted(input, plan)
  expect(parsePlan(serialisePlan(plan))).toEqual(plan)
  return plan
}

const fieldsOf = ({ object }: OpportunityWorld) =>
  object === null || object === 'unavailable' ? [] : object.fields

/** Applies a plan and holds it to the laws of writing. */
const apply = (world: OpportunityWorld, definition: CompiledDefinition, plan: Plan): void => {
  const before = { fields: fieldsOf(world), records: new Map(world.records), writes: world.writes.length }
  applyOpportunities(world, plan)
  for (const field of before.fields) {
    const now = fieldsOf(world).find(({ id }) => id === field.id)
    expect(now).toMatchObject({ type: field.type, required: field.required })
  }
  const written = world.writes.slice(before.writes)
  expect(new Set(written).size).toBe(written.length)
  const mapped = new Set(opportunitiesOf(definition).fields.map(({ activeCampaign }) => activeCampaign))
  for (const [id, old] of before.records) {
    const now = world.records.get(id)
    for (const [name, value] of Object.entries(old)) {
      if (!mapped.has(name) && name !== contactRelationship) expect(now?.[name]).toEqual(value)
    }
  }
}

/** Syncs until nothing is left. */
const settle = (
  world: OpportunityWorld,
  definition: CompiledDefinition,
  history: OpportunityHistory,
  created: Set<string>,
): Plan => {
  let plan = planOnce(world, definition, history)
  for (let round = 1; plan.actions.length > 0; round += 1) {
    expect(round).toBeLessThan(plan.holds.length > 0 ? 4 : 3)
    for (const { kind, id } of plan.actions) {
      if (kind !== 'create-active-campaign-record') continue
      expect(created.has(id)).toBe(false)
      created.add(id)
    }
    apply(world, definition, plan)
    plan = planOnce(world, definition, history)
  }
  return plan
}

/** Every record that the last plan has nothing to say about agrees with its row. */
const expectAgreement = (world: OpportunityWorld, definition: CompiledDefinition, plan: Plan): void => {
  const { fields } = opportunitiesOf(definition)
  const clashes = plan.holds.filter(({ dynamicsId }) => dynamicsId === null).map(({ field }) => field)
  for (const { link, dynamics, activeCampaign } of opportunityInput(world, definition).records) {
    if (link === undefined || dynamics === undefined || activeCampaign === undefined) continue
    if (isDeleted(dynamics) || isDeleted(activeCampaign)) continue
    if (plan.skips.some((skip) => skip.dynamicsId === dynamics.id)) continue
    const held = plan.holds.filter(({ dynamicsId }) => dynamicsId === dynamics.id).map(({ field }) => field)
    if (held.includes(null)) continue
    for (const field of fields) {
      if (clashes.includes(field.key) || held.includes(field.key)) continue
      const row = dynamics.fields[field.dynamics] ?? null
      const record = activeCampaign.fields[field.activeCampaign] ?? null
      if (field.blank === 'onlyIfEmpty' || (field.blank === 'ignoreBlank' && field.sameInDynamics(row, null)))
        continue
      // A blank that the record was made with was never a change.
      const made = field.sameInDynamics(link.base.dynamics[field.dynamics] ?? null, null)
      if (!(made && field.sameInDynamics(row, null))) expect(field.equivalent(row, record)).toBe(true)
    }
    const { _parentcontactid_value: parent, _customerid_value: customer } = dynamics.fields
    const { _originatingleadid_value: lead } = dynamics.fields
    const inSync = (id: unknown) =>
      typeof id === 'string' ? world.people.get(id)?.activeCampaignId : undefined
    const person = parent == null ? (inSync(customer) ?? inSync(lead)) : inSync(parent)
    if (!held.includes(`contact:${contactRelationship}`)) {
      expect(activeCampaign.fields[contactRelationship]).toBe(person)
    }
  }
}

test('histories keep the laws', { timeout: patienceMs }, () => {
  fc.assert(
    fc.property(opportunityHistory, (history) => {
      const world = history.world()
      const created = new Set<string>()
      let { first: definition } = history
      expectAgreement(world, definition, settle(world, definition, history, created))
      for (const events of history.rounds) {
        for (const event of events) happen(world, event)
        // Nobody remembers any more that a record was deleted.
        if (events.some(([what]) => what === 'lose-state')) created.clear()
        definition = history.later
        expectAgreement(world, definition, settle(world, definition, history, created))
        const writes = world.writes.length
        expect(planOnce(world, definition, history).actions).toEqual([])
        expect(world.writes.length).toBe(writes)
      }
    }),
    campaign(3_000),
  )
})

test('what was not edited is not written', { timeout: patienceMs }, () => {
  fc.assert(
    fc.property(opportunityHistory, fc.nat(3), (history, which) => {
      const world = history.world()
      settle(world, history.first, history, new Set())
      const untouched = world.records.get(`o${which}`)
      const others = history.rounds.flat().filter(([what, id]) => what.startsWith('edit') && id !== which)
      const before = world.writes.length
      for (const event of others) happen(world, event)
      settle(world, history.first, history, new Set())
      expect(world.records.get(`o${which}`)).toEqual(untouched)
      expect(world.writes.slice(before)).not.toContain(`o${which}`)
    }),
    campaign(1_000),
  )
})

test('a plan from a lost base overwrites nothing', { timeout: patienceMs }, () => {
  fc.assert(
    fc.property(opportunityHistory, (history) => {
      const world = history.world()
      settle(world, history.first, history, new Set())
      for (const event of history.rounds.flat()) happen(world, event)
      world.links.clear()
      const plan = planBatch(opportunityInput(world, history.first, { firstLink: 'hold' }))
      const overwritten = plan.actions.flatMap(({ kind, changes }) =>
        kind === 'update-active-campaign-record'
          ? changes.filter(({ before }) => before !== null && before !== '')
          : [],
      )
      expect(overwritten).toEqual([])
    }),
    campaign(1_000),
  )
})

test('inverting restores', { timeout: patienceMs }, () => {
  fc.assert(
    fc.property(opportunityHistory, (history) => {
      const world = history.world()
      settle(world, history.first, history, new Set())
      for (const event of history.rounds.flat()) happen(world, event)
      const plan = planOnce(world, history.first, history)
      applyOpportunities(world, plan)
      applyOpportunities(world, invertPlan(plan))
      for (const { kind, activeCampaignId, changes } of plan.actions) {
        if (kind !== 'update-active-campaign-record') continue
        for (const { field, before } of changes) {
          if (field === contactRelationship && before === null) continue
          expect(world.records.get(activeCampaignId)?.[field] ?? null).toEqual(before)
        }
      }
    }),
    campaign(1_000),
  )
})
