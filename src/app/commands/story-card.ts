import type { DigestSentence, StoryToTell } from '../../core/digest/digest.ts'
import { storyActions } from '../../core/digest/story-actions.ts'
import { bearsHeadline } from '../../core/story/headline.ts'
import type { Summary, SummaryOptions } from '../../core/summary/summary.ts'
import { summarizeStory } from '../../core/summary/summarize-story.ts'
import { printable } from '../../core/text/printable.ts'
import type { ArticleEntry } from '../ports/article-store.ts'
import type { Line, ReplyBlock, ReplyMenu } from '../ports/chat.ts'
import { countsWords } from '../../core/digest/count-words.ts'
import { choice, linked, listWords } from './reply-words.ts'
import type { SeenStory } from './story-reader.ts'
import { agoWords } from './time-words.ts'

/** Words of an outlet that stand behind a sentence. */
export function outletWords({
  outlet,
  publisher,
}: {
  readonly outlet: string
  readonly publisher?: string
}): string {
  return printable(outlet) || publisher || 'source'
}

/** A summary of a story with its copies folded. */
export function summaryOf(story: StoryToTell, options: SummaryOptions): Summary {
  const copies = new Map<string, string>()
  for (const { article, copyOf } of story.members) if (copyOf !== null) copies.set(article.id, copyOf)
  return summarizeStory(
    story.members.map(({ article }) => article),
    { ...options, copies },
  )
}

/**
 * The sentences of a summary, each with a link to its article. One that is not word for word a range of its article is left out: it must
 * never be shown (guarantee 1).
 */
export function sentenceLines({ sentences }: Summary, story: StoryToTell): Line[] {
  const articles = new Map(story.members.map(({ article }) => [article.id, article]))
  return sentences.flatMap(({ text, articleId, start, end, alsoIn }) => {
    const article = articles.get(articleId)
    if (article?.text.slice(start, end) !== text) return []
    return [quoteLine({ text, url: article.url, outlet: outletWords(article), alsoIn })]
  })
}

/** One sentence with its source, and who else says so. */
export function quoteLine({
  text,
  url,
  outlet,
  alsoIn,
}: Pick<DigestSentence, 'text' | 'url' | 'outlet' | 'alsoIn'>): Line {
  const also = alsoIn.length === 0 ? [] : [{ text: ` also ${listWords(alsoIn.slice(0, 3))}`, quiet: true }]
  return [{ text }, { text: ' ' }, { ...linked(outlet, url), quiet: true }, ...also]
}

/** `9 articles · 5 publishers · 4 copies · 3 h ago`. */
export function storyFacts({ members, lastAtMs }: SeenStory, nowMs: number): Line {
  return [{ text: `${countsWords(countEntries(members))} · ${agoWords(lastAtMs, nowMs)}`, quiet: true }]
}

/** The counts of the articles of a list. */
export function countEntries(members: readonly ArticleEntry[]): {
  articles: number
  publishers: number
  copies: number
} {
  return {
    articles: members.length,
    publishers: new Set(members.map(({ publisher }) => publisher)).size,
    copies: members.filter(({ copyOf }) => copyOf !== null).length,
  }
}

/** The headline, linked to the first article that bears it. */
export function headlineLine({ headline, members }: SeenStory): Line {
  const bearer = members.find(({ title }) => bearsHeadline(printable(title), headline)) ?? members[0]
  return [linked(headline, bearer?.url ?? null, true)]
}

/** A story with sentences and its buttons. */
export function storyBlock(story: SeenStory, lines: readonly Line[], nowMs: number): ReplyBlock {
  return {
    heading: headlineLine(story),
    lines: [...lines, storyFacts(story, nowMs)],
    buttons: storyActions(story.id),
  }
}

/** A menu that opens one of some stories; none where there is nothing to choose. */
export function storyMenu(stories: readonly SeenStory[], label = 'Open a story'): Pick<ReplyBlock, 'menu'> {
  const choices = stories.flatMap(({ id, headline }) => choice(headline, id)).slice(0, 25)
  const menu: ReplyMenu = { label, action: 'open', choices }
  return choices.length === 0 ? {} : { menu }
}
