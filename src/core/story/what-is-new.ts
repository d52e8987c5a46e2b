import type { Article } from '../feed/article.ts'

/** A member of a story and when it was accepted, epoch ms UTC. */
export interface AcceptedArticle {
  readonly article: Article
  readonly acceptedAtMs: number
  /** Id of the article whose text it repeats, or `null`. */
  readonly copyOf?: string | null
}

/** What a story gained since a point in time. */
export interface StoryNews {
  /** Articles accepted after it, in order of arrival. */
  readonly articles: readonly Article[]
  /** Those of them that repeat the text of another. */
  readonly copies: number
  /** Keys of publishers that had not told the story before; all unknown publishers are one. */
  readonly publishers: readonly string[]
}

/** What is new in a story since `sinceMs`: articles accepted later, and publishers that tell it for the first time. */
export function whatIsNew(members: readonly AcceptedArticle[], sinceMs: number): StoryNews {
  const known = new Set<string>()
  for (const { article, acceptedAtMs } of members) if (acceptedAtMs <= sinceMs) known.add(article.publisher)
  const fresh = members.filter(({ acceptedAtMs }) => acceptedAtMs > sinceMs)
  const publishers = new Set(
    fresh.map(({ article }) => article.publisher).filter((publisher) => !known.has(publisher)),
  )
  return {
    articles: fresh.map(({ article }) => article),
    copies: fresh.filter(({ copyOf }) => (copyOf ?? null) !== null).length,
    publishers: [...publishers],
  }
}
