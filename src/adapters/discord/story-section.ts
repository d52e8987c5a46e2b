import type { Counts, DigestEntry, DigestSentence } from '../../core/digest/digest.ts'
import { storyActions } from '../../core/digest/story-actions.ts'
import { updateWords } from '../../core/digest/update-words.ts'
import { fitMarkdown, markdownLink } from './discord-markdown.ts'
import { buttonRows, costOf, textDisplay, type Component, type Cost } from './message-components.ts'

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

const MAX_HEADLINE_CHARS = 240
const MAX_SENTENCE_CHARS = 900
const MAX_OUTLET_CHARS = 60
const MAX_NOTE_CHARS = 80
const MAX_ALSO_IN = 3

/** The section of a story. `sinceMs` is when its readers get it, which decides what yesterday is. */
export function storySection(
  entry: DigestEntry,
  { nowMs, timeZone, isRelated }: { nowMs: number; timeZone: string; isRelated: boolean },
): StorySection {
  const headline = headlineLine(entry)
  const lines = [isRelated ? `**Related:** ${headline}` : `### ${headline}`]
  let room = MAX_SECTION_CHARS - FACTS_CHARS - (lines[0]?.length ?? 0)
  let left = 0
  for (const line of [...entry.sentences.map(sentenceLine), ...entry.disagreements.map(disagreementLine)]) {
    room -= line.length + 1
    if (room < 0) left += 1
    else lines.push(line)
  }
  if (left > 0) lines.push(`-# ${left} more ${left === 1 ? 'sentence finds' : 'sentences find'} no room here`)
  lines.push(`-# ${factsLine(entry, nowMs, timeZone)}`)
  const components = [textDisplay(lines.join('\n')), ...buttonRows(storyActions(entry.storyId))]
  return { storyId: entry.storyId, headline: entry.headline, components, cost: costOf(components) }
}

function headlineLine({ headline, members }: DigestEntry): string {
  const bearer = members.find(({ article }) => article.title === headline && article.url !== null)
  const url = bearer?.article.url ?? members.find(({ article }) => article.url !== null)?.article.url ?? null
  return markdownLink(headline, url, MAX_HEADLINE_CHARS) || '(no headline)'
}

function sentenceLine({ text, url, outlet, articleId, alsoIn, dateNote }: DigestSentence): string {
  const note = dateNote === null ? '' : ` (${fitMarkdown(dateNote, MAX_NOTE_CHARS)})`
  const source = markdownLink(outlet === '' ? articleId : outlet, url, MAX_OUTLET_CHARS) || 'source'
  return `- ${fitMarkdown(text, MAX_SENTENCE_CHARS)}${note} — ${source}${alsoWords(alsoIn)}`
}

function alsoWords(alsoIn: readonly string[]): string {
  if (alsoIn.length === 0) return ''
  const named = alsoIn.slice(0, MAX_ALSO_IN).map((name) => fitMarkdown(name, MAX_OUTLET_CHARS))
  const more = alsoIn.length - named.length
  return `, also in ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function disagreementLine(line: string): string {
  return `- Sources differ: ${fitMarkdown(line, MAX_SENTENCE_CHARS)}`
}

function factsLine({ counts, update, lastAtMs }: DigestEntry, nowMs: number, timeZone: string): string {
  const age = lastAtMs === null ? [] : [`<t:${Math.floor(lastAtMs / 1_000)}:R>`]
  if (update === undefined) return [countsWords(counts), ...age].join(' · ')
  return [`**${updateWords(update, nowMs, timeZone)}**`, `in all ${countsWords(update.inAll)}`, ...age].join(
    ' · ',
  )
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
