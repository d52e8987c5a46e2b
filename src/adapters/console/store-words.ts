import { countsWords } from '../../core/digest/count-words.ts'
import type { ArticleEntry } from '../../app/ports/article-store.ts'
import type { Membership, StoryEntry } from '../../app/ports/story-store.ts'
import { storyLife } from '../../core/story/story-life.ts'
import { printable } from '../../core/text/printable.ts'

/** An article as two lines of a list. */
export function articleLines({ title, outlet, publishedAtMs, url, id, storyId }: ArticleEntry): string {
  const facts = [
    minuteOf(publishedAtMs),
    printable(outlet),
    storyId === null ? '' : `story ${storyId}`,
    url ?? id,
  ]
  return `${printable(title) || '(no title)'}\n  ${facts.filter((fact) => fact !== '').join(' · ')}\n`
}

/** A story as two lines of a list. */
export function storyLines(story: StoryEntry, nowMs: number): string {
  const facts = [
    countsWords(countsOf(story)),
    minuteOf(story.lastAtMs),
    storyLife(story.lastAtMs, nowMs),
    `story ${story.id}`,
  ]
  return `${printable(story.headline) || '(no title)'}\n  ${facts.join(' · ')}\n`
}

/** A story with its articles, who copied whom, and what moved in or out of it. */
export function wholeStory(story: StoryEntry, history: readonly Membership[], nowMs: number): string {
  const byId = new Map(story.members.map((member) => [member.id, member]))
  const lines = [storyLines(story, nowMs)]
  for (const member of story.members) {
    const original = member.copyOf === null ? undefined : byId.get(member.copyOf)
    const copy =
      member.copyOf === null
        ? ''
        : `    ${member.copyKind ?? ''} copy of ${printable(original?.outlet ?? '') || member.copyOf}\n`
    lines.push(indent(articleLines({ ...member, storyId: null })), copy)
  }
  const left = history.filter(({ leftAtMs }) => leftAtMs !== null)
  for (const { articleId, storyId, leftAtMs, reason } of left) {
    lines.push(
      `  ${minuteOf(leftAtMs)}: ${articleId} left story ${storyId}; it had joined because: ${printable(reason)}\n`,
    )
  }
  return lines.join('')
}

function countsOf({ members }: StoryEntry) {
  return {
    articles: members.length,
    publishers: new Set(members.map(({ publisher }) => publisher)).size,
    copies: members.filter(({ copyOf }) => copyOf !== null).length,
  }
}

function minuteOf(atMs: number | null): string {
  return atMs === null ? '' : `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
