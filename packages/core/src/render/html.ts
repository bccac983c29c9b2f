import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Plan } from '../model/plan.ts'
import { escapeHtml } from './escape-html.ts'
import { type PageEntry, type PageGroup, pageColumns, pageEntries, pageGroups } from './page-entries.ts'
import { pageScript } from './page-script.ts'
import { staticEntries } from './page-static.ts'
import { pageStyle } from './page-style.ts'
import { summaryOf } from './summary.ts'

/** A source for the page's Content-Security-Policy: this very text, and no other. */
const cspHash = (text: string): string =>
  `'sha256-${btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))}'`

/** JSON inside a script element: nothing in it can end the element or open a comment. */
const embedJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const counted = (count: number): string => count.toLocaleString('en')

const tile = (value: string, label: string, count: number): string =>
  `<label class="tile ${value}"><input type="radio" name="group" value="${value}"${value === '' ? ' checked' : ''}>` +
  `${label} <b>${counted(count)}</b></label>`

const tileLabels: Readonly<Record<PageGroup, string>> = {
  held: 'Held',
  conflict: 'Conflicts',
  remove: 'Remove',
  create: 'Create',
  change: 'Change',
  remember: 'Remember',
  unknown: 'Not known yet',
  skipped: 'Skipped',
}

const tiles = (entries: readonly PageEntry[]): string => {
  const counts = Map.groupBy(entries, ({ group }) => group)
  const present = [...counts].map(([group, { length }]) => tile(group, tileLabels[group], length))
  return [tile('', 'All', entries.length), ...present].join('\n')
}

const select = (name: string, values: Iterable<string>): string => {
  const options = [...new Set(values)].map((value) => `<option>${escapeHtml(value)}</option>`)
  return `<label>${name} <select name="${name}"><option value="">all</option>${options.join('')}</select></label>`
}

const banner = (kind: 'stop' | 'warn', text: string): string => `<p class="banner ${kind}">${text}</p>`

const banners = ({ guards, holds, conflicts }: Plan): readonly string[] => {
  const stops = guards.filter(({ tripped }) => tripped)
  const decided = conflicts.filter(({ winner }) => winner !== 'held').length
  const rest = stops.length === 0 ? ' The rest does not wait.' : ''
  return [
    ...stops.map(({ message }) => banner('stop', `Stopped, nothing is written: ${escapeHtml(message)}`)),
    ...(holds.length === 0
      ? []
      : [banner('warn', `${counted(holds.length)} records or fields held: a person has to decide.${rest}`)]),
    ...(decided === 0
      ? []
      : [
          banner(
            'warn',
            `${counted(decided)} ${decided === 1 ? 'conflict' : 'conflicts'} decided by a policy: one of two values is lost.`,
          ),
        ]),
  ]
}

/**
 * One page that needs nothing but itself: no network, no font, no tracker. Its policy lets it run one script and one
 * style, by their hashes. The entries are data that the script builds as they come near the screen, so that ten
 * thousand open as fast as ten. Without script the first of them are there all the same.
 */
export const renderHtml = (plan: Plan): string => {
  const entries = pageEntries(plan)
  const policy = `default-src 'none'; style-src ${cspHash(pageStyle)}; script-src ${cspHash(pageScript)}; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Plan ${plan.id.slice(0, 12)}</title>
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#entries">Skip to the entries</a>
<header>
<h1>Plan</h1>
<p class="quiet">What would be written for ${escapeHtml(plan.entities.join(', '))}. Id ${plan.id.slice(0, 12)}.</p>
${banners(plan).join('\n')}
${summaryOf(plan)
  .map((sentence) => `<p>${escapeHtml(sentence)}</p>`)
  .join('\n')}
</header>
<search id="bar" hidden>
<form id="filter" aria-label="Filter the plan">
<fieldset><legend>group</legend>
${tiles(entries)}
</fieldset>
<div class="fields">
${select('entity', plan.entities)}
${select(
  'kind',
  entries.map(({ kind }) => kind),
)}
${select(
  'field',
  entries.flatMap(({ fields }) => fields),
)}
<label>text <input name="text" type="search" autocomplete="off"></label>
</div>
<output id="shown" aria-live="polite"></output>
</form>
</search>
<main>
${entries.length === 0 ? '<p>Nothing to do.</p>' : ''}
<div id="entries" tabindex="-1"><noscript>${staticEntries(entries)}</noscript></div>
<button id="more" type="button" hidden></button>
</main>
<script type="application/json" id="plan">${embedJson({ groups: pageGroups, columns: pageColumns, entries })}</script>
<script>${pageScript}</script>
</body>
</html>
`
}
