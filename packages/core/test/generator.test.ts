/** A generator that never reaches a rule proves nothing about it: what the histories of the law tests must come by. */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { patienceMs } from './kit/campaign.ts'
import { companyHistory } from './kit/company-history.ts'
import { history } from './kit/history.ts'
import { leadHistory } from './kit/lead-history.ts'
import { planWorld } from './kit/plan-world.ts'
import { mergeRows } from './kit/what-people-do.ts'

const reached = new Set<string>()

beforeAll(() => {
  const histories = [
    ...fc.sample(history, { numRuns: 2_000, seed: 1 }),
    ...fc.sample(leadHistory, { numRuns: 1_000, seed: 1 }),
    ...fc.sample(companyHistory, { numRuns: 1_000, seed: 1 }),
  ]
  const plans = histories.flatMap(({ world, definition, settings, merges }) => {
    const [before, merged] = [world(), world()]
    mergeRows(merged, merges)
    const states = merges.length === 0 ? [before] : [before, merged]
    return states.map((state) => planWorld(state, definition, settings))
  })
  for (const plan of plans) {
    for (const action of plan.actions) {
      reached.add(action.kind)
      for (const { reason } of action.changes) reached.add(reason.code)
    }
    for (const { reason } of plan.skips) reached.add(`skip ${reason.code}`)
    for (const { reason, field } of plan.holds) {
      reached.add(`hold ${field === null ? 'record' : 'field'} ${reason.code}`)
    }
    for (const { winner } of plan.conflicts) reached.add(`conflict ${winner}`)
  }
}, patienceMs)

test.each([
  'create-active-campaign-account',
  'update-active-campaign-account',
  'delete-active-campaign-account',
  'set-active-campaign-account',
  'hold field reference-not-in-sync',
  'hold field reference-other-table',
  'move-link',
  'add-active-campaign-tags',
  'create-active-campaign-contact',
  'create-dynamics-record',
  'link-records',
  'unlink-records',
  'update-active-campaign-contact',
  'update-dynamics-record',
  'changed-in-active-campaign',
  'changed-in-dynamics',
  'conflict-active-campaign-wins',
  'conflict-dynamics-wins',
  'conflict-most-recent-wins',
  'conflict-resolved-by-hand',
  'created',
  'fills-blank',
  'source-owns-field',
  'opt-out-wins',
  'unsubscribe-active-campaign-contact',
  'resubscribe-active-campaign-contact',
  'delete-active-campaign-contact',
  'deactivate-dynamics-record',
  'delete-dynamics-record',
  'hold record not-known-yet',
  'skip other-row-speaks',
  'conflict activeCampaign',
  'conflict dynamics',
  'conflict held',
  'hold field bad-value',
  'hold field conflict',
  'hold field first-link-differs',
  'hold field key-taken',
  'hold field shared-key',
  'hold record identity-differs',
  'hold record linked-elsewhere',
  'hold record malformed-key',
  'hold record several-contacts',
  'hold record shared-key',
  'skip deleted',
  'skip direction',
  'skip handed-over',
  'skip inactive',
  'skip left-scope',
  'skip no-match-key',
  'skip not-asked-for',
  'skip other-entity-speaks',
  'skip out-of-scope',
])('histories reach: %s', (what) => {
  expect([...reached]).toContain(what)
})
