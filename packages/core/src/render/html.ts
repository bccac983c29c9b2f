import type { Action } from '../actions/action.ts'
import type { FieldChange } from '../model/field-change.ts'
import type { Conflict, Hold, Skip, Subject } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import { escapeHtml } from './escape-html.ts'
import { htmlScript, htmlStyle } from './html-assets.ts'
import { showValue, summaryOf, symbolOf, verbOf, winnerOf } from './words.ts'

const value = (raw: Parameters<typeof showValue>[0], sensitive: boolean): string =>
  `<code>${escapeHtml(showValue(raw, sensitive))}</code>`

/** One entry of the list; `data-` attributes are what the filters look at. */
const entry = (
  subject: Subject,
  kind: string,
  fields: readonly string[],
  heading: string,
  body: string,
): string =>
  `<article data-entity="${subject.entity}" data-kind="${kind}" data-fields="${escapeHtml(fields.join(' '))}">` +
  `<h3>${heading} <span>${subject.entity}</span> ${escapeHtml(subject.title)}</h3>${body}</article>`

const changeRow = ({ field, before, after, sensitive, reason }: FieldChange): string =>
  `<tr><th scope="row">${escapeHtml(field)}</th><td>${value(before, sensitive)}</td>` +
  `<td>${value(after, sensitive)}</td><td>${escapeHtml(reason.message)}</td></tr>`

const changeTable = (changes: readonly FieldChange[]): string =>
  changes.length === 0
    ? ''
    : '<table><thead><tr><th scope="col">field</th><th scope="col">before</th><th scope="col">after</th>' +
      `<th scope="col">why</th></tr></thead><tbody>${changes.map(changeRow).join('')}</tbody></table>`

const actionEntry = (action: Action): string => {
  const symbol = symbolOf(action)
  const heading = `<b class="sign" aria-hidden="true">${symbol}</b> ${escapeHtml(verbOf(action))}:`
  const fields = action.changes.map(({ field }) => field)
  return entry(
    action,
    action.kind,
    fields,
    heading,
    `<p>${escapeHtml(action.because)}</p>${changeTable(action.changes)}`,
  )
}

const holdEntry = (hold: Hold): string => {
  const candidates = hold.candidates.map(
    ({ side, entity, id, title }) =>
      `<li>${side === 'dynamics' ? 'Dynamics 365' : 'ActiveCampaign'}: ${entity} ${escapeHtml(title)} (${escapeHtml(id)})</li>`,
  )
  const ways = hold.resolve.map((way) => `<li>${escapeHtml(way)}</li>`)
  const field = hold.field === null ? '' : `<p>Field ${escapeHtml(hold.field)}</p>`
  const body =
    `${field}<p>${escapeHtml(hold.reason.message)}</p>` +
    (candidates.length > 0 ? `<p>Also has the key:</p><ul>${candidates.join('')}</ul>` : '') +
    `<p>What helps:</p><ul>${ways.join('')}</ul>`
  return entry(hold, 'held', hold.field === null ? [] : [hold.field], '<b class="sign">!</b> held:', body)
}

const conflictEntry = (conflict: Conflict): string => {
  const { base, dynamics, activeCampaign, sensitive, field, reason } = conflict
  const was = base === null ? 'never in sync' : value(base.dynamics, sensitive)
  const body =
    '<table><thead><tr><th scope="col">field</th><th scope="col">was</th><th scope="col">Dynamics 365</th>' +
    '<th scope="col">ActiveCampaign</th><th scope="col">outcome</th></tr></thead>' +
    `<tbody><tr><th scope="row">${escapeHtml(field)}</th><td>${was}</td><td>${value(dynamics, sensitive)}</td>` +
    `<td>${value(activeCampaign, sensitive)}</td><td>${winnerOf(conflict)}. ${escapeHtml(reason.message)}</td></tr></tbody></table>`
  return entry(conflict, 'conflict', [field], '<b class="sign">!</b> conflict:', body)
}

const skipEntry = (skip: Skip): string =>
  entry(skip, 'skipped', [], 'skipped:', `<p>${escapeHtml(skip.reason.message)}</p>`)

const options = (values: readonly string[]): string =>
  ['<option value="">all</option>', ...values.map((name) => `<option>${escapeHtml(name)}</option>`)].join('')

const kindsOf = (plan: Plan): readonly string[] => [
  ...(plan.holds.length > 0 ? ['held'] : []),
  ...(plan.conflicts.length > 0 ? ['conflict'] : []),
  ...new Set(plan.actions.map(({ kind }) => kind)),
  ...(plan.skips.length > 0 ? ['skipped'] : []),
]

const fieldsOf = (plan: Plan): readonly string[] => [
  ...new Set(plan.actions.flatMap(({ changes }) => changes.map(({ field }) => field))),
]

const section = (title: string, entries: readonly string[]): string =>
  entries.length === 0 ? '' : `<section><h2>${title} (${entries.length})</h2>${entries.join('\n')}</section>`

/**
 * One page that needs nothing but itself: no network, no font, no tracker. Entries off the screen are not laid out
 * (`content-visibility`), so that ten thousand of them scroll; filters work without a rebuild.
 */
export const renderHtml = (plan: Plan): string => {
  const guards = plan.guards
    .filter(({ tripped }) => tripped)
    .map(({ message }) => `<p class="stop" role="alert">Stopped: ${escapeHtml(message)}</p>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>Plan ${plan.id.slice(0, 12)}</title>
<style>${htmlStyle}</style>
</head>
<body>
<header>
<h1>Plan</h1>
${summaryOf(plan)
  .map((sentence) => `<p>${escapeHtml(sentence)}</p>`)
  .join('\n')}
${guards.join('\n')}
<form id="filter" role="search" aria-label="Filter the plan">
<label>entity <select name="entity">${options(plan.entities)}</select></label>
<label>kind <select name="kind">${options(kindsOf(plan))}</select></label>
<label>field <select name="field">${options(fieldsOf(plan))}</select></label>
<label>text <input name="text" type="search" autocomplete="off"></label>
<output id="shown" aria-live="polite"></output>
</form>
</header>
<main>
${section('Held: a person has to decide', plan.holds.map(holdEntry))}
${section('Conflicts', plan.conflicts.map(conflictEntry))}
${section('Actions', plan.actions.map(actionEntry))}
${section('Skipped', plan.skips.map(skipEntry))}
${plan.actions.length === 0 ? '<p>Nothing to do.</p>' : ''}
</main>
<script>${htmlScript}</script>
</body>
</html>
`
}
