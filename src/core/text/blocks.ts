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
/** So many breaks must be seen before a text counts as wrapped. */
const MIN_BREAKS = 3
/** Share of breaks in mid-sentence from which a text counts as wrapped (0..1); a list or poem stays below it. */
const MIN_OPEN_SHARE = 0.6

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
  return wrapped && !/^(?:\s{2,}|\t)/u.test(content)
}

/** Whether an empty line lies between two lines. */
function isParted(text: string, end: number, start: number): boolean {
  return (text.slice(end, start).match(/\r\n|[\n\r\u2028\u2029]/gu)?.length ?? 0) > 1
}

function isHardWrapped(text: string, lines: readonly TextRange[]): boolean {
  let breaks = 0
  let open = 0
  for (let i = 0; i + 1 < lines.length && i < 200; i++) {
    const line = lines[i]
    const next = lines[i + 1]
    if (line === undefined || next === undefined || isParted(text, line.end, next.start)) continue
    if (line.end - line.start > MAX_WRAPPED_CHARS) return false
    breaks++
    const tail = text.slice(Math.max(line.start, line.end - 4), line.end).trimEnd()
    if (line.end - line.start >= MIN_WRAPPED_CHARS && !/[.!?…:;"”»)]$/u.test(tail)) open++
  }
  return breaks >= MIN_BREAKS && open >= breaks * MIN_OPEN_SHARE
}
