/** Who else has a key: the batch itself knows its part, and the plan asks for the rest, and does nothing on a guess. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidates, type Plan, type PlanInput, planBatch } from '../src/index.ts'
import { applyPlan } from './kit/apply-plan.ts'
import { campaign, patienceMs } from './kit/campaign.ts'
import { companyHistory } from './kit/company-history.ts'
import { editLater, type History, history, mergeRows } from './kit/history.ts'
import { leadHistory } from './kit/lead-history.ts'
import { inputOf, planWorld } from './kit/plan-world.ts'
import { tablesOf } from './kit/world.ts'

const everybody = fc.oneof(history, leadHistory, companyHistory)

/** The batches of a history: at first, and once everything was in sync and people merged and edited records. */
const batchesOf = ({
  world: arrange,
  definition,
  settings,
  merges,
  later,
}: History): readonly PlanInput[] => {
  const world = arrange()
  const batches = () => tablesOf(world).map((table) => inputOf(world, definition, settings, [], table))
  const first = batches()
  for (let round = 0; round < 3; round += 1) applyPlan(world, planWorld(world, definition, settings))
  mergeRows(world, merges)
  editLater(world, later)
  return [...first, ...batches()]
}

/** The same candidates without the unlinked records of the batch itself. */
const withoutOwn = ({ candidates, entity }: PlanInput): Candidates =>
  Object.fromEntries(
    Object.entries(candidates).map(([key, { dynamics, activeCampaign }]) => [
      key,
      {
        dynamics: dynamics.filter((row) => row.link !== undefined || row.entity !== entity),
        activeCampaign: activeCampaign.filter(({ link }) => link !== undefined),
      },
    ]),
  )

test('who is unlinked in the batch itself need not be among the candidates', { timeout: patienceMs }, () => {
  fc.assert(
    fc.property(everybody, (history) => {
      for (const input of batchesOf(history)) {
        expect(planBatch({ ...input, candidates: withoutOwn(input) })).toEqual(planBatch(input))
      }
    }),
    campaign(200),
  )
})

const idsOf = ({ actions }: Plan): string[] => actions.map(({ id }) => id)

test('a plan asks for the holders of keys until it is the plan of somebody who knows them all', {
  timeout: patienceMs,
}, () => {
  fc.assert(
    fc.property(everybody, (history) => {
      for (const input of batchesOf(history)) {
        const whole = planBatch(input)
        const known = new Map<string, Candidates[string]>()
        const plan = () => planBatch({ ...input, candidates: Object.fromEntries(known) })
        const missing = () => plan().needs.flatMap((need) => (need.kind === 'key-holders' ? [need.key] : []))
        for (let keys = missing(); keys.length > 0; keys = missing()) {
          const before = plan()
          for (const key of keys) {
            expect(known.has(key), `${key} is asked for twice`).toBe(false)
            known.set(key, input.candidates[key] ?? { dynamics: [], activeCampaign: [] })
          }
          expect(idsOf(whole)).toEqual(expect.arrayContaining(idsOf(before)))
        }
        expect(plan()).toEqual(whole)
      }
    }),
    campaign(200),
  )
})
