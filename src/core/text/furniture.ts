import type { TextRange } from './text-range.ts'

/** A stretch of a text that is not news: an appeal, a credit, a link to other articles, a stamp. */
export interface FurnitureSpan extends TextRange {
  /** Which rule found it, in plain words for people (`donation appeal`, `link to other articles`). */
  readonly why: string
}

/** What {@link findFurniture} needs to know beside the text. */
export interface FurnitureOptions {
  /** ISO 639-1; phrase rules of other languages are left out where it is known. */
  readonly lang?: string | null
}

/**
 * The furniture of an article's text: ordered, not overlapping, in offsets of `text`.
 *
 * Works line by line (a paragraph is a line): a line that a phrase rule names is furniture as a whole; an appeal
 * at the end of a text takes all that follows it. When in doubt a line stays: dropping news is worse than
 * keeping furniture. Linear in the text's length.
 */
export function findFurniture(text: string, _options: FurnitureOptions = {}): FurnitureSpan[] {
  const spans: FurnitureSpan[] = []
  const stamp = DATE_STAMP.exec(text)
  if (stamp !== null) spans.push({ start: 0, end: stamp[0].length, why: 'date stamp' })
  let appealStart = -1
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end)
    if (appealStart >= 0) continue
    if (line.start > 0 && APPEAL.test(content)) appealStart = line.start
    else {
      const rule = RULES.find(({ pattern }) => content.length < MAX_LINE_CHARS && pattern.test(content))
      if (rule !== undefined) spans.push({ ...line, why: rule.why })
    }
  }
  if (appealStart >= 0) spans.push({ start: appealStart, end: text.length, why: 'donation appeal' })
  return spans
}

/** The date that a leading stamp such as ` date 2024-05-14` carries, as epoch ms UTC of that day's start; else `null`. */
export function stampedDateMs(text: string): number | null {
  const stamp = DATE_STAMP.exec(text)
  if (stamp?.[1] === undefined) return null
  const ms = Date.parse(`${stamp[1]}T00:00:00Z`)
  return Number.isNaN(ms) ? null : ms
}

/** A longer line says more than its furniture phrase, so it stays (measured on lines that survive extractors). */
const MAX_LINE_CHARS = 420

const DATE_STAMP = /^\s*date[ :]\s*(\d{4}-\d{2}-\d{2})\s+/i

const APPEAL =
  /^(?:a message from the .{1,60}:|dear readers,|[….\s]*we have a small favou?r to ask\b)|\bplease support us\b|^remind me later\b/i

const RULES: readonly { readonly why: string; readonly pattern: RegExp }[] = [
  { why: 'link to other articles', pattern: /^\s*(?:also read|read also|read more|see also|related)\b\s*[:|–-]?/i },
  { why: 'agency credit', pattern: /^\s*\(?\s*with (?:inputs?|additional reporting) (?:from|by)\b/i },
  { why: 'agency credit', pattern: /^\s*[\w .,&-]{2,60} contributed (?:to this report|reporting)\.?\s*$/i },
]

function* linesOf(text: string): Generator<TextRange> {
  let start = 0
  while (start < text.length) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    if (end > start) yield { start, end }
    start = end + 1
  }
}
