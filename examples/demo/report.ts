import { escapeText, type Hold, type Plan, type Skip } from '@dynacamp/core'
import type { ApplyReport } from '@dynacamp/engine'
import type { Comparison } from './compare.ts'
import { counted, table } from './table.ts'
import type { Calls } from './world.ts'

/** One plan, what came of it, and what it cost. */
export interface Run {
  readonly title: string
  readonly plan: Plan
  readonly report: ApplyReport
  readonly calls: Calls
}

/** A demo from beginning to end. */
export interface DemoReport {
  readonly ok: boolean
  readonly problems: readonly string[]
  readonly comparison: Comparison
  /** Actions applied, by the service they wrote to. Links that were only remembered are in neither. */
  readonly actions: Calls
  readonly calls: Calls
  readonly holds: readonly Hold[]
  readonly skips: readonly Skip[]
}

const outcomeProblems = (runs: readonly Run[]): readonly string[] =>
  runs.flatMap(({ title, report }) =>
    report.outcomes
      .filter(({ status }) => status !== 'done')
      .map(({ actionId, status, message }) => `${title}: ${actionId} ended ${status}: ${message}`),
  )

const countActions = (runs: readonly Run[]): Calls => {
  const done = runs.flatMap(({ report }) => report.outcomes).filter(({ status }) => status === 'done')
  return {
    dynamics: done.filter(({ kind }) => kind.endsWith('-dynamics-record')).length,
    activeCampaign: done.filter(({ kind }) => kind.includes('-active-campaign-')).length,
  }
}

/** Draws the line under a demo: whatever is not as it should be is a problem. */
export const reportOf = (
  runs: readonly Run[],
  lastPlan: Plan,
  comparison: Comparison,
  calls: Calls,
): DemoReport => {
  const { differences, dynamics, activeCampaign } = comparison
  const problems = [
    ...outcomeProblems(runs),
    ...(lastPlan.actions.length > 0 ? [`the last plan still has ${lastPlan.actions.length} actions`] : []),
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
    actions: countActions(runs),
    calls,
    holds: lastPlan.holds,
    skips: lastPlan.skips,
  }
}

const byReason = (title: string, entries: readonly (Hold | Skip)[]): readonly string[] => {
  const groups = Map.groupBy(entries, (entry) =>
    'field' in entry && entry.field !== null
      ? `${entry.field}: ${entry.reason.message}`
      : entry.reason.message,
  )
  return [...groups].flatMap(([reason, group]) => [
    `  ${title}: ${reason}`,
    ...group.map(
      ({ title: name, dynamicsId, activeCampaignId }) =>
        `    ${escapeText(name)} (${dynamicsId ?? activeCampaignId})`,
    ),
  ])
}

/** The end of the demo: why each record that is not in sync is not, and a small table. */
export const reportText = ({ problems, comparison, holds, skips, actions, calls }: DemoReport): string => {
  const { dynamics, activeCampaign, entities } = comparison
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
      ['actions applied', actions.dynamics, actions.activeCampaign],
      ['API calls', calls.dynamics, calls.activeCampaign],
    ]),
    '',
    ...problems.map((problem) => `  PROBLEM: ${problem}`),
    problems.length === 0
      ? '  Both sides agree on every mapped field of every record that is in sync, but for the fields that are held.'
      : `  ${counted(problems.length, 'problem')}.`,
  ].join('\n')
}
