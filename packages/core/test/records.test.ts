/** A batch is no more than its records: what becomes of one does not depend on which others are planned with it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDeleted, mergePlans, planBatch, type RecordInput } from '../src/index.ts'
import { batchesOf, everybody } from './kit/batches-of.ts'
import { campaign, patienceMs } from './kit/campaign.ts'

/** What is gone and was never linked leaves nothing to say. */
const isThere = ({ link, dynamics, activeCampaign }: RecordInput): boolean =>
  link !== undefined ||
  [dynamics, activeCampaign].some((record) => record !== undefined && !isDeleted(record))

test('law: each record says by itself what becomes of it, and together that is the plan of the batch', {
  timeout: patienceMs,
}, () => {
  fc.assert(
    fc.property(everybody, (history) => {
      for (const input of batchesOf(history)) {
        const plans = input.records.map((record) => planBatch({ ...input, records: [record] }))
        for (const [index, record] of input.records.entries()) {
          if (isThere(record)) expect(plans[index]?.counts.records).toBeGreaterThan(0)
        }
        if (plans.length > 0) expect(mergePlans(plans)).toEqual(planBatch(input))
      }
    }),
    campaign(100),
  )
})
