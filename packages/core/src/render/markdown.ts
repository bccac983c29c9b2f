import type { Action } from '../actions/action.ts'
import type { Conflict, Hold, Skip, Subject } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import { escapeText } from './escape.ts'
import { summaryOf } from './summary.ts'
import { needsOf, showAfter, showValue, symbolOf, verbOf, winnerOf } from './words.ts'

/** Text that Markdown takes literally: no markup, no HTML, no link, no end of a table cell. */
const escapeMarkdown = (text: string): string =>
  escapeText(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]()#+\-.!|~>@:]/g, '\\$&')

const value = (raw: Parameters<typeof showValue>[0], sensitive: boolean): string =>
  escapeMarkdown(showValue(raw, sensitive))

const nameOf = ({ entity, title }: Subject): string => `${entity} **${escapeMarkdown(title)}**`

const holdLines = (hold: Hold): readonly string[] => [
  `- ⚠️ ${nameOf(hold)}${hold.field === null ? '' : ` ${escapeMarkdown(hold.field)}`}: ${escapeMarkdown(hold.reason.message)}`,
  ...hold.candidates.map(
    ({ side, entity, id, title }) =>
      `  - ${side === 'dynamics' ? 'Dynamics 365' : 'ActiveCampaign'}: ${entity} ${escapeMarkdown(title)} (${escapeMarkdown(id)})`,
  ),
  ...hold.resolve.map((way) => `  - ⇒ ${escapeMarkdown(way)}`),
]

const conflictRow = (conflict: Conflict): string => {
  const { field, base, dynamics, activeCampaign, sensitive } = conflict
  const was = base === null ? 'never in sync' : value(base.dynamics, sensitive)
  return `| ${nameOf(conflict)} | ${escapeMarkdown(field)} | ${was} | ${value(dynamics, sensitive)} | ${value(activeCampaign, sensitive)} | ${winnerOf(conflict)} |`
}

const actionLines = (action: Action): readonly string[] => [
  `- \`${symbolOf(action)}\` ${nameOf(action)}: ${escapeMarkdown(verbOf(action))}. ${escapeMarkdown(action.because)}`,
  ...action.changes.map((change) => {
    const name = escapeMarkdown(change.field)
    const after = escapeMarkdown(showAfter(action, change))
    if (symbolOf(action) === '+') return `  - ${name}: ${after}`
    return `  - ${name}: ${value(change.before, change.sensitive)} → ${after} (${escapeMarkdown(change.reason.message)})`
  }),
]

const skipLine = (skip: Skip): string => `- ${nameOf(skip)}: ${escapeMarkdown(skip.reason.message)}`

const section = (title: string, lines: readonly string[], head: readonly string[] = []): readonly string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...head, ...lines]

/** The plan as Markdown, for a pull request or a ticket. */
export const renderMarkdown = (plan: Plan): string =>
  [
    '# Plan',
    '',
    ...summaryOf(plan),
    ...plan.guards
      .filter(({ tripped }) => tripped)
      .map(({ message }) => `\n**STOPPED, nothing is written: ${escapeMarkdown(message)}**`),
    ...section('Held: a person has to decide', plan.holds.flatMap(holdLines)),
    ...section('Conflicts', plan.conflicts.map(conflictRow), [
      '| record | field | was | Dynamics 365 | ActiveCampaign | outcome |',
      '| --- | --- | --- | --- | --- | --- |',
    ]),
    ...section('Actions', plan.actions.flatMap(actionLines)),
    ...section(
      'Not known yet: looked up, then planned again',
      needsOf(plan).map((need) => `- ${escapeMarkdown(need)}`),
    ),
    ...section('Skipped', plan.skips.map(skipLine)),
    ...(plan.actions.length + plan.needs.length === 0 ? ['', 'Nothing to do.'] : []),
    '',
  ].join('\n')
