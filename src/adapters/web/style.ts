import { createHash } from 'node:crypto'

/** The one stylesheet: calm text, system fonts, light and dark by what the reader's system wants. Nothing is loaded from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark;
  --paper: #fdfcfa; --ink: #1d1f22; --quiet: #5a6068; --line: #e2ded6; --link: #0b57a4; --soft: #f2efe8; --mark: #ffedab; --accent: #8a4b08; --own: #33689c; --copied: #c08a3e; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #16181b; --ink: #e6e4df; --quiet: #a2a8b0; --line: #33373d; --link: #8ab8ec; --soft: #202328; --mark: #5a4a12; --accent: #e0b070; --own: #79a9d8; --copied: #d0a05c; } }
* { box-sizing: border-box; }
html { font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; }
body { margin: 0; }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .4rem .8rem; z-index: 1; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.top { display: flex; flex-wrap: wrap; gap: .6rem 1.5rem; align-items: center; justify-content: space-between; max-width: 46rem; margin: 0 auto; padding: .9rem 1.1rem; border-bottom: 1px solid var(--line); }
.top nav { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; align-items: baseline; }
.top nav a { text-decoration: none; }
.top nav a:hover { text-decoration: underline; }
.brand { font-weight: 700; letter-spacing: -.01em; color: inherit; font-size: 1.15rem; }
.search { display: flex; gap: .4rem; flex: 1 1 12rem; min-width: 0; max-width: 20rem; }
.search input { flex: 1 1 0; width: 0; min-width: 0; }
.search button { flex: none; }
input, button { font: inherit; font-size: .95rem; padding: .3rem .65rem; border: 1px solid var(--quiet); border-radius: 6px; background: var(--paper); color: inherit; max-width: 100%; }
button { background: var(--soft); cursor: pointer; }
button:hover { border-color: var(--ink); }
main { max-width: 46rem; margin: 0 auto; padding: 1.2rem 1.1rem 2.5rem; overflow-wrap: anywhere; }
.bottom { max-width: 46rem; margin: 0 auto; padding: .5rem 1.1rem 2rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .85rem; }
h1 { font-size: clamp(1.5rem, 4.6vw, 2.05rem); line-height: 1.2; letter-spacing: -.015em; margin: .6rem 0 .7rem; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1rem; line-height: 1.4; margin: 0; }
p { margin: .55rem 0; }
.facts { display: flex; flex-wrap: wrap; gap: .35rem .5rem; align-items: baseline; margin: .3rem 0 .6rem; }
.quiet { color: var(--quiet); font-size: .875rem; }
.badge { display: inline-block; font-size: .8rem; line-height: 1.5; padding: 0 .5rem; border-radius: 999px; background: var(--soft); color: var(--quiet); border: 1px solid var(--line); white-space: nowrap; }
.badge.fresh, .badge.bad { color: var(--accent); border-color: currentColor; }
q { quotes: none; }
.cited { margin: .8rem 0; font-size: 1.1rem; line-height: 1.55; }
.cited sup a, blockquote sup a { text-decoration: none; padding: 0 .2rem; font-size: .75rem; font-weight: 600; }
sup { line-height: 0; }
.news { background: var(--soft); border-radius: 8px; padding: .2rem 1rem .6rem; margin: 1rem 0; }
.news h2 { margin-top: .7rem; font-size: 1.05rem; }
.differ li { margin: .25rem 0; }
.time { margin: .6rem 0 1rem; }
svg { display: block; max-width: 100%; }
svg.line { width: 100%; height: 6rem; }
svg.spark { width: 7rem; height: 1.5rem; }
svg .own { fill: var(--own); } svg .copied { fill: var(--copied); } svg .none { fill: var(--line); }
svg .base { stroke: var(--line); stroke-width: 1; }
figcaption { display: flex; justify-content: space-between; flex-wrap: wrap; gap: .2rem .8rem; color: var(--quiet); font-size: .8rem; padding-top: .3rem; }
.key i { display: inline-block; width: .7em; height: .7em; border-radius: 2px; margin: 0 .25em 0 .6em; }
.key .own { background: var(--own); } .key .copied { background: var(--copied); }
.days { list-style: none; margin: 0; padding: 0 0 0 1rem; border-left: 2px solid var(--line); }
.days li { margin: .55rem 0; }
.source { border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; margin: .8rem 0; }
.source p { margin: .15rem 0 .4rem; }
blockquote { margin: .5rem 0; font-size: .95rem; }
mark { background: var(--mark); color: inherit; padding: .1em .15em; border-radius: 3px; scroll-margin: 5rem; }
mark:target, .cited:target { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
.publishers { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; list-style: none; padding: 0; margin: .3rem 0; }
.tree, .tree ul { list-style: none; padding: 0; margin: 0; }
.tree li { padding: .45rem 0 0; }
.tree ul { margin-left: .35rem; padding-left: 1rem; border-left: 2px solid var(--line); }
.tree ul li { padding-top: .3rem; font-size: .95rem; }
.outlet { font-weight: 600; }
.cards { list-style: none; padding: 0; margin: 0; }
.card { padding: .9rem 0; border-bottom: 1px solid var(--line); }
.card h2 { margin: 0 0 .25rem; font-size: 1.12rem; }
.card h2 a, .told h2 a { color: inherit; text-decoration: none; }
.card h2 a:hover, .told h2 a:hover { text-decoration: underline; }
.plain { list-style: none; padding: 0; margin: .3rem 0; font-size: .95rem; }
.plain li { margin: .15rem 0; }
.found { padding-left: 1.4rem; }
.found li { margin: .6rem 0; }
.filters { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: end; background: var(--soft); padding: .5rem 1rem; border-radius: 8px; }
.filters label { display: block; font-size: .85rem; color: var(--quiet); }
.problem { color: var(--accent); font-weight: 600; }
.notice { background: var(--soft); border-left: 4px solid var(--own); padding: .5rem .9rem; border-radius: 4px; }
.pager { display: flex; gap: 1.2rem; align-items: baseline; margin: 1.5rem 0 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .7rem; padding: 0; margin: 0; list-style: none; }
.tile { border: 1px solid var(--line); border-radius: 8px; padding: .6rem .9rem; }
.tile b { display: block; font-size: 1.5rem; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
.rows { list-style: none; padding: 0; margin: 0; }
.rows > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .2rem 1rem; padding: .7rem 0; border-bottom: 1px solid var(--line); align-items: start; }
.rows form, .bar form { display: inline-block; margin: .1rem 0; }
.rows .acts { display: flex; flex-wrap: wrap; gap: .4rem; justify-content: end; }
.measures { display: flex; flex-wrap: wrap; gap: .2rem .9rem; padding: 0; margin: .2rem 0 .5rem; list-style: none; font-size: .85rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.narrow { max-width: 24rem; }
.narrow label { display: block; }
.narrow input { width: 100%; }
code { font-size: .85em; }
@media (max-width: 30rem) { .rows > li { grid-template-columns: minmax(0, 1fr); } .rows .acts { justify-content: start; } .search { max-width: none; } }
@media print { .top, .bottom, .pager, .since { display: none; } }
`

/** Where the stylesheet is served; the name changes with its content, so it may be kept for ever. */
export const STYLE_PATH = `/assets/style-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`

/** The mark in the tab: a folded sheet. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="4" y="3" width="24" height="26" rx="4" fill="#33689c"/><path d="M9 11h14M9 16h14M9 21h9" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>`
