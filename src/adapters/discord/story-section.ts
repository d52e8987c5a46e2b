import {
  leftOutWords,
  PAGE_WORDS,
  type MessagePiece,
  type MessageStory,
} from '../../core/digest/message-story.ts'
import { markdownLink } from './discord-markdown.ts'
import {
  buttonRows,
  costOf,
  pictureSection,
  textDisplay,
  type Component,
  type Cost,
} from './message-components.ts'

/** One story as components that stay together. */
export interface StorySection {
  readonly storyId: string
  readonly headline: string
  readonly components: readonly Component[]
  readonly cost: Cost
}

/** Text of one story; what finds no room in it is said to be behind its button. With head and foot the longest fits into one message. */
const MAX_SECTION_CHARS = 3_300

/** Of that kept for the facts and for what is left out. */
const FACTS_CHARS = 300

/** A story in Discord's marks. */
export function storySection(story: MessageStory): StorySection {
  const headline = markdownPiece(story.headline)
  const lines = [story.isRelated ? `**Related:** ${headline}` : `### ${headline}`]
  const facts = factsLine(story)
  let room = MAX_SECTION_CHARS - Math.max(FACTS_CHARS, facts.length + 80) - (lines[0]?.length ?? 0)
  let left = 0
  for (const pieces of story.lines) {
    const line = `- ${pieces.map(markdownPiece).join('')}`
    room -= line.length + 1
    if (room < 0) left += 1
    else lines.push(line)
  }
  if (left > 0) lines.push(`-# ${leftOutWords(left)}`)
  lines.push(`-# ${facts}`)
  const components = [told(lines.join('\n'), story), ...buttonRows(story.actions)]
  return { storyId: story.storyId, headline: story.headline.text, components, cost: costOf(components) }
}

function told(content: string, { pictureUrl, headline }: MessageStory): Component {
  return pictureUrl === null ? textDisplay(content) : pictureSection(content, pictureUrl, headline.text)
}

function markdownPiece({ text, url, maxChars }: MessagePiece): string {
  return maxChars === null ? text : markdownLink(text, url, maxChars)
}

function factsLine({ update, counts, lastAtMs, pageUrl }: MessageStory): string {
  const news = update === null ? [] : [`**${update}**`]
  const age = lastAtMs === null ? [] : [`<t:${Math.floor(lastAtMs / 1_000)}:R>`]
  const page = pageUrl === null ? [] : [markdownLink(PAGE_WORDS, pageUrl, PAGE_WORDS.length)]
  return [...news, counts, ...age, ...page].join(' · ')
}
