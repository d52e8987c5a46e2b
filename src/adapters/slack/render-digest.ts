import type { types } from '@slack/bolt'
import type { DigestToCut, MessagePart } from '../../app/ports/publisher.ts'
import type { DigestEntry } from '../../core/digest/digest.ts'
import { MAX_BLOCKS, MAX_FALLBACK_CHARS, MAX_HEADER_CHARS, MAX_MESSAGE_CHARS } from './limits.ts'
import { countsWords, plural, storySection, type StorySection } from './story-section.ts'
import { clip, notificationText, plainText } from './text-blocks.ts'

/** A part of a digest, as it is kept until it is sent. */
export interface SlackPart {
  /** Fallback for notifications and screen readers, escaped. */
  readonly text: string
  readonly blocks: readonly types.KnownBlock[]
}

/** Kept of every message for its head and foot. */
const FRAME_CHARS = 800

/** Mention, header, facts, a line for a digest without stories, foot. */
const FRAME_BLOCKS = 5

const MAX_FACTS_CHARS = 250
const MAX_NAME_CHARS = 120

/** User groups: what Slack has for roles. */
const USER_GROUP = /^S[A-Z0-9]{2,20}$/

/** Cuts a digest at story borders under the limits of Slack: 50 blocks and 10,000 characters a message. */
export function cutForSlack(toCut: DigestToCut): MessagePart[] {
  const { digest, subscription } = toCut
  const packed = packGroups(digest.entries.map((entry) => sectionsOf(entry, toCut)))
  const parts = subscription.overflow === 'drop' ? packed.slice(0, 1) : packed
  return parts.map((sections, part): MessagePart => {
    const body: SlackPart = {
      text: fallbackOf(toCut, sections, part),
      blocks: [
        ...(part === 0 ? headBlocks(toCut) : [context(`${nameOf(toCut)}, part ${part + 1}`)]),
        ...sections.flatMap(({ blocks }) => blocks),
        ...footBlocks(toCut, packed, part),
      ],
    }
    return {
      body,
      storyIds: sections.map(({ storyId }) => storyId),
      inThread: part > 0 && subscription.overflow === 'thread',
    }
  })
}

/** A story with those of the same affair that stand under its heading. */
function sectionsOf(entry: DigestEntry, { digest, timeZone }: DigestToCut): StorySection[] {
  const nowMs = digest.toMs ?? entry.lastAtMs ?? 0
  return [
    storySection(entry, { nowMs, timeZone, isRelated: false }),
    ...(entry.related ?? []).map((one) => storySection(one, { nowMs, timeZone, isRelated: true })),
  ]
}

/** Messages in order; a group that would fit into one message is not torn apart. */
function packGroups(groups: readonly (readonly StorySection[])[]): StorySection[][] {
  const messages: StorySection[][] = [[]]
  for (const group of groups) {
    const last = messages.at(-1) ?? []
    if (fits([...last, ...group])) last.push(...group)
    else if (fits(group)) messages.push([...group])
    else for (const section of group) addSection(messages, section)
  }
  return messages.length > 1 && messages[0]?.length === 0 ? messages.slice(1) : messages
}

function addSection(messages: StorySection[][], section: StorySection): void {
  const last = messages.at(-1)
  if (last !== undefined && fits([...last, section])) last.push(section)
  else messages.push([section])
}

function fits(sections: readonly StorySection[]): boolean {
  const blocks = sections.reduce((sum, section) => sum + section.blocks.length, FRAME_BLOCKS)
  const chars = sections.reduce((sum, section) => sum + section.chars, FRAME_CHARS)
  return blocks <= MAX_BLOCKS && chars <= MAX_MESSAGE_CHARS
}

function nameOf({ name }: DigestToCut): string {
  return clip(name, MAX_NAME_CHARS) || 'News'
}

function context(words: string): types.ContextBlock {
  return { type: 'context', elements: [plainText(words, MAX_FACTS_CHARS)] }
}

function headBlocks(toCut: DigestToCut): types.KnownBlock[] {
  const { digest, timeZone, subscription } = toCut
  const { mentionRole } = subscription
  const day = digest.toMs === null ? '' : `, ${dayAndTime(digest.toMs, timeZone).day}`
  const shown = digest.entries.length
  const window = windowWords(digest.fromMs, digest.toMs, timeZone)
  const stories =
    shown === digest.storiesInWindow
      ? plural(shown, 'story', 'stories')
      : `${shown} of ${plural(digest.storiesInWindow, 'story', 'stories')}`
  const facts = [...(window === '' ? [] : [window]), stories, countsWords(digest.counts)]
  const mention = mentionRole !== null && USER_GROUP.test(mentionRole) ? [mentionBlock(mentionRole)] : []
  return [
    ...mention,
    { type: 'header', text: plainText(`${nameOf(toCut)}${day}`, MAX_HEADER_CHARS) },
    context(facts.join(' · ')),
    ...(shown === 0 ? [context('No story in this window.')] : []),
  ]
}

/** The one mention that a digest may carry: a manager set it. */
function mentionBlock(group: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: `<!subteam^${group}>` } }
}

/** `Tue 10 Mar 2026, 07:00–08:00 (Europe/Berlin)`: the clock of the destination, and its zone. */
function windowWords(fromMs: number | null, toMs: number | null, timeZone: string): string {
  if (fromMs === null || toMs === null) return ''
  const [from, to] = [dayAndTime(fromMs, timeZone), dayAndTime(toMs, timeZone)]
  const span =
    from.day === to.day
      ? `${to.day}, ${from.time}–${to.time}`
      : `${from.day}, ${from.time} – ${to.day}, ${to.time}`
  return `${span} (${timeZone})`
}

function dayAndTime(atMs: number, timeZone: string): { day: string; time: string } {
  const date = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
  return {
    day: new Intl.DateTimeFormat('en-GB', { ...date, timeZone }).format(atMs).replace(',', ''),
    time: new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }).format(atMs),
  }
}

/** What is said of stories that are not in this message. */
function footBlocks(
  { subscription }: DigestToCut,
  packed: readonly StorySection[][],
  part: number,
): types.ContextBlock[] {
  const later = packed.slice(part + 1).reduce((sum, sections) => sum + sections.length, 0)
  if (later === 0) return []
  const more = plural(later, 'more story', 'more stories')
  const words = {
    thread: part === 0 ? `${more} in the thread` : `${more} below`,
    'next-message': `${more} below`,
    drop: `${more} found no room here`,
  }[subscription.overflow]
  return [context(words)]
}

/** What a notification shows: the name, how many stories, and the first headlines. */
function fallbackOf(toCut: DigestToCut, sections: readonly StorySection[], part: number): string {
  const stories = plural(sections.length, 'story', 'stories')
  const title = part === 0 ? `${nameOf(toCut)}: ${stories}` : `${nameOf(toCut)}, part ${part + 1}: ${stories}`
  let text = notificationText(title)
  for (const { headline } of sections) {
    const next = `${text} · ${notificationText(clip(headline, MAX_NAME_CHARS))}`
    if (next.length > MAX_FALLBACK_CHARS) break
    text = next
  }
  return text
}
