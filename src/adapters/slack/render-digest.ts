import type { types } from '@slack/bolt'
import type { DigestToCut, MessagePart } from '../../app/ports/publisher.ts'
import { plural } from '../../core/digest/count-words.ts'
import { messageHead, type MessageHead } from '../../core/digest/message-head.ts'
import { packMessages } from '../../core/digest/message-parts.ts'
import { messageStories } from '../../core/digest/message-story.ts'
import { MAX_BLOCKS, MAX_FALLBACK_CHARS, MAX_HEADER_CHARS, MAX_MESSAGE_CHARS } from './limits.ts'
import { storySection, type StorySection } from './story-section.ts'
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

/** A message of a digest with its Slack side. */
export interface SlackMessagePart extends MessagePart {
  readonly body: SlackPart
}

/** Cuts a digest at story borders under the limits of Slack: 50 blocks and 10,000 characters a message. */
export function cutForSlack(toCut: DigestToCut): SlackMessagePart[] {
  const { digest, name, timeZone, subscription, publicUrl, archiveToken = null } = toCut
  const head = messageHead(digest, name, timeZone)
  const groups = messageStories(digest, timeZone, { publicUrl, archiveToken }).map((stories) =>
    stories.map((story) => storySection(story, timeZone)),
  )
  return packMessages(groups, subscription.overflow, fits).map(
    ({ sections, foot, inThread }, part): SlackMessagePart => {
      const body: SlackPart = {
        text: fallbackOf(head, sections, part),
        blocks: [
          ...(part === 0
            ? headBlocks(head, subscription.mentionRole)
            : [context(`${nameOf(head)}, part ${part + 1}`)]),
          ...sections.flatMap(({ blocks }) => blocks),
          ...(foot === null ? [] : [context(foot)]),
        ],
      }
      return { body, storyIds: sections.map(({ storyId }) => storyId), inThread }
    },
  )
}

/** A part as arguments of Slack's `chat.postMessage`: links in it are not unfolded. */
export function slackMessage({ text, blocks }: SlackPart) {
  return { text, blocks, unfurl_links: false, unfurl_media: false }
}

function fits(sections: readonly StorySection[]): boolean {
  const blocks = sections.reduce((sum, section) => sum + section.blocks.length, FRAME_BLOCKS)
  const chars = sections.reduce((sum, section) => sum + section.chars, FRAME_CHARS)
  return blocks <= MAX_BLOCKS && chars <= MAX_MESSAGE_CHARS
}

function nameOf({ name }: MessageHead): string {
  return clip(name, MAX_NAME_CHARS)
}

function context(words: string): types.ContextBlock {
  return { type: 'context', elements: [plainText(words, MAX_FACTS_CHARS)] }
}

function headBlocks(head: MessageHead, mentionRole: string | null): types.KnownBlock[] {
  const mention = mentionRole !== null && USER_GROUP.test(mentionRole) ? [mentionBlock(mentionRole)] : []
  const day = head.day === null ? '' : `, ${head.day}`
  return [
    ...mention,
    { type: 'header', text: plainText(`${nameOf(head)}${day}`, MAX_HEADER_CHARS) },
    context(head.facts),
    ...(head.empty === null ? [] : [context(head.empty)]),
  ]
}

/** The one mention that a digest may carry: a manager set it. */
function mentionBlock(group: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: `<!subteam^${group}>` } }
}

/** What a notification shows: the name, how many stories, and the first headlines. */
function fallbackOf(head: MessageHead, sections: readonly StorySection[], part: number): string {
  const stories = plural(sections.length, 'story', 'stories')
  const title = part === 0 ? `${nameOf(head)}: ${stories}` : `${nameOf(head)}, part ${part + 1}: ${stories}`
  let text = notificationText(title)
  for (const { headline } of sections) {
    const next = `${text} · ${notificationText(clip(headline, MAX_NAME_CHARS))}`
    if (next.length > MAX_FALLBACK_CHARS) break
    text = next
  }
  return text
}
