import type { TextRange } from './text-range.ts'

/**
 * The stretches of a text that a sentence cannot leave: its lines, joined where a line break is only a wrap.
 *
 * A break is a wrap before a lower-case letter, and in a text most of whose lines stop in the middle of a sentence at about the
 * same width. Empty lines always part. Linear in the text.
 */
export function blocksOf(text: string): TextRange[] {
  const lines = linesOf(text)
  const wrapped = isHardWrapped(text, lines)
  const blocks: TextRange[] = []
  let open: { start: number; end: number } | undefined
  for (const line of lines) {
    if (open !== undefined && joins(text, open.end, line, wrapped)) open.end = line.end
    else {
      if (open !== undefined) blocks.push(open)
      open = { start: line.start, end: line.end }
    }
  }
  if (open !== undefined) blocks.push(open)
  return blocks
}

/** A wrapped text has lines of at most this many UTF-16 units; wire texts use 60 to 80. */
const MAX_WRAPPED_CHARS = 100
/** A line shorter than this stops by itself and is no wrap. */
const MIN_WRAPPED_CHARS = 40
/** So many breaks in mid-sentence must be seen before a text counts as wrapped. */
const MIN_BREAKS = 3
/** Share of the breaks in mid-sentence that must come where the line was full (0..1); those of a list or a poem come anywhere. */
const MIN_FULL_SHARE = 0.8
/** A line is full where the next word would have come nearer than this to the longest line's end, or beyond it (UTF-16 units): wires are ragged. */
const RAGGED_CHARS = 8
/** Lines that are looked at. */
const MAX_LINES = 200

function linesOf(text: string): TextRange[] {
  const lines: TextRange[] = []
  for (const match of text.matchAll(/[^\n\r\u2028\u2029]+/gu)) {
    if (match[0].trim() !== '') lines.push({ start: match.index, end: match.index + match[0].length })
  }
  return lines
}

function joins(text: string, end: number, line: TextRange, wrapped: boolean): boolean {
  if (isParted(text, end, line.start)) return false
  const content = text.slice(line.start, line.start + MAX_WRAPPED_CHARS)
  if (/^\s*\p{Ll}/u.test(content)) return true
  if (TITLE_AT_END.test(text.slice(Math.max(0, end - MAX_TITLE_CHARS), end)) && /^\p{Lu}/u.test(content))
    return true
  return wrapped && !/^(?:\s{2,}|\t)/u.test(content)
}

/** `…, the Rev.`: whose title it is stands in the next line. */
const TITLE_AT_END = /\s(?:Rev|Gov|Sen|Rep|Dr|Mr|Mrs|Ms|Lt|Sgt|Capt|Prof|Gen)\.$/u
const MAX_TITLE_CHARS = 6

/** Whether an empty line lies between two lines. */
function isParted(text: string, end: number, start: number): boolean {
  return (text.slice(end, start).match(/\r\n|[\n\r\u2028\u2029]/gu)?.length ?? 0) > 1
}

function isHardWrapped(text: string, lines: readonly TextRange[]): boolean {
  const top = lines.slice(0, MAX_LINES)
  const width = top.reduce((most, { start, end }) => Math.max(most, end - start), 0)
  if (width > MAX_WRAPPED_CHARS) return false
  let open = 0
  let full = 0
  for (const [i, line] of top.entries()) {
    const next = top[i + 1]
    if (next === undefined || isParted(text, line.end, next.start) || isClosed(text, line)) continue
    open++
    const length = line.end - line.start
    if (length >= MIN_WRAPPED_CHARS && length + firstWordChars(text, next) > width - RAGGED_CHARS) full++
  }
  return open >= MIN_BREAKS && full >= open * MIN_FULL_SHARE
}

/** Whether a line ends where a sentence may end: that says nothing about wraps. */
function isClosed(text: string, { start, end }: TextRange): boolean {
  return /[.!?…:;"”»)]$/u.test(text.slice(Math.max(start, end - 4), end).trimEnd())
}

/** Characters of the first word of a line and the blank before it. */
function firstWordChars(text: string, { start, end }: TextRange): number {
  return 1 + (/^\s*(\S*)/u.exec(text.slice(start, end))?.[1] ?? '').length
}
