import type { DigestToCut, MessagePart } from '../../app/ports/publisher.ts'
import { messageHead, type MessageHead } from '../../core/digest/message-head.ts'
import { packMessages } from '../../core/digest/message-parts.ts'
import { messageStories } from '../../core/digest/message-story.ts'
import { printable } from '../../core/text/printable.ts'
import { COMPONENTS_V2_FLAG, MAX_COMPONENTS, MAX_TEXT_CHARS, NO_MENTIONS } from './discord-limits.ts'
import { fitMarkdown } from './discord-markdown.ts'
import { fitLabel, SEPARATOR, textDisplay, type Component } from './message-components.ts'
import { storySection, type StorySection } from './story-section.ts'
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

/** Window with its zone, and counts. */
const MAX_FACTS_CHARS = 300

/** Head, foot, and the line above each. */
const FRAME_COMPONENTS = 3

const SNOWFLAKE = /^\d{15,20}$/

/** A message of a digest with its Discord side. */
export interface DiscordMessagePart extends MessagePart {
  readonly body: DiscordPart
}

/** Cuts a digest at story borders under the limits of Discord: 40 components and 4,000 characters of text a message. */
export function cutForDiscord(toCut: DigestToCut): DiscordMessagePart[] {
  const { digest, name, timeZone, subscription, publicUrl, archiveToken = null } = toCut
  const head = messageHead(digest, name, timeZone)
  const role = roleOf(subscription.mentionRole)
  const groups = messageStories(digest, timeZone, { publicUrl, archiveToken }).map((stories) =>
    stories.map(storySection),
  )
  return packMessages(groups, subscription.overflow, fits).map(
    ({ sections, foot, inThread }, part): DiscordMessagePart => {
      const body: DiscordPart = {
        title: fitLabel(titleOf(head, sections, part)),
        mentionRole: part === 0 ? role : null,
        components: withUniqueIds([
          textDisplay(part === 0 ? headText(head, role) : `-# ${nameOf(head)}, part ${part + 1}`),
          ...sections.flatMap(({ components }, index) =>
            index === 0 ? components : [SEPARATOR, ...components],
          ),
          ...(foot === null ? [] : [SEPARATOR, textDisplay(`-# ${foot}`)]),
        ]),
      }
      return { body, storyIds: sections.map(({ storyId }) => storyId), inThread }
    },
  )
}

/** A part as the body of Discord's "create message": components alone, nobody mentioned but the role that a manager set. */
export function discordMessage({ components, mentionRole }: DiscordPart) {
  return {
    components,
    flags: COMPONENTS_V2_FLAG,
    allowed_mentions: mentionRole === null ? NO_MENTIONS : { ...NO_MENTIONS, roles: [mentionRole] },
  }
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

function nameOf({ name }: MessageHead): string {
  return fitMarkdown(name, MAX_DIGEST_NAME_CHARS)
}

function headText(head: MessageHead, role: string | null): string {
  return [
    ...(role === null ? [] : [`<@&${role}>`]),
    `## ${nameOf(head)}`,
    `-# ${fitMarkdown(head.facts, MAX_FACTS_CHARS)}`,
    ...(head.empty === null ? [] : [head.empty]),
  ].join('\n')
}

/** A first part is named after its digest and day, a further one after its first story. */
function titleOf({ name, day }: MessageHead, sections: readonly StorySection[], part: number): string {
  const [first] = sections
  if (part > 0 && first !== undefined) return printable(first.headline)
  return `${name.slice(0, MAX_DIGEST_NAME_CHARS)}${day === null ? '' : `, ${day}`}`
}
