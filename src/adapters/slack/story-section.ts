import type { types } from '@slack/bolt'
import type { Line, Span } from '../../app/ports/chat.ts'
import {
  leftOutWords,
  PAGE_WORDS,
  type MessagePiece,
  type MessageStory,
} from '../../core/digest/message-story.ts'
import { buttonRows } from './buttons.ts'
import { charsOf, clip, plainText, textBlocks } from './text-blocks.ts'
import { dateFormat } from '../../core/text/date-format.ts'

/** One story as blocks that stay together. */
export interface StorySection {
  readonly storyId: string
  readonly headline: string
  readonly blocks: readonly types.KnownBlock[]
  /** Characters that Slack counts. */
  readonly chars: number
}

/** Text of one story; what finds no room is said to be left out. The longest story with head and foot fits into one message. */
const MAX_STORY_CHARS = 8_000

/** Of that kept for facts, buttons and what is said of sentences left out. */
const FRAME_CHARS = 600

const MAX_FACTS_CHARS = 300

/** A story in blocks; times by the clock of `timeZone`. */
export function storySection(story: MessageStory, timeZone: string): StorySection {
  const lines: Line[] = [headlineLine(story)]
  let chars = charsOf(textBlocks(lines)) + FRAME_CHARS
  let left = 0
  for (const pieces of story.lines) {
    const line = [{ text: '• ' }, ...pieces.map(spanOf)]
    chars += charsOf(textBlocks([line])) + 1
    if (chars > MAX_STORY_CHARS) left += 1
    else lines.push(line)
  }
  if (left > 0) lines.push([{ text: leftOutWords(left) }])
  if (story.pageUrl !== null) lines.push([{ text: PAGE_WORDS, href: story.pageUrl }])
  const blocks: types.KnownBlock[] = [
    ...textBlocks(lines),
    { type: 'context', elements: [plainText(factsWords(story, timeZone), MAX_FACTS_CHARS)] },
    ...buttonRows(story.actions),
  ]
  return { storyId: story.storyId, headline: story.headline.text, blocks, chars: charsOf(blocks) }
}

function headlineLine({ headline, isRelated }: MessageStory): Line {
  return [...(isRelated ? [{ text: 'Related: ' }] : []), { ...spanOf(headline), strong: true }]
}

function spanOf({ text, url, maxChars }: MessagePiece): Span {
  const shown = maxChars === null ? text : clip(text, maxChars)
  return url === null ? { text: shown } : { text: shown, href: url }
}

function factsWords({ update, counts, lastAtMs }: MessageStory, timeZone: string): string {
  const latest = lastAtMs === null ? [] : [`latest ${timeWords(lastAtMs, timeZone)}`]
  return [...(update === null ? [] : [update]), counts, ...latest].join(' · ')
}

function timeWords(atMs: number, timeZone: string): string {
  const shape = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone } as const
  return dateFormat('en-GB', shape).format(atMs)
}
