import fc from 'fast-check'
import { expect } from 'vitest'
import { type Action, invertPlan, type Plan, type PlanInput, planBatch } from '../../src/index.ts'
import { applyPlan } from './apply-plan.ts'
import { expectNothingComesBack, type Graves, mournIn } from './graves.ts'
import type { History } from './history.ts'
import {
  expectAgreement,
  expectBeforeIsTrue,
  expectConsentAgrees,
  expectConsentRespected,
  expectDeletesDeclared,
  expectDeletesNamed,
  expectDirectionKept,
  expectEveryRecordCounted,
  expectHonestBase,
  expectNothingLost,
  expectNoWrongPair,
  expectOneLinkPerContact,
  expectSameBytesInAnyOrder,
  expectTagsDeclared,
} from './laws.ts'
import { inputOf, planTables } from './plan-world.ts'
import { editLater, mergeRows, restoreRows } from './what-people-do.ts'
import { putContact, putRow, tableOf, tablesOf, type World } from './world.ts'

/** What the laws look at: the planner, or one with a defect that is built in on purpose. */
export type Planner = (input: PlanInput) => Plan

/** One history on its way through the laws. */
interface Trial {
  readonly planner: Planner
  readonly history: History
  readonly world: World
  /** Ids of all actions that created something. */
  readonly created: Set<string>
  readonly graves: Graves
}

const trialOf = (planner: Planner, history: History): Trial => ({
  ...{ planner, history, world: history.world() },
  ...{ created: new Set(), graves: { rows: new Set(), contacts: new Set() } },
})

/** Plans each table of the world, and looks at each plan. */
const planOnce = ({ planner, history, world, graves }: Trial): Plan => {
  mournIn(graves, world)
  return planTables(world, (table, planned) => {
    const input = inputOf(world, history.definition, history.settings, planned, table)
    const plan = planner(input)
    expectSameBytesInAnyOrder(planner, input, plan)
    expectEveryRecordCounted(input, plan)
    expectNothingLost(input, plan)
    expectDeletesNamed(input, plan)
    expectBeforeIsTrue(table, plan)
    expectHonestBase(input, plan.actions)
    expectConsentRespected(input, plan)
    expectDeletesDeclared(input, plan)
    expectDirectionKept(input, plan)
    expectNothingComesBack(graves, plan)
    expectNoWrongPair(input, plan)
    expectTagsDeclared(input, plan)
    return plan
  })
}

const countCreations = ({ created }: Trial, actions: readonly Action[]): void => {
  for (const { kind, id } of actions) {
    if (!kind.startsWith('create-')) continue
    expect(created.has(id), `${id} a second time`).toBe(false)
    created.add(id)
  }
}

/** Plans and applies until nothing is left; gives the last plan. */
const settle = (trial: Trial): Plan => {
  const { world, history } = trial
  let plan = planOnce(trial)
  let held = plan.holds.length > 0
  let leaves = false
  for (let round = 1; plan.actions.length > 0; round += 1) {
    countCreations(trial, plan.actions)
    // A delete leaves a link to nothing, which one more round forgets; who gives way to the other table leaves a contact to it.
    leaves ||= plan.actions.some(
      ({ kind }) => kind.startsWith('delete-') || (kind === 'unlink-records' && world.leads !== undefined),
    )
    applyPlan(world, plan)
    plan = planOnce(trial)
    // What is held may be let go by an action of this round, such as an e-mail that another contact gives up.
    held ||= plan.holds.length > 0
    if (plan.actions.length > 0 && !leaves) expect(round, 'rounds').toBeLessThan(held ? 6 : 2)
    expect(round, 'rounds').toBeLessThan(7)
  }
  for (const table of tablesOf(world)) {
    const end = inputOf(world, history.definition, history.settings, [], table)
    expectAgreement(end, plan)
    expectConsentAgrees(end, plan)
  }
  return plan
}

/**
 * Both services hand everything out again, with new versions, and with the times of our own writes. Where a conflict is
 * still open the times stay: a newer one is a reason to decide it.
 */
