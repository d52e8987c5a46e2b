import type { Article } from '../core/feed/article.ts'
import { composeDigest } from '../core/digest/compose-digest.ts'
import { timeSpan, type Digest, type StoryMember, type StoryToTell } from '../core/digest/digest.ts'
import { rankStories } from '../core/digest/rank-stories.ts'
import { relateStories } from '../core/digest/relate-stories.ts'
import { groupArticles, type GroupedArticle } from '../core/story/group-articles.ts'
import { matchesTopic, type TopicQuery } from '../core/subscription/topic-query.ts'
import { summarizeStory } from '../core/summary/summarize-story.ts'

/** What a one-shot digest is to hold. */
export interface DigestRequest {
  /** Most stories told; 1 or more. */
  readonly maxStories: number
  /** Most sentences a story; 0 gives headlines alone. */
  readonly maxSentences: number
  /** Dated articles before it are left out, epoch ms UTC; `null` takes all. */
  readonly sinceMs: number | null
  /** Only stories with an article that meets it; `null` takes all. */
  readonly topic: TopicQuery | null
  /** ISO 639-1 of the reader: stories are told in it where they have sources in it. Default: the language of most of a story's articles. */
  readonly lang?: string | null
}

/**
 * One digest of some articles, start to end: group → filter → rank → summarise → compose. The same articles in the
 * same order and the same request give the same digest to the byte. It has no headings over several stories: the best of each affair comes
 * first, the others where there is room.
 */
export function makeDigest(articles: readonly Article[], request: DigestRequest): Digest {
  const { sinceMs, topic } = request
  const inWindow = inOrderOfTime(latestVersions(articles)).filter(
    ({ publishedAtMs }) => sinceMs === null || (publishedAtMs ?? sinceMs) >= sinceMs,
  )
  const stories = storiesOf(inWindow).filter((story) => topic === null || hasTopic(story, topic))
  const endMs = timeSpan(stories.flatMap(({ members }) => members)).lastAtMs
  const told = relateStories(rankStories(stories, endMs), request.maxStories, 0)
    .slice(0, request.maxStories)
    .map(({ head }) => ({ ranked: head, summary: summarize(head.story, request) }))
  return composeDigest({ stories, told, fromMs: sinceMs, toMs: null, options: { ...request } })
}

/** Of articles that came more than once under one id, the last version, in the place of the first. */
function latestVersions(articles: readonly Article[]): Article[] {
  return [...new Map(articles.map((article) => [article.id, article])).values()]
}

/** As they would have arrived: the dated ones by date; an undated one keeps the place where it was given. */
function inOrderOfTime(articles: readonly Article[]): Article[] {
  const dated = articles
    .filter(({ publishedAtMs }) => publishedAtMs !== null)
    .toSorted((a, b) => (a.publishedAtMs ?? 0) - (b.publishedAtMs ?? 0))
    .values()
  return articles.map((article) =>
    article.publishedAtMs === null ? article : (dated.next().value ?? article),
  )
}

/** Groups articles into stories, in order of each story's first article. */
function storiesOf(articles: readonly Article[]): StoryToTell[] {
  const members = new Map<string, StoryMember[]>()
  for (const [index, grouped] of groupArticles(articles, { explain: true }).entries()) {
    const article = articles[index]
    if (article === undefined) continue
    const story = members.get(grouped.story) ?? []
    story.push(memberOf(article, grouped))
    members.set(grouped.story, story)
  }
  return [...members].map(([id, story]) => ({ id, members: story }))
}

function memberOf(article: Article, { copyOf, copyKind, explain }: GroupedArticle): StoryMember {
  return { article, copyOf, copyKind, why: explain?.why ?? '' }
}

function hasTopic({ members }: StoryToTell, topic: TopicQuery): boolean {
  return members.some(({ article }) => matchesTopic(topic, `${article.title}\n${article.text}`, article.lang))
}

function summarize(
  { members }: StoryToTell,
  { maxSentences, lang = null }: DigestRequest,
): ReturnType<typeof summarizeStory> {
  const copies = new Map<string, string>()
  for (const { article, copyOf } of members) if (copyOf !== null) copies.set(article.id, copyOf)
  return summarizeStory(
    members.map(({ article }) => article),
    { sentences: maxSentences, copies, lang },
  )
}
