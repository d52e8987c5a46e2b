import type {
  CommandReply,
  Line,
  ReplyBlock,
  ReplyField,
  ReplyForm,
  ReplyMenu,
  Span,
} from '../../app/ports/chat.ts'
import { MAX_CHOICES, MAX_COMPONENTS, MAX_NAME_CHARS, MAX_TEXT_CHARS } from './discord-limits.ts'
import { CHANNEL_TYPES } from './command-shapes.ts'
import { fitMarkdown, markdownLink } from './discord-markdown.ts'
import {
  buttonRows,
  costOf,
  fitLabel,
  SEPARATOR,
  textDisplay,
  type ActionRow,
  type Component,
} from './message-components.ts'
import { withUniqueIds } from './unique-ids.ts'

/** Text of one span, of one line and of one block; what is longer is cut with an ellipsis. */
const MAX_SPAN_CHARS = 1_000
const MAX_BLOCK_CHARS = 3_800

/** Messages of one reply: people page through longer ones. */
const MAX_MESSAGES = 5

/**
 * A reply as messages, in order, each under every limit: at least one. Blocks stay whole; past five messages a line says that there is
 * more.
 */
export function renderReply(
  reply: Extract<CommandReply, { kind: 'message' }>,
): readonly (readonly Component[])[] {
  const messages: Component[][] = []
  let left = 0
  for (const block of reply.blocks) {
    const components = renderBlock(block)
    if (components.length === 0) continue
    const last = messages.at(-1)
    const joined = last === undefined ? components : [...last, SEPARATOR, ...components]
    if (last !== undefined && fits(joined)) messages.splice(-1, 1, joined)
    else if (messages.length < MAX_MESSAGES) messages.push(components)
    else left += 1
  }
  if (left > 0) messages.at(-1)?.push(textDisplay(`-# ${left} more left out`))
  if (messages.length === 0) messages.push([textDisplay(fitMarkdown(reply.fallback, MAX_SPAN_CHARS) || '…')])
  return messages.map(withUniqueIds)
}

/** Room is left for the line that says what is left out. */
function fits(components: readonly Component[]): boolean {
  const cost = costOf(components)
  return cost.components < MAX_COMPONENTS && cost.chars <= MAX_TEXT_CHARS - 50
}

function renderBlock({ heading, lines, buttons = [], menu }: ReplyBlock): Component[] {
  const head = heading === undefined ? '' : lineText(heading)
  const text: string[] = head === '' ? [] : [`### ${head}`]
  let room = MAX_BLOCK_CHARS - head.length
  for (const line of lines) {
    const shown = lineText(line)
    room -= shown.length + 1
    if (room >= 0) text.push(shown)
  }
  if (room < 0) text.push('…')
  const body = text.join('\n')
  return [
    ...(body.trim() === '' ? [] : [textDisplay(body)]),
    ...buttonRows(buttons.slice(0, MAX_CHOICES)),
    ...(menu === undefined ? [] : menuRow(menu)),
  ]
}

/** A line all of which is quiet is small print. */
function lineText(line: Line): string {
  const text = line.map(spanText).join('')
  return line.length > 0 && text !== '' && line.every(({ quiet }) => quiet === true) ? `-# ${text}` : text
}

/** Blanks at the ends of a span part it from its neighbours: they stay, and outside of its markup. */
function spanText({ text, href, strong }: Span): string {
  const shown =
    href === undefined ? fitMarkdown(text, MAX_SPAN_CHARS) : markdownLink(text, href, MAX_SPAN_CHARS)
  if (shown === '') return text === '' ? '' : ' '
  const before = /^\s/.test(text) ? ' ' : ''
  const after = /\s$/.test(text) ? ' ' : ''
  return `${before}${strong === true ? `**${shown}**` : shown}${after}`
}

function menuRow({ label, action, choices }: ReplyMenu): ActionRow[] {
  const seen = new Set<string>()
  const options = choices
    .filter(
      ({ value }) => value !== '' && value.length <= MAX_NAME_CHARS && !seen.has(value) && seen.add(value),
    )
    .slice(0, MAX_CHOICES)
    .map((choice) => ({ label: fitLabel(choice.label), value: choice.value }))
  if (options.length === 0) return []
  return [{ type: 1, components: [{ type: 3, custom_id: action, placeholder: fitLabel(label), options }] }]
}

const MAX_TITLE_CHARS = 45
const MAX_FIELD_CHARS = 4_000
const MAX_FIELDS = 5

const SNOWFLAKE = /^\d{15,20}$/

/** A form as Discord's modal. */
export function renderForm({ title, action, fields }: ReplyForm): object {
  return {
    title: fitLabel(title, MAX_TITLE_CHARS),
    custom_id: action,
    components: fields.slice(0, MAX_FIELDS).map((field) => ({
      type: 18,
      label: fitLabel(field.label, MAX_TITLE_CHARS),
      component: field.kind === 'channel' ? channelField(field) : textField(field),
    })),
  }
}

function textField({ name, value, hint, required, long }: ReplyField): object {
  return {
    type: 4,
    custom_id: name,
    style: long ? 2 : 1,
    required,
    max_length: MAX_FIELD_CHARS,
    ...(value === '' ? {} : { value: value.slice(0, MAX_FIELD_CHARS).toWellFormed() }),
    ...(hint === '' ? {} : { placeholder: fitLabel(hint) }),
  }
}

/** A menu of the server's channels: nobody has to look for an id. */
function channelField({ name, value, required }: ReplyField): object {
  const chosen = SNOWFLAKE.test(value) ? { default_values: [{ id: value, type: 'channel' }] } : {}
  return { type: 8, custom_id: name, required, channel_types: CHANNEL_TYPES, ...chosen }
}
