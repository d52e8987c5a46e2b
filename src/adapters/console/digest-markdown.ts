import { countsWords } from '../../core/digest/count-words.ts'
import type { Digest, DigestEntry, DigestSentence } from '../../core/digest/digest.ts'
import { printable } from '../../core/text/printable.ts'
import { factsLine, headlineOf, leftOutLine, windowLine } from './digest-words.ts'

/** Titles of any length come from outside; a longer one is cut with an ellipsis. */
const MAX_HEADLINE_CHARS = 300

/** A digest as CommonMark; foreign text is escaped so that none of it acts as markup. */
export function digestToMarkdown(digest: Digest): string {
  const window = windowLine(digest)
  const lines = [`# ${window === '' ? 'Digest' : `Digest, ${window}`}`, '', countsWords(digest.counts)]
  for (const entry of digest.entries) lines.push('', ...storyLines(entry))
  if (digest.entries.length === 0) lines.push('', 'No story in this window.')
  const leftOut = leftOutLine(digest)
  if (leftOut !== '') lines.push('', `_${leftOut}_`)
  return `${lines.join('\n')}\n`
}

function storyLines(entry: DigestEntry, level = '##'): string[] {
  const facts = factsLine(entry)
  const lines = [`${level} ${escape(headlineOf(entry, MAX_HEADLINE_CHARS))}`, '', `_${facts}_`, '']
  lines.push(...entry.sentences.map(sentenceLine))
  lines.push(...entry.disagreements.map((line) => `- Sources differ: ${escape(line)}`))
  const remark = entry.note ?? entry.problem
  if (remark !== undefined) lines.push('', `_${escape(remark)}_`)
  for (const related of entry.related ?? []) lines.push('', ...storyLines(related, `${level}#`))
  return lines
}

function sentenceLine(sentence: DigestSentence): string {
  const { text, url, outlet, articleId, alsoIn, dateNote } = sentence
  const name = escape(outlet === '' ? articleId : outlet)
  const source = url === null ? name : `[${name}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`
  const also = alsoIn.length === 0 ? '' : `, also in ${escape(alsoIn.join(', '))}`
  const note = dateNote === null ? '' : ` (${escape(dateNote)})`
  return `- ${escape(text)}${note} — ${source}${also}`
}

/** CommonMark takes a backslash before any ASCII punctuation; some marks act only where a line starts. */
function escape(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]()#!|<>~&@]/g, '\\$&')
    .replace(/^(?:[-+=]|\d+(?=[.)]))/, (mark) => (/^\d/.test(mark) ? `${mark}\\` : `\\${mark}`))
}
