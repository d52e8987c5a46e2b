import type { types } from '@slack/bolt'
import type { CommandReply, Line, ReplyBlock, ReplyField, ReplyForm } from '../../app/ports/chat.ts'
import { buttonRows, menuRow } from './buttons.ts'
import {
  MAX_ANSWER_MESSAGES,
  MAX_BLOCKS,
  MAX_FALLBACK_CHARS,
  MAX_HINT_CHARS,
  MAX_INPUT_CHARS,
  MAX_MESSAGE_CHARS,
  MAX_TITLE_CHARS,
  MAX_VIEW_BLOCKS,
} from './limits.ts'
import { charsOf, clip, notificationText, plainText, textBlocks } from './text-blocks.ts'

/** One message of an answer. */
export interface SlackMessage {
  /** Escaped. */
  readonly text: string
  readonly blocks: readonly types.KnownBlock[]
}

/** A message reply. */
export type MessageReply = Extract<CommandReply, { kind: 'message' }>

/** A file reply. */
export type FileReply = Extract<CommandReply, { kind: 'file' }>

/** Characters of a file in one message. */
const MAX_FILE_PIECE_CHARS = 9_000

/** Kept of a message for a line that says what does not fit. */
const FOOT_CHARS = 200

/** An answer as at most {@link MAX_ANSWER_MESSAGES} messages; what finds no room is said in the last. */
export function replyMessages({ blocks, fallback }: MessageReply): SlackMessage[] {
  const text = fallbackText(fallback)
  const messages: types.KnownBlock[][] = [[]]
  let chars = 0
  for (const group of blocks.map(replyBlocks)) {
    for (const piece of fitsAlone(group) ? [group] : group.map((one) => [one])) {
      const last = messages.at(-1)
      const cost = charsOf(piece)
      const isFull = last === undefined || last.length + piece.length > MAX_BLOCKS - 1
      if (isFull || (last.length > 0 && chars + cost > MAX_MESSAGE_CHARS - FOOT_CHARS)) {
        messages.push([...piece])
        chars = cost
      } else {
        last.push(...piece)
        chars += cost
      }
    }
  }
  return shownMessages(messages).map((shown) => ({ text, blocks: shown }))
}

function fitsAlone(group: readonly types.KnownBlock[]): boolean {
  return group.length < MAX_BLOCKS && charsOf(group) <= MAX_MESSAGE_CHARS - FOOT_CHARS
}

function shownMessages(messages: readonly types.KnownBlock[][]): types.KnownBlock[][] {
  const shown = messages.filter((blocks) => blocks.length > 0).slice(0, MAX_ANSWER_MESSAGES)
  if (messages.length > MAX_ANSWER_MESSAGES)
    shown.at(-1)?.push(quiet('More than fits into one answer: ask for less.'))
  return shown
}

/** The one line beside the blocks. */
export function fallbackText(fallback: string): string {
  return notificationText(clip(fallback, MAX_FALLBACK_CHARS)).slice(0, 4 * MAX_FALLBACK_CHARS) || 'tidings'
}

function replyBlocks({ heading, lines, buttons = [], menu }: ReplyBlock): types.KnownBlock[] {
  const head = heading === undefined ? [] : [heading.map((span) => ({ ...span, strong: true }))]
  const text = [...head, ...lines].filter(hasText)
  return [...textBlocks(text), ...buttonRows(buttons), ...(menu === undefined ? [] : menuRow(menu))]
}

function hasText(line: Line): boolean {
  return line.some(({ text }) => text.trim() !== '')
}

function quiet(words: string): types.ContextBlock {
  return { type: 'context', elements: [plainText(words, FOOT_CHARS)] }
}

/** A file as text that can be copied as it is: `rich_text` reads no mark in it. What finds no room is said. */
export function fileMessages({ name, content, fallback }: FileReply): SlackMessage[] {
  const messages: SlackMessage[] = []
  const text = fallbackText(fallback)
  let rest = content.toWellFormed()
  while (rest !== '' && messages.length < MAX_ANSWER_MESSAGES) {
    const piece = rest.slice(0, lineBorder(rest, MAX_FILE_PIECE_CHARS))
    rest = rest.slice(piece.length)
    const isLast = messages.length === MAX_ANSWER_MESSAGES - 1
    messages.push({
      text,
      blocks: [
        quiet(messages.length === 0 ? `${name}: copy it from here` : `${name}, part ${messages.length + 1}`),
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: piece }] }],
        },
        ...(isLast && rest !== ''
          ? [quiet('The rest is too long for a message: "tidings feeds export" has it all.')]
          : []),
      ],
    })
  }
  return messages.length === 0 ? [{ text, blocks: [quiet(`${name} is empty`)] }] : messages
}

/** The end of the last whole line within `maxChars`, or `maxChars` where one line is longer. */
function lineBorder(text: string, maxChars: number): number {
  if (text.length <= maxChars) return text.length
  const border = text.lastIndexOf('\n', maxChars)
  return border > 0 ? border + 1 : maxChars
}

/** A form as a modal. Its fields come back under their names. */
export function formView({ title, action, fields }: ReplyForm, origin: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: action,
    private_metadata: origin,
    title: plainText(title, MAX_TITLE_CHARS),
    submit: plainText('Send', MAX_TITLE_CHARS),
    close: plainText('Cancel', MAX_TITLE_CHARS),
    blocks: fields.map(fieldBlock),
  }
}

function fieldBlock({ name, label, value, hint, required, long }: ReplyField): types.InputBlock {
  const initial = value.toWellFormed().slice(0, MAX_INPUT_CHARS)
  const block = {
    type: 'input' as const,
    block_id: name,
    label: plainText(label, MAX_HINT_CHARS),
    optional: !required,
  }
  if (name === 'channel') {
    const known = /^[CG][A-Z0-9]+$/.test(initial) ? { initial_conversation: initial } : {}
    const filter = { include: ['public' as const, 'private' as const], exclude_bot_users: true }
    return { ...block, element: { type: 'conversations_select', action_id: name, filter, ...known } }
  }
  const hinted = hint.trim() === '' ? {} : { hint: plainText(hint, MAX_HINT_CHARS) }
  const filled = initial === '' ? {} : { initial_value: initial }
  return {
    ...block,
    ...hinted,
    element: {
      type: 'plain_text_input',
      action_id: name,
      multiline: long,
      max_length: MAX_INPUT_CHARS,
      ...filled,
    },
  }
}

/** An answer in a window of its own: where there is no message to answer to. */
export function answerView(
  title: string,
  messages: readonly SlackMessage[],
  origin: string,
): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'answer',
    private_metadata: origin,
    title: plainText(title, MAX_TITLE_CHARS),
    close: plainText('Close', MAX_TITLE_CHARS),
    blocks: viewBlocks(messages.flatMap(({ blocks }) => blocks)),
  }
}

/** The home tab. */
export function homeView(replies: readonly MessageReply[]): types.HomeView {
  const blocks = replies.flatMap((reply) => [
    ...replyMessages(reply).flatMap((message) => message.blocks),
    { type: 'divider' as const },
  ])
  return { type: 'home', blocks: viewBlocks(blocks) }
}

function viewBlocks(blocks: readonly types.KnownBlock[]): types.KnownBlock[] {
  return blocks.length === 0 ? [quiet('Nothing here.')] : blocks.slice(0, MAX_VIEW_BLOCKS)
}
