/**
 * Runs in the page. Entries are data until they come near the screen: a hundred are built at a time, with `textContent`
 * only, so that no text of a record can become markup. Filters look at the data, and never wait for the screen.
 */
export const pageScript = `
'use strict'
const { entries, groups, columns } = JSON.parse(document.getElementById('plan').textContent)
const bar = document.getElementById('bar')
const form = document.getElementById('filter')
const list = document.getElementById('entries')
const more = document.getElementById('more')
const shown = document.getElementById('shown')
const step = 100

const node = (name, attributes = {}, ...children) => {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}
// Roles are spelt out: a table that narrow screens lay out as blocks loses its own.
const table = (names, rows) => node('table', { role: 'table' },
  node('thead', { role: 'rowgroup' }, node('tr', { role: 'row' },
    ...names.map((name) => node('th', { role: 'columnheader', scope: 'col' }, name)))),
  node('tbody', { role: 'rowgroup' }, ...rows.map(([field, ...cells]) => node('tr', { role: 'row' },
    node('th', { role: 'rowheader', scope: 'row' }, field),
    ...cells.map((text, index) => {
      const name = names[index + 1]
      const prose = name === 'why' || name === 'outcome'
      return node('td', { role: 'cell', class: name.split(' ')[0], 'data-label': name }, prose ? node('span', {}, text) : node('code', {}, text))
    })))))
const article = (entry) => node('article', { class: entry.group },
  node('h3', {},
    node('span', { class: 'badge' }, node('span', { 'aria-hidden': 'true' }, entry.sign + ' '), entry.verb),
    node('span', {}, entry.title), node('span', { class: 'entity' }, entry.entity)),
  node('p', { class: 'ids' }, entry.ids),
  ...entry.notes.map((note) => node('p', {}, note)),
  ...(entry.rows.length > 0 ? [table(columns[entry.columns], entry.rows)] : []),
  ...entry.lists.flatMap(({ heading, items }) => {
    const all = node('ul', {}, ...items.map((item) => node('li', {}, item)))
    return items.length > 6
      ? [node('details', {}, node('summary', {}, heading + ' (' + items.length + ')'), all)]
      : [node('h4', {}, heading), all]
  }))

let wanted = entries
let built = 0
let section
const build = (count) => {
  for (const entry of wanted.slice(built, built + count)) {
    if (section?.dataset.group !== entry.group) {
      const total = wanted.filter(({ group }) => group === entry.group).length
      const id = 'group-' + entry.group
      section = node('section', { 'data-group': entry.group, 'aria-labelledby': id },
        node('h2', { id }, groups[entry.group] + ' (' + total.toLocaleString('en') + ')'), node('ol', { role: 'list' }))
      list.append(section)
    }
    section.lastChild.append(node('li', {}, article(entry)))
  }
  built = Math.min(wanted.length, built + count)
  more.hidden = built === wanted.length
  more.textContent = 'Show ' + Math.min(step, wanted.length - built) + ' more of ' + (wanted.length - built).toLocaleString('en')
}

const textOf = ({ verb, entity, title, ids, notes, rows, lists }) =>
  [verb, entity, title, ids, ...notes, ...rows.flat(), ...lists.flatMap(({ items }) => items)].join('\\n').toLowerCase()
let texts
const apply = () => {
  const { group, entity, kind, field, text } = Object.fromEntries(new FormData(form))
  const words = text.trim().toLowerCase()
  if (words) texts ??= entries.map(textOf)
  wanted = entries.filter((entry, index) =>
    (!group || entry.group === group) && (!entity || entry.entity === entity) && (!kind || entry.kind === kind) &&
    (!field || entry.fields.includes(field)) && (!words || texts[index].includes(words)))
  built = 0
  section = undefined
  list.replaceChildren()
  build(step)
  shown.textContent = wanted.length === entries.length
    ? 'All ' + entries.length.toLocaleString('en') + ' entries'
    : wanted.length.toLocaleString('en') + ' of ' + entries.length.toLocaleString('en') + ' entries match'
}

let timer
form.addEventListener('input', (event) => {
  clearTimeout(timer)
  timer = setTimeout(apply, event.target.type === 'search' ? 80 : 0)
})
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('reset', () => { clearTimeout(timer); timer = setTimeout(apply) })
more.addEventListener('click', () => {
  const last = list.querySelector('section:last-of-type li:last-of-type h3')
  build(step)
  // The keyboard stays where reading goes on.
  last.tabIndex = -1
  last.focus()
})
new IntersectionObserver(([{ isIntersecting }]) => { if (isIntersecting && !more.hidden) build(step) }, { rootMargin: '1500px' }).observe(more)
addEventListener('beforeprint', () => build(wanted.length))
// What gets the focus stops below the bar, however high its tiles make it.
new ResizeObserver(() => {
  const covered = getComputedStyle(bar).position === 'sticky' ? bar.offsetHeight : 0
  document.documentElement.style.scrollPaddingTop = covered + 'px'
}).observe(bar)
bar.hidden = false
apply()
`
