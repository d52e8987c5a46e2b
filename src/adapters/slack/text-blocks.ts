import type { types } from '@slack/bolt'
import type { Line, Span } from '../../app/ports/chat.ts'
import { printable } from '../../core/text/printable.ts'
import { MAX_SECTION_CHARS } from './limits.ts'

/** Longest URL that is linked; a longer one would eat the message. Slack takes 3,000. */
const MAX_URL_CHARS = 2_000

/** Longest single piece of foreign text; what is longer ends in an ellipsis. */
const MAX_SPAN_CHARS = 1_500

/**
 * What mrkdwn would obey in a text beyond `& < >`, which have escapes: bold, italics, strike and code marks, emoji names, quotes, and what
 * looks like Markdown or is escaped already. These have no escape, so such text goes into a `rich_text` block, where nothing is read as a mark.
 */
const ACTING = /[*_~`]|:[\w+'-]*[a-z][\w+'-]*:|^\s*>|\]\(|^\s*#{1,6}\s|&(?:amp|lt|gt);/iu

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Foreign text for mrkdwn: one line, and `& < >` escaped, so no mention, link or date of it acts. */
export function escapeText(text: string): string {
  return printable(text).replace(/[&<>]/g, (mark) => ENTITIES[mark] ?? mark)
}

/** Foreign text for a notification, which shows no marks: what is escaped already is not escaped twice. */
export function notificationText(text: string): string {
  return escapeText(text.replace(/&(?:amp|lt|gt);/g, (entity) => MARKS[entity] ?? entity))
}

const MARKS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** `text` on one line, cut to at most `maxChars` UTF-16 units between characters as people see them, an ellipsis last. */
export function clip(text: string, maxChars: number): string {
  const line = printable(text)
  if (line.length <= maxChars) return line
  let kept = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)) {
    if (kept.length + segment.length > maxChars - 1) break
    kept += segment
  }
  // One character can be longer than all that fits.
  if (kept === '') kept = line.slice(0, maxChars - 1).toWellFormed()
  return `${kept.trimEnd()}…`
}

/** Text that is shown as it is: no mark and no emoji name of it acts. */
export function plainText(text: string, maxChars: number): types.PlainTextElement {
  return { type: 'plain_text', text: clip(text, maxChars) || '–', emoji: false }
}

/** Lines as blocks of at most 3,000 characters: sections, or where a mark in the text would act, `rich_text`. */
export function textBlocks(lines: readonly Line[]): types.KnownBlock[] {
  const tidy = lines.map(tidyLine).filter((line) => line.length > 0)
  const blocks: types.KnownBlock[] = []
  for (const group of groupLines(tidy)) {
    const acts = group.some((line) => line.some(({ text }) => ACTING.test(text)))
    blocks.push(acts ? richText(group) : section(group))
  }
  return blocks
}

/** All characters of some blocks that Slack may count: texts and URLs. */
export function charsOf(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, one) => sum + charsOf(one), 0)
  if (typeof node !== 'object' || node === null) return 0
  let sum = 0
  for (const [key, value] of Object.entries(node)) {
    sum += typeof value === 'string' ? (COUNTED.has(key) ? value.length : 0) : charsOf(value)
  }
  return sum
}

const COUNTED = new Set(['text', 'url', 'alt_text', 'title'])

/** A URL that may be linked, in a form that ends no mrkdwn link early; `null` where it may not. */
function linkOf(href: string | undefined): string | null {
  if (href === undefined || !URL.canParse(href)) return null
  const url = new URL(href)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  const safe = url.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E')
  return safe.length > MAX_URL_CHARS ? null : safe
}

/** Spans of one line with text that can be shown; spaces at their borders stay. */
function tidyLine(line: Line): Span[] {
  return line
    .map((span) => ({ ...span, text: keepBorders(span.text) }))
    .filter(({ text }) => text !== '')
    .map((span, index, all) => (index > 0 || all.length > 1 ? span : { ...span, text: span.text.trim() }))
    .filter(({ text }) => text !== '')
}

function keepBorders(text: string): string {
  const line = clip(text, MAX_SPAN_CHARS)
  if (line === '') return text === '' ? '' : ' '
  return `${/^\s/.test(text) ? ' ' : ''}${line}${/\s$/.test(text) ? ' ' : ''}`
}

/** As many lines as one section takes. */
function groupLines(lines: readonly Span[][]): Span[][][] {
  const groups: Span[][][] = []
  let room = 0
  for (const line of lines.flatMap(breakLine)) {
    const size = mrkdwn(line).length + 1
    const last = groups.at(-1)
    if (last === undefined || size > room) {
      groups.push([line])
      room = MAX_SECTION_CHARS - size
    } else {
      last.push(line)
      room -= size
    }
  }
  return groups
}

/** A line that no section takes alone is broken between its spans; one span with its URL always fits. */
function breakLine(line: Span[]): Span[][] {
  if (mrkdwn(line).length < MAX_SECTION_CHARS) return [line]
  return line.map((span) => [fitSpan(span)])
}

/** Escapes make a text up to five times as long. */
function fitSpan(span: Span): Span {
  if (mrkdwn([span]).length < MAX_SECTION_CHARS) return span
  let text = span.text
  while (escapeText(text).length > MAX_SECTION_CHARS - 10) text = clip(text, Math.floor(text.length * 0.8))
  return { text, ...(span.strong === undefined ? {} : { strong: span.strong }) }
}

function section(lines: readonly Span[][]): types.SectionBlock {
  return {
    type: 'section',
    // `verbatim` keeps Slack from linking what looks like a name or an address.
    text: { type: 'mrkdwn', text: lines.map(mrkdwn).join('\n') || '–', verbatim: true },
  }
}

function mrkdwn(line: readonly Span[]): string {
  return line.map((span, index) => mrkdwnSpan(span, line[index - 1], line[index + 1])).join('')
}

function mrkdwnSpan({ text, href, strong }: Span, before?: Span, after?: Span): string {
  const shown = escapeSpaced(text)
  const link = linkOf(href)
  const linked = link === null ? shown : `<${link.replaceAll('&', '&amp;')}|${shown.trim()}>`
  return strong === true && standsAlone(text, before, after) ? `*${linked}*` : linked
}

function escapeSpaced(text: string): string {
  const shown = escapeText(text)
  if (shown === '') return text === '' ? '' : ' '
  return `${text.startsWith(' ') ? ' ' : ''}${shown}${text.endsWith(' ') ? ' ' : ''}`
}

/** Asterisks make bold only between spaces; elsewhere they would be seen. */
function standsAlone(text: string, before?: Span, after?: Span): boolean {
  if (text !== text.trim() || text === '') return false
  return (
    (before === undefined || before.text.endsWith(' ')) && (after === undefined || after.text.startsWith(' '))
  )
}

function richText(lines: readonly Span[][]): types.RichTextBlock {
  const elements = lines.flatMap((line, index) => [
    ...(index === 0 ? [] : [{ type: 'text' as const, text: '\n' }]),
    ...line.map(richElement),
  ])
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}

function richElement({ text, href, strong }: Span): types.RichTextLink | types.RichTextText {
  const style = strong === true ? { style: { bold: true } } : {}
  const link = linkOf(href)
  return link === null ? { type: 'text', text, ...style } : { type: 'link', url: link, text, ...style }
}
