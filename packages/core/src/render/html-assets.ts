/** The page's whole style: system fonts, both colour schemes, contrast above 4.5 to 1. */
export const htmlStyle = `
:root { color-scheme: light dark; --line: light-dark(#d0d4da, #3a4048); --soft: light-dark(#f4f6f8, #1c2127);
  --text: light-dark(#16191d, #e8eaed); --back: light-dark(#ffffff, #121519); --warn: light-dark(#8a3d00, #ffb877); }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--text); background: var(--back); }
header { position: sticky; top: 0; background: var(--back); border-bottom: 1px solid var(--line); z-index: 1; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.15rem; } h3 { font-size: 1rem; margin: 0; }
h3 span { font-weight: normal; } header p { margin: 0.2rem 0; }
form { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; padding: 0.5rem 0; }
select, input { font: inherit; max-width: 14rem; }
article { border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.5rem 0.8rem; margin: 0.5rem 0;
  content-visibility: auto; contain-intrinsic-size: auto 7rem; overflow-wrap: anywhere; }
article[data-kind=held], article[data-kind=conflict] { border-left: 0.3rem solid var(--warn); }
article[hidden] { display: none; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 0.15rem 0.6rem 0.15rem 0; }
thead th { font-weight: normal; } .sign { font-family: ui-monospace, monospace; }
code { background: var(--soft); padding: 0 0.25rem; } .stop { color: var(--warn); font-weight: bold; }
@media (max-width: 40rem) { header { position: static; } table, tbody, tr, td, th { display: block; } thead { display: none; } }
@media print { form { display: none; } header { position: static; } }
`

/** Shows and hides entries; everything it needs is in their attributes and text. */
export const htmlScript = `
const form = document.getElementById('filter')
const shown = document.getElementById('shown')
const entries = [...document.querySelectorAll('article')].map((node) => ({
  node, ...node.dataset, names: (node.dataset.fields || '').split(' '), text: node.textContent.toLowerCase() }))
const apply = () => {
  const { entity, kind, field, text } = Object.fromEntries(new FormData(form))
  const wanted = text.toLowerCase()
  let count = 0
  for (const entry of entries) {
    const show = (!entity || entry.entity === entity) && (!kind || entry.kind === kind) &&
      (!field || entry.names.includes(field)) && (!wanted || entry.text.includes(wanted))
    if (entry.node.hidden === show) entry.node.hidden = !show
    if (show) count += 1
  }
  shown.textContent = count + ' of ' + entries.length + ' shown'
}
let timer
form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(apply, 80) })
form.addEventListener('submit', (event) => event.preventDefault())
apply()
`
