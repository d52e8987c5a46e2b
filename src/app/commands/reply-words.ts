import { printable, shorten } from '../../core/text/printable.ts'
import type { CommandReply, Completion, Line, ReplyBlock, ReplyButton, Span } from '../ports/chat.ts'
import { actionText } from './action-text.ts'

/** The common kind of reply. */
export type MessageReply = Extract<CommandReply, { kind: 'message' }>

/** Longest label of a choice, as platforms take it. */
const MAX_CHOICE_CHARS = 100

/** Longest value of a choice: one that is longer would be refused. */
const MAX_CHOICE_VALUE_CHARS = 100

/** Longest echo of what somebody typed. */
const MAX_ECHO_CHARS = 120

/** An answer for the asker alone. `fallback` is the first line where none is given. */
export function reply(
  blocks: readonly ReplyBlock[],
  options: {
    readonly fallback?: string
    readonly visibility?: MessageReply['visibility']
    readonly replace?: boolean
  } = {},
): MessageReply {
  return {
    kind: 'message',
    visibility: options.visibility ?? 'private',
    blocks,
    fallback: shorten(options.fallback ?? firstWords(blocks), 200),
    replace: options.replace ?? false,
  }
}

/** An answer of plain lines. */
export function say(...lines: readonly (string | Line)[]): MessageReply {
  return reply([{ lines: lines.map(lineOf) }])
}

/** A line of plain or given spans. */
export function lineOf(line: string | Line): Line {
  return typeof line === 'string' ? [{ text: line }] : line
}

function firstWords(blocks: readonly ReplyBlock[]): string {
  for (const { heading, lines } of blocks) {
    const text = (heading ?? lines[0] ?? []).map((span) => span.text).join('')
    if (text !== '') return text
  }
  return 'tidings'
}

/** A link where there is an http(s) URL, else the bare text. */
export function linked(text: string, url: string | null, strong = false): Span {
  const span = strong ? { text, strong } : { text }
  return url !== null && /^https?:\/\//i.test(url) ? { ...span, href: url } : span
}

/** What somebody typed, as it may stand in an answer. */
export function echo(text: string): string {
  return `"${shorten(printable(text), MAX_ECHO_CHARS)}"`
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

/** A button, or none where its action is too long. */
export function button(label: string, action: string | null, style?: ReplyButton['style']): ReplyButton[] {
  if (action === null) return []
  return [style === undefined ? { label, action } : { label, action, style }]
}

/** A choice as platforms take it, or none where its value is too long or empty. */
export function choice(label: string, value: string): Completion[] {
  if (value === '' || value.length > MAX_CHOICE_VALUE_CHARS) return []
  const shown = shorten(printable(label), MAX_CHOICE_CHARS)
  return [{ label: shown === '' ? value : cutUnits(shown), value }]
}

/** Platforms count UTF-16 units or code points, people graphemes. */
function cutUnits(text: string): string {
  return text.length <= MAX_CHOICE_CHARS ? text : `${text.slice(0, MAX_CHOICE_CHARS - 1).toWellFormed()}…`
}

/** Buttons that lead to the page before and after; `args` follow the page in the action. */
export function pageButtons(
  verb: string,
  page: number,
  more: boolean,
  ...args: readonly (string | number)[]
): ReplyButton[] {
  return [
    ...(page > 0 ? button('Previous', actionText(verb, page - 1, ...args)) : []),
    ...(more ? button('Next', actionText(verb, page + 1, ...args)) : []),
  ]
}

/** Pages that anybody turns: past it a search should be narrower. */
const MAX_PAGE = 200

/** The page that an action names; 0 where it names none. */
export function pageOf(text: string | undefined): number {
  const page = Number(text ?? '0')
  return Number.isInteger(page) && page >= 0 ? Math.min(page, MAX_PAGE) : 0
}
