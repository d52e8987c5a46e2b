import type { DigestToCut, MessagePart } from '../../app/ports/publisher.ts'
import type { DigestEntry } from '../../core/digest/digest.ts'
import { printable } from '../../core/text/printable.ts'
import { MAX_COMPONENTS, MAX_TEXT_CHARS } from './discord-limits.ts'
import { escapeMarkdown, fitMarkdown } from './discord-markdown.ts'
import { fitLabel, SEPARATOR, textDisplay, type Component } from './message-components.ts'
import { countsWords, plural, storySection, type StorySection } from './story-section.ts'
import { withUniqueIds } from './unique-ids.ts'

/** A part of a digest, as it is kept until it is sent. */
export interface DiscordPart {
  /** Name of a thread or forum post that begins with it; plain text of 1-100 characters. */
  readonly title: string
  /** Id of the role that this part mentions, or `null`. */
  readonly mentionRole: string | null
  readonly components: readonly Component[]
}

/** Kept of every message for its head and foot: the name of a digest is at most 200 characters of it. */
const FRAME_CHARS = 600
const MAX_DIGEST_NAME_CHARS = 200

/** Head, foot, and the line above each. */
const FRAME_COMPONENTS = 3

const SNOWFLAKE = /^\d{15,20}$/

/** Cuts a digest at story borders under the limits of Discord: 40 components and 4,000 characters of text a message. */
export function cutForDiscord(toCut: DigestToCut): MessagePart[] {
  const { digest, subscription } = toCut
  const groups = digest.entries.map((entry) => sectionsOf(entry, toCut))
  const packed = packGroups(groups)
  const parts = subscription.overflow === 'drop' ? packed.slice(0, 1) : packed
  return parts.map((sections, part): MessagePart => {
    const body: DiscordPart = {
      title: fitLabel(titleOf(toCut, sections, part)),
      mentionRole: part === 0 ? roleOf(subscription.mentionRole) : null,
      components: withUniqueIds([
        textDisplay(part === 0 ? headText(toCut) : `-# ${nameOf(toCut)}, part ${part + 1}`),
        ...sections.flatMap(({ components }, index) =>
          index === 0 ? components : [SEPARATOR, ...components],
        ),
        ...footOf(toCut, packed, part),
      ]),
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
  let components = FRAME_COMPONENTS
  let chars = FRAME_CHARS
  for (const { cost } of sections) {
    components += cost.components + 1
    chars += cost.chars
  }
  return components - 1 <= MAX_COMPONENTS && chars <= MAX_TEXT_CHARS
}

function roleOf(role: string | null): string | null {
  return role !== null && SNOWFLAKE.test(role) ? role : null
}

function nameOf({ name }: DigestToCut): string {
  return fitMarkdown(name, MAX_DIGEST_NAME_CHARS) || 'News'
}

function headText(toCut: DigestToCut): string {
  const { digest, timeZone, subscription } = toCut
  const role = roleOf(subscription.mentionRole)
  const shown = digest.entries.length
  const stories =
    shown === digest.storiesInWindow
      ? plural(shown, 'story', 'stories')
      : `${shown} of ${plural(digest.storiesInWindow, 'story', 'stories')}`
  const window = windowWords(digest.fromMs, digest.toMs, timeZone)
  return [
    ...(role === null ? [] : [`<@&${role}>`]),
    `## ${nameOf(toCut)}`,
    `-# ${[...(window === '' ? [] : [window]), stories, countsWords(digest.counts)].join(' · ')}`,
    ...(shown === 0 ? ['No story in this window.'] : []),
  ].join('\n')
}

/** `Tue 10 Mar 2026, 07:00–08:00 (Europe/Berlin)`; the clock of the destination, and of its zone. */
function windowWords(fromMs: number | null, toMs: number | null, timeZone: string): string {
  if (fromMs === null || toMs === null) return ''
  const [from, to] = [dayAndTime(fromMs, timeZone), dayAndTime(toMs, timeZone)]
  const span =
    from.day === to.day
      ? `${to.day}, ${from.time}–${to.time}`
      : `${from.day}, ${from.time} – ${to.day}, ${to.time}`
  return `${span} (${escapeMarkdown(timeZone)})`
}

function dayAndTime(atMs: number, timeZone: string): { day: string; time: string } {
  const date = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
  return {
    day: new Intl.DateTimeFormat('en-GB', { ...date, timeZone }).format(atMs).replace(',', ''),
    time: new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }).format(atMs),
  }
}

/** What is said of stories that are not in this message. */
function footOf({ subscription }: DigestToCut, packed: readonly StorySection[][], part: number): Component[] {
  const later = packed.slice(part + 1).reduce((sum, sections) => sum + sections.length, 0)
  if (later === 0) return []
  const more = plural(later, 'more story', 'more stories')
  const words = {
    thread: part === 0 ? `${more} in the thread` : `${more} below`,
    'next-message': `${more} below`,
    drop: `${more} found no room here`,
  }[subscription.overflow]
  return [SEPARATOR, textDisplay(`-# ${words}`)]
}

/** A first part is named after its digest and day, a further one after its first story. */
function titleOf(toCut: DigestToCut, sections: readonly StorySection[], part: number): string {
  const [first] = sections
  if (part > 0 && first !== undefined) return printable(first.headline)
  const { toMs } = toCut.digest
  const day = toMs === null ? '' : `, ${dayAndTime(toMs, toCut.timeZone).day}`
  return `${printable(toCut.name).slice(0, MAX_DIGEST_NAME_CHARS) || 'News'}${day}`
}
