/** The page's whole style: system fonts, both colour schemes, contrast above 4.5 to 1. */
export const pageStyle = `
:root { color-scheme: light dark;
  --text: light-dark(#1a1d21, #e6e9ed); --quiet: light-dark(#5a626d, #9ba5b1);
  --back: light-dark(#f5f6f8, #0f1216); --card: light-dark(#ffffff, #181c22); --line: light-dark(#d9dde3, #2d343d);
  --focus: light-dark(#0b57d0, #8ab4f8);
  --stop: light-dark(#a50e0e, #ffa198); --stop-back: light-dark(#fdecea, #3a1715);
  --warn: light-dark(#8a4b00, #ffc46b); --warn-back: light-dark(#fff4e0, #33240d);
  --add: light-dark(#12652f, #7ee0a0); --add-back: light-dark(#e4f5ea, #12301d);
  --change: light-dark(#0b4fb3, #9cc2ff); --change-back: light-dark(#e6effd, #14263f);
  --was: light-dark(#8c1d18, #f5a9a3); --was-back: light-dark(#fceceb, #331917); }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
header, main { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.75rem; margin: 1.25rem 0 0.25rem; letter-spacing: -0.01em; }
h2 { font-size: 1.1rem; margin: 1.75rem 0 0.6rem; }
h3 { font-size: 1rem; margin: 0; display: flex; flex-wrap: wrap; gap: 0.15rem 0.6rem; align-items: baseline; }
p { margin: 0.35rem 0; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 0.5rem; z-index: 2; background: var(--card); }
.quiet, .ids { color: var(--quiet); font-size: 0.875rem; }
.banner { border: 1px solid; border-left-width: 0.4rem; border-radius: 0.5rem; padding: 0.6rem 1rem; margin: 0.75rem 0; font-weight: 600; }
.stop { color: var(--stop); background: var(--stop-back); } .warn { color: var(--warn); background: var(--warn-back); }
#bar { position: sticky; top: 0; z-index: 1; background: var(--back); border-bottom: 1px solid var(--line); margin-top: 1rem; }
form { max-width: 76rem; margin: 0 auto; padding: 0.6rem 1rem; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.4rem; }
legend, .away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.tile { display: inline-flex; gap: 0.4rem; align-items: center; min-height: 2.25rem; padding: 0 0.8rem; cursor: pointer;
  border: 1px solid var(--line); border-radius: 2rem; background: var(--card); font-size: 0.9rem; }
.tile input { position: absolute; opacity: 0; } .tile b { font-variant-numeric: tabular-nums; }
.tile:has(:checked) { background: var(--text); color: var(--back); border-color: var(--text); }
.tile:has(:focus-visible) { outline: 3px solid var(--focus); outline-offset: 2px; }
.tile.held:not(:has(:checked)), .tile.conflict:not(:has(:checked)) { color: var(--warn); background: var(--warn-back); border-color: currentColor; }
.tile.remove:not(:has(:checked)) { color: var(--stop); background: var(--stop-back); border-color: currentColor; }
.fields { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)) minmax(0, 2fr); gap: 0.6rem; margin-top: 0.6rem; }
.fields label { font-size: 0.8rem; color: var(--quiet); }
select, .fields input, button { font: inherit; width: 100%; min-height: 2.5rem; padding: 0 0.6rem; color: var(--text);
  background: var(--card); border: 1px solid var(--quiet); border-radius: 0.4rem; }
output { display: block; margin-top: 0.4rem; font-size: 0.875rem; color: var(--quiet); }
ol { list-style: none; margin: 0; padding: 0; }
article { background: var(--card); border: 1px solid var(--line); border-left: 0.35rem solid var(--quiet); border-radius: 0.5rem;
  padding: 0.7rem 1rem; margin: 0.6rem 0; overflow-wrap: anywhere; content-visibility: auto; contain-intrinsic-size: auto 9rem; }
.badge { font-size: 0.8rem; font-weight: 600; padding: 0.05rem 0.55rem; border-radius: 0.6rem; color: var(--quiet); background: var(--back); }
article.create { border-left-color: var(--add); } .create .badge { color: var(--add); background: var(--add-back); }
article.change { border-left-color: var(--change); } .change .badge { color: var(--change); background: var(--change-back); }
article.remove { border-left-color: var(--stop); } .remove .badge { color: var(--stop); background: var(--stop-back); }
article.unknown { border-left-style: dashed; }
article.held, article.conflict { border-color: var(--warn); }
.held .badge, .conflict .badge { color: var(--warn); background: var(--warn-back); }
.entity { color: var(--quiet); font-weight: normal; }
table { border-collapse: collapse; width: 100%; margin-top: 0.4rem; font-size: 0.9rem; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-top: 1px solid var(--line); }
thead th { border: 0; font-weight: normal; font-size: 0.8rem; color: var(--quiet); padding-bottom: 0.1rem; }
code { font: 0.85rem/1.5 ui-monospace, monospace; padding: 0.1rem 0.35rem; border-radius: 0.25rem; background: var(--back);
  white-space: pre-wrap; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
td.before code { color: var(--was); background: var(--was-back); } td.after code, td.value code { color: var(--add); background: var(--add-back); }
thead th:first-child { width: 20%; }
h4, summary { font-size: 0.875rem; margin: 0.5rem 0 0; font-weight: 600; } summary { cursor: pointer; } article ul { margin: 0.15rem 0 0; padding-left: 1.2rem; font-size: 0.9rem; }
#more { margin: 1rem 0 3rem; cursor: pointer; }
footer { max-width: 76rem; margin: 0 auto; padding: 0 1rem 2rem; }
@media (max-width: 44rem) {
  #bar { position: static; } .fields { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  article { padding: 0.6rem 0.8rem; }
  table, tbody, tr, th, td { display: block; } thead { display: none; }
  tr { border-top: 1px solid var(--line); padding: 0.3rem 0; } th, td { border: 0; padding: 0.1rem 0; }
  td { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: 0.5rem; align-items: baseline; } td > * { justify-self: start; }
  td::before { content: attr(data-label); color: var(--quiet); font-size: 0.8rem; }
}
@media (max-height: 34rem) { #bar { position: static; } }
@media (forced-colors: active) {
  .tile:has(:checked) { forced-color-adjust: none; color: SelectedItemText; background: SelectedItem; border-color: SelectedItem; }
  .tile:has(:focus-visible), :focus-visible { outline-color: Highlight; }
  .badge, code { border: 1px solid; }
  article.held, article.conflict { border-width: 2px; }
}
@media print { #bar, #more, .skip { display: none; } article { break-inside: avoid; content-visibility: visible; } }
`
