/** No record is passed over in silence: each, also alone in its batch, is planned, unchanged, held or skipped. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDeleted, type PlanInput, planBatch, type RecordInput } from '../src/index.ts'
import { batchesOf, everybody } from './kit/batches-of.ts'
import { campaign, patienceMs } from './kit/campaign.ts'
import { scenarios } from './kit/scenarios/index.ts'
import { batchesOfScenario } from './kit/scenarios/plan-scenario.ts'

/** What is gone and was never linked leaves nothing to say. */
const isThere = ({ link, dynamics, activeCampaign }: RecordInput): boolean =>
  link !== undefined ||
  [dynamics, activeCampaign].some((record) => record !== undefined && !isDeleted(record))

const expectEachToBeCounted = (input: PlanInput): void => {
  for (const record of input.records.filter(isThere)) {
    expect(planBatch({ ...input, records: [record] }).counts.records).toBeGreaterThan(0)
  }
}

test.each(scenarios.map((row) => [row.situation, row] as const))('%s', (_, row) => {
  batchesOfScenario(row).forEach(expectEachToBeCounted)
})

test('in all histories', { timeout: patienceMs }, () => {
  fc.assert(
    fc.property(everybody, (history) => batchesOf(history).forEach(expectEachToBeCounted)),
    campaign(100),
  )
})
