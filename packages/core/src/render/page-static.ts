import { escapeHtml } from './escape-html.ts'
import { type PageEntry, type PageGroup, pageColumns, pageGroups } from './page-entries.ts'

/** Entries that a reader without script gets; the rest is counted. */
const shownWithoutScript = 200

const cell = (name: string, text: string): string => {
  const prose = name === 'why' || name === 'outcome'
  const element = prose ? 'span' : 'code'
  return `<td class="${name.split(' ')[0]}" data-label="${name}"><${element}>${escapeHtml(text)}</${element}></td>`
}

const table = ({ columns, rows }: PageEntry): string => {
  if (rows.length === 0) return ''
  const names: readonly string[] = pageColumns[columns]
  const head = names.map((name) => `<th scope="col">${name}</th>`).join('')
  const body = rows.map(([field = '', ...cells]) => {
    const tail = cells.map((text, index) => cell(names[index + 1] ?? '', text)).join('')
    return `<tr><th scope="row">${escapeHtml(field)}</th>${tail}</tr>`
  })
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
}

const article = (entry: PageEntry): string => {
  const { group, sign, verb, title, entity, ids, notes, lists } = entry
  const heading =
    `<span class="badge"><span aria-hidden="true">${escapeHtml(sign)} </span>${escapeHtml(verb)}</span>` +
    `<span>${escapeHtml(title)}</span><span class="entity">${escapeHtml(entity)}</span>`
  const listed = lists.map(
    ({ heading: name, items }) =>
      `<h4>${escapeHtml(name)}</h4><ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`,
  )
  return (
    `<li><article class="${group}"><h3>${heading}</h3><p class="ids">${escapeHtml(ids)}</p>` +
    `${notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('')}${table(entry)}${listed.join('')}</article></li>`
  )
}

const section = ([group, entries]: readonly [PageGroup, readonly PageEntry[]], total: number): string =>
  `<section><h2>${pageGroups[group]} (${total.toLocaleString('en')})</h2><ol>${entries.map(article).join('\n')}</ol></section>`

const howMany = (count: number): string =>
  count > shownWithoutScript
    ? `These are the first ${shownWithoutScript} of ${count.toLocaleString('en')} entries; the plan as Markdown has all of them.`
    : 'These are all entries of the plan.'

/** The entries as a reader without script sees them: the same, unfiltered, and as many as such a page bears. */
export const staticEntries = (entries: readonly PageEntry[]): string => {
  const totals = Map.groupBy(entries, ({ group }) => group)
  const shown = Map.groupBy(entries.slice(0, shownWithoutScript), ({ group }) => group)
  return [
    `<p class="banner warn">Without a script this page has no filter. ${howMany(entries.length)}</p>`,
    ...[...shown].map((each) => section(each, totals.get(each[0])?.length ?? 0)),
  ].join('\n')
}
