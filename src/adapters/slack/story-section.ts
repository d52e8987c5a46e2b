import type { types } from '@slack/bolt'
import type { Line, Span } from '../../app/ports/chat.ts'
import type { Counts, DigestEntry, DigestSentence } from '../../core/digest/digest.ts'
import { storyActions } from '../../core/digest/story-actions.ts'
import { updateWords } from '../../core/digest/update-words.ts'
import { buttonRows } from './buttons.ts'
import { charsOf, clip, plainText, textBlocks } from './text-blocks.ts'

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

const MAX_HEADLINE_CHARS = 240
const MAX_SENTENCE_CHARS = 900
const MAX_OUTLET_CHARS = 60
const MAX_NOTE_CHARS = 80
const MAX_FACTS_CHARS = 300
const MAX_ALSO_IN = 3

/** The section of a story. `nowMs` is when its readers get it, which decides what yesterday is. */
export function storySection(
  entry: DigestEntry,
  { nowMs, timeZone, isRelated }: { nowMs: number; timeZone: string; isRelated: boolean },
): StorySection {
  const lines: Line[] = [headlineLine(entry, isRelated)]
  let chars = charsOf(textBlocks(lines)) + FRAME_CHARS
  let left = 0
  for (const line of [...entry.sentences.map(sentenceLine), ...entry.disagreements.map(disagreementLine)]) {
    chars += charsOf(textBlocks([line])) + 1
    if (chars > MAX_STORY_CHARS) left += 1
    else lines.push(line)
  }
  if (left > 0) {
    lines.push([
      { text: `${plural(left, 'more sentence finds', 'more sentences find')} no room here: press More.` },
    ])
  }
  const blocks: types.KnownBlock[] = [
    ...textBlocks(lines),
    { type: 'context', elements: [plainText(factsWords(entry, nowMs, timeZone), MAX_FACTS_CHARS)] },
    ...buttonRows(storyActions(entry.storyId)),
  ]
  return { storyId: entry.storyId, headline: entry.headline, blocks, chars: charsOf(blocks) }
}

function headlineLine({ headline, members }: DigestEntry, isRelated: boolean): Line {
  const bearer = members.find(({ article }) => article.title === headline && article.url !== null)
  const url = bearer?.article.url ?? members.find(({ article }) => article.url !== null)?.article.url ?? null
  const title = linked(clip(headline, MAX_HEADLINE_CHARS) || '(no headline)', url)
  return [...(isRelated ? [{ text: 'Related: ' }] : []), { ...title, strong: true }]
}

function sentenceLine({ text, url, outlet, articleId, alsoIn, dateNote }: DigestSentence): Line {
  const note = dateNote === null ? '' : ` (${clip(dateNote, MAX_NOTE_CHARS)})`
  const source = clip(outlet === '' ? articleId : outlet, MAX_OUTLET_CHARS) || 'source'
  return [
    { text: '• ' },
    { text: clip(text, MAX_SENTENCE_CHARS) },
    { text: `${note} — ` },
    linked(source, url),
    { text: alsoWords(alsoIn) },
  ]
}

function linked(text: string, url: string | null): Span {
  return url === null ? { text } : { text, href: url }
}

function alsoWords(alsoIn: readonly string[]): string {
  if (alsoIn.length === 0) return ''
  const named = alsoIn.slice(0, MAX_ALSO_IN).map((name) => clip(name, MAX_OUTLET_CHARS))
  const more = alsoIn.length - named.length
  return `, also in ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function disagreementLine(line: string): Line {
  return [{ text: '• Sources differ: ' }, { text: clip(line, MAX_SENTENCE_CHARS) }]
}

function factsWords({ counts, update, lastAtMs }: DigestEntry, nowMs: number, timeZone: string): string {
  const latest = lastAtMs === null ? [] : [`latest ${timeWords(lastAtMs, timeZone)}`]
  if (update === undefined) return [countsWords(counts), ...latest].join(' · ')
  return [updateWords(update, nowMs, timeZone), `in all ${countsWords(update.inAll)}`, ...latest].join(' · ')
}

function timeWords(atMs: number, timeZone: string): string {
  const shape = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone } as const
  return new Intl.DateTimeFormat('en-GB', shape).format(atMs)
}

/** `9 articles · 5 publishers · 4 copies`. */
export function countsWords({ articles, publishers, copies }: Counts): string {
  return [
    plural(articles, 'article'),
    plural(publishers, 'publisher'),
    plural(copies, 'copy', 'copies'),
  ].join(' · ')
}

/** `1 story`, `2 stories`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