const readBack = (world: World, quiet: boolean): void => {
  for (const table of tablesOf(world)) {
    for (const { id, fields, etag: _, ...more } of [...table.rows.values()]) {
      putRow(table, id, { ...fields }, { ...more, ...(quiet && { modifiedOn: '2027-01-01T00:00:00Z' }) })
    }
    for (const { id, fields, ...more } of [...table.contacts.values()]) {
      putContact(table, id, { ...fields }, { ...more, ...(quiet && { updatedOn: '2027-01-02T00:00:00Z' }) })
    }
  }
}

/** Syncs, reads its own writes back, and syncs again after each thing that people do. */
export const keepsLaws =
  (planner: Planner = planBatch) =>
  (history: History): void => {
    const trial = trialOf(planner, history)
    const { world, graves } = trial
    const last = settle(trial)
    readBack(world, last.conflicts.length === 0 && last.holds.length === 0)
    expect(planOnce(trial).actions, 'echo').toEqual([])
    mergeRows(world, history.merges)
    expectOneLinkPerContact(world, settle(trial))
    restoreRows(world, history.restores, graves)
    editLater(world, history.later)
    const end = settle(trial)
    // A contact whose lead took over while it was deleted shares its person with the lead once it is restored.
    if (world.leads === undefined || history.restores.length === 0) expectOneLinkPerContact(world, end)
  }

/** Plans once after the state was lost, and says what it would overwrite: nothing. */
export const overwritesNothing =
  (planner: Planner = planBatch) =>
  (history: History): void => {
    const world = history.world()
    for (const { links } of tablesOf(world)) {
      for (const link of links.values()) {
        links.set(link.id, { ...link, base: { dynamics: {}, activeCampaign: {} } })
      }
    }
    const settings = { firstLink: 'hold' as const }
    const plan = planTables(world, (table, planned) =>
      planner(inputOf(world, history.definition, settings, planned, table)),
    )
    const overwritten = plan.actions.flatMap(({ changes }) =>
      changes.filter(({ key, before }) => key !== 'opt-out' && before !== null && before !== ''),
    )
    expect(overwritten, 'overwritten').toEqual([])
  }

/** What an action writes to, as it is now. */
const nowOf = (world: World, action: Action) => {
  const { rows, contacts } = tableOf(world, action.entity)
  return action.kind === 'update-dynamics-record'
    ? rows.get(action.dynamicsId)?.fields
    : contacts.get(action.activeCampaignId ?? '')?.fields
}

/** Overwrites what an undo can bring back: not where the plan made the contact or the account itself. */
const isUndone = (action: Action): boolean =>
  action.kind.startsWith('update-') ||
  (action.kind === 'set-active-campaign-account' &&
    action.activeCampaignId !== null &&
    action.account?.activeCampaignId !== null)

/** Applies a plan and its inverse: all that was overwritten is back, and the next plan does not write it again. */
export const restores =
  (invert: typeof invertPlan = invertPlan) =>
  (history: History): void => {
    const trial = trialOf(planBatch, history)
    const { world } = trial
    const plan = planOnce(trial)
    // Both services take people out of an account that is deleted, and nobody brings that back.
    fc.pre(world.accounts === undefined || !plan.actions.some(({ kind }) => kind.startsWith('delete-')))
    applyPlan(world, plan)
    applyPlan(world, invert(plan))
    const written = plan.actions.filter(isUndone)
    for (const action of written) {
      const now = nowOf(world, action)
      for (const { key, field, before } of action.changes) {
        if (key !== 'opt-out') expect(now?.[field] ?? null, 'brought back').toEqual(before)
      }
    }
    const keys = new Set(
      written.flatMap(({ id, changes }) =>
        changes.flatMap(({ key }) => (key === 'opt-out' ? [] : `${id} ${key}`)),
      ),
    )
    const again = planOnce(trial).actions.flatMap(({ id, changes }) =>
      changes.map(({ key }) => `${id} ${key}`).filter((key) => keys.has(key)),
    )
    expect(again, 'written again').toEqual([])
  }
