import { escapeText, type Hold, type Skip } from '@dynacamp/core'
import type { Comparison } from './compare.ts'
import type { Run } from './runs.ts'
import { counted, table } from './table.ts'
import type { Calls } from './world.ts'

/** A demo from beginning to end. */
export interface DemoReport {
  readonly ok: boolean
  readonly problems: readonly string[]
  readonly comparison: Comparison
  readonly calls: Calls
  readonly holds: readonly Hold[]
  readonly skips: readonly Skip[]
}

const outcomeProblems = (runs: readonly Run[]): readonly string[] =>
  runs.flatMap(({ title, report }) =>
    (report?.outcomes ?? [])
      .filter(({ status }) => status !== 'done')
      .map(({ actionId, status, message }) => `${title}: ${actionId} ended ${status}: ${message}`),
  )

/** Draws the line under a demo: whatever is not as it should be is a problem. */
export const reportOf = (
  runs: readonly Run[],
  last: Run,
  comparison: Comparison,
  calls: Calls,
): DemoReport => {
  const { plan: lastPlan, writes } = last
  const { differences, dynamics, activeCampaign } = comparison
  const problems = [
    ...outcomeProblems(runs),
    ...(lastPlan.actions.length > 0 ? [`the last plan still has ${lastPlan.actions.length} actions`] : []),
    ...(writes > 0 ? [`the last run had nothing to do and wrote ${writes} times`] : []),
    ...differences.map(
      ({ entity, dynamicsId, activeCampaignId, field }) =>
        `${entity}: ${field} differs between ${dynamicsId} and ${activeCampaignId}`,
    ),
    ...dynamics.unaccounted.map((id) => `nobody knows what became of row ${id} of Dynamics 365`),
    ...activeCampaign.unaccounted.map((id) => `nobody knows what became of record ${id} of ActiveCampaign`),
  ]
  return {
    ok: problems.length === 0,
    problems,
    comparison,
    calls,
    holds: lastPlan.holds,
    skips: lastPlan.skips,
  }
}

/** So many names per reason; the page and the JSON have them all. */
const named = 3

const byReason = (title: string, entries: readonly (Hold | Skip)[]): readonly string[] => {
  const groups = Map.groupBy(entries, ({ reason }) => reason.message)
  return [...groups].map(([reason, group]) => {
    const names = [...new Set(group.map(({ title: name }) => escapeText(name)))]
    const more = names.length > named ? ` and ${names.length - named} more` : ''
    return `  ${title}: ${reason}\n    ${names.slice(0, named).join(', ')}${more}`
  })
}

/** The end of the demo: why each record that is not in sync is not, and a small table. */
export const reportText = ({ problems, comparison, holds, skips, calls }: DemoReport): string => {
  const { dynamics, activeCampaign, entities, optedOut } = comparison
  const row = (name: string, value: (account: typeof dynamics) => number) => [
    name,
    value(dynamics),
    value(activeCampaign),
  ]
  return [
    ...byReason('held', holds),
    ...byReason('skipped', skips),
    '',
    table([
      ['', 'Dynamics 365', 'ActiveCampaign'],
      row('in sync', (account) => account.synced - account.partly),
      row('in sync but for held fields', (account) => account.partly),
      row('held', (account) => account.held),
      row('skipped', (account) => account.skipped),
      row('all records', (account) => account.records),
      ...entities.map((of) => [`of these ${of.entity}`, of.dynamics.records, of.activeCampaign.records]),
      ['on a list, and opted out', optedOut.dynamics, optedOut.activeCampaign],
      ['API calls', calls.dynamics, calls.activeCampaign],
    ]),
    '',
    ...problems.map((problem) => `  PROBLEM: ${problem}`),
    problems.length === 0
      ? '  Nobody is there twice. Both sides agree on every mapped field and on who opted out, but for what is held.'
      : `  ${counted(problems.length, 'problem')}.`,
  ].join('\n')
}
