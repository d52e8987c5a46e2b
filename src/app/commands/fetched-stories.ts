import { createArticle, type ArticleDraft } from '../../core/feed/article.ts'
import { groupArticles } from '../../core/story/group-articles.ts'
import type { ComposableMember, ComposableStory } from '../ports/story-store.ts'

/** Articles of one feed that a preview takes; grouping costs about a millisecond each. */
const MAX_ARTICLES = 40

/** What one feed brought just now. */
export interface FetchedFeed {
  readonly name: string
  readonly articles: readonly ArticleDraft[]
}

/** Stories of feeds that were fetched but are not collected yet, grouped as the service does; for a first preview. */
export function fetchedStories(feeds: readonly FetchedFeed[], nowMs: number): ComposableStory[] {
  const members = new Map<string, ComposableMember>()
  for (const { name, articles } of feeds) {
    for (const draft of articles.slice(0, MAX_ARTICLES)) {
      const article = createArticle({ ...draft, source: draft.source ?? name })
      const feed = { id: name, name, tags: [] }
      members.set(article.id, {
        article,
        copyOf: null,
        copyKind: null,
        why: 'listed by the feed',
        acceptedAtMs: nowMs,
        feeds: [feed],
      })
    }
  }
  const byStory = new Map<string, ComposableMember[]>()
  for (const { id, story, copyOf, copyKind } of groupArticles(
    [...members.values()].map(({ article }) => article),
  )) {
    const member = members.get(id)
    if (member !== undefined)
      byStory.set(story, [...(byStory.get(story) ?? []), { ...member, copyOf, copyKind }])
  }
  return [...byStory].map(([id, grouped]) => ({ id, members: grouped }))
}
