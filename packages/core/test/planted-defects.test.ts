/** Tests the laws: a planner with a defect that is built in on purpose is noticed, and by the law that is there for it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patienceMs } from './kit/campaign.ts'
import { defects } from './kit/defects.ts'

test.each(Object.entries(defects))('%s', { timeout: patienceMs }, (_, { noticedBy, histories, law }) => {
  const { failed, errorInstance } = fc.check(fc.property(histories, law), {
    ...{ seed: 1, numRuns: 3_000, endOnFailure: true },
  })
  expect(failed).toBe(true)
  expect(errorInstance instanceof Error && errorInstance.stack).toMatch(noticedBy)
})
