import { countsWords } from '../../core/digest/count-words.ts'
import { styleText } from 'node:util'
import type { Digest, DigestEntry } from '../../core/digest/digest.ts'
import { printable } from '../../core/text/printable.ts'
import { factsLine, headlineOf, leftOutLine, sourceOf, windowLine } from './digest-words.ts'

/** How a terminal shows text. */
export interface TerminalOptions {
  /** Width in columns; narrower than 40 counts as 40, wider than 100 as 100. */
  readonly columns: number
  readonly color: boolean
}

type Style = Parameters<typeof styleText>[0]

/** Titles of any length come from outside; a longer one is cut with an ellipsis. */
const MAX_HEADLINE_CHARS = 200

/** A digest as text for a terminal: wrapped, foreign text without control characters. */
export function digestToText(digest: Digest, { columns, color }: TerminalOptions): string {
  const width = Math.min(100, Math.max(40, columns))
  const paint = (style: Style, text: string) =>
    color && text !== '' ? styleText(style, text, { validateStream: false }) : text
  const head = ['tidings', windowLine(digest)].filter((part) => part !== '').join(' · ')
  const lines = [head, countsWords(digest.counts)]
    .flatMap((line) => wrap(line, width, ''))
    .map((line) => paint('bold', line))
  for (const [index, entry] of digest.entries.entries())
    lines.push('', ...storyLines(entry, `${index + 1}. `, width, paint))
  if (digest.entries.length === 0) lines.push('', 'No story in this window.')
  const leftOut = leftOutLine(digest)
  if (leftOut !== '') lines.push('', paint('dim', leftOut))
  return `${lines.join('\n')}\n`
}

function storyLines(
  entry: DigestEntry,
  mark: string,
  width: number,
  paint: (style: Style, text: string) => string,
): string[] {
  const indent = ' '.repeat(mark.length)
  const headline = wrap(headlineOf(entry, MAX_HEADLINE_CHARS), width - mark.length, '')
  const facts = factsLine(entry)
  const lines = headline.map((line, index) => `${index === 0 ? mark : indent}${paint('bold', line)}`)
  lines.push(...wrap(facts, width, indent).map((line) => paint('dim', line)))
  for (const sentence of entry.sentences) {
    const note = sentence.dateNote === null ? '' : ` (${sentence.dateNote})`
    const said = wrap(`${printable(sentence.text)}${note}`, width - 2, indent)
    lines.push(
      ...said.map((line, index) => (index === 0 ? `${indent}• ${line.slice(indent.length)}` : `  ${line}`)),
    )
    const link = sentence.url === null ? '' : ` ${sentence.url}`
    lines.push(
      ...wrap(`— ${printable(sourceOf(sentence))}${link}`, width, `${indent}  `).map((line) =>
        paint('dim', line),
      ),
    )
  }
  lines.push(
    ...entry.disagreements.flatMap((line) => wrap(`Sources differ: ${printable(line)}`, width, indent)),
  )
  const remark = entry.note ?? entry.problem
  if (remark !== undefined)
    lines.push(...wrap(printable(remark), width, indent).map((line) => paint('dim', line)))
  for (const related of entry.related ?? []) {
    lines.push(...storyLines(related, `${indent}Related: `, width, paint))
  }
  return lines
}

/** Breaks text at spaces; a word longer than the line stands alone. Width counts characters, two for wide scripts. */
function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && columnsOf(`${line} ${word}`) > width - indent.length) {
      lines.push(indent + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, indent + line]
}

function columnsOf(text: string): number {
  return (
    text.length +
    (text.match(/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0)
  )
}
