import type { TextRange } from '../../core/text/text-range.ts'
import type { Excerpt } from '../ports/news-pages.ts'

/** A sentence in a text: its range and its number on the page. */
export interface NumberedRange extends TextRange {
  readonly number: number
}

/** Text shown before and after a sentence, UTF-16 units; enough to see what it is about, far from the whole article. Range 100-600. */
const CONTEXT_CHARS = 240

/**
 * Stretches of a text around sentences, with each sentence as a piece of its own. Stretches that touch are one; they begin and end between
 * words. Ranges that overlap or lie outside are left out. O(text around the sentences).
 */
export function sourceExcerpts(text: string, ranges: readonly NumberedRange[]): Excerpt[] {
  const inOrder = [...ranges].sort((a, b) => a.start - b.start)
  const groups: NumberedRange[][] = []
  let endOfLast = -1
  for (const range of inOrder) {
    if (range.start < endOfLast || range.end > text.length || range.end <= range.start) continue
    const group = groups.at(-1)
    if (group !== undefined && range.start - endOfLast <= 2 * CONTEXT_CHARS) group.push(range)
    else groups.push([range])
    endOfLast = range.end
  }
  return groups.map((group) => excerptOf(text, group))
}

function excerptOf(text: string, ranges: readonly NumberedRange[]): Excerpt {
  const start = startOfContext(text, ranges[0]?.start ?? 0)
  const end = endOfContext(text, ranges.at(-1)?.end ?? 0)
  const pieces: { text: string; number: number | null }[] = []
  let at = start
  for (const range of ranges) {
    if (range.start > at) pieces.push({ text: text.slice(at, range.start), number: null })
    pieces.push({ text: text.slice(range.start, range.end), number: range.number })
    at = range.end
  }
  if (end > at) pieces.push({ text: text.slice(at, end), number: null })
  return { cutBefore: start > 0, cutAfter: end < text.length, pieces }
}

function startOfContext(text: string, at: number): number {
  const from = Math.max(0, at - CONTEXT_CHARS)
  if (from === 0) return 0
  const space = text.slice(from, at).search(/\s/)
  return space < 0 ? at : from + space
}

function endOfContext(text: string, at: number): number {
  const to = Math.min(text.length, at + CONTEXT_CHARS)
  if (to === text.length) return to
  const cut = text.slice(at, to).search(/\s\S*$/)
  return cut < 0 ? at : at + cut
}
