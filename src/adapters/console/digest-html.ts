import { countsWords } from '../../core/digest/count-words.ts'
import type { Digest, DigestEntry, DigestSentence } from '../../core/digest/digest.ts'
import { printable } from '../../core/text/printable.ts'
import { factsLine, headlineOf, leftOutLine, windowLine } from './digest-words.ts'

/** Titles of any length come from outside; a longer one is cut with an ellipsis. */
const MAX_HEADLINE_CHARS = 300

/** A digest as one HTML page without scripts or outside requests; foreign text is escaped, links are http(s) only. */
export function digestToHtml(digest: Digest): string {
  const title = ['Digest', windowLine(digest)].filter((part) => part !== '').join(', ')
  const leftOut = leftOutLine(digest)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="facts">${escapeHtml(countsWords(digest.counts))}</p>
${digest.entries.length === 0 ? '<p>No story in this window.</p>' : digest.entries.map((entry) => story(entry)).join('\n')}
${leftOut === '' ? '' : `<p class="facts">${escapeHtml(leftOut)}</p>`}
</main>
</body>
</html>
`
}

function story(entry: DigestEntry, level: 'h2' | 'h3' = 'h2'): string {
  const facts = factsLine(entry)
  const differ = entry.disagreements.map(
    (line) => `<p class="differ">Sources differ: ${escapeHtml(line)}</p>`,
  )
  const remark = entry.note ?? entry.problem
  return `<article>
<${level} dir="auto">${escapeHtml(headlineOf(entry, MAX_HEADLINE_CHARS))}</${level}>
<p class="facts">${escapeHtml(facts)}</p>
<ul>
${entry.sentences.map(sentence).join('\n')}
</ul>
${[...differ, ...(remark === undefined ? [] : [`<p class="facts">${escapeHtml(remark)}</p>`])].join('\n')}
${(entry.related ?? []).map((related) => story(related, 'h3')).join('\n')}
</article>`
}

function sentence({ text, url, outlet, articleId, alsoIn, dateNote }: DigestSentence): string {
  const name = escapeHtml(outlet === '' ? articleId : outlet)
  const source = url === null ? name : `<a href="${escapeHtml(url)}" rel="noopener nofollow">${name}</a>`
  const also = alsoIn.length === 0 ? '' : `, also in ${escapeHtml(alsoIn.join(', '))}`
  const note = dateNote === null ? '' : ` <span class="facts">(${escapeHtml(dateNote)})</span>`
  return `<li dir="auto"><q cite="${escapeHtml(url ?? '')}">${escapeHtml(text)}</q>${note} <cite>${source}${also}</cite></li>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark)
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.3rem; } article article { margin-left: 1rem; } h3 { font-size: 1rem; margin: 1rem 0 .2rem; } h2 { font-size: 1.1rem; margin: 1.6rem 0 .2rem; }
.facts, cite { opacity: .75; font-size: .875rem; font-style: normal; }
q { quotes: none; } ul { padding-left: 1.1rem; margin: .4rem 0; } li { margin: .35rem 0; }
.differ { margin: .3rem 0; font-size: .9rem; }
`
