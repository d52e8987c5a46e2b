import type { ArticleStore } from './ports/article-store.ts'
import type { DigestStore, NewDigest } from './ports/digest-store.ts'
import type { ServiceMeter } from './ports/service-meter.ts'
import type { StoryStore } from './ports/story-store.ts'

/** The parts of a store that tell when an article gets on. */
export interface ObservedStore {
  readonly articles: ArticleStore
  readonly stories: StoryStore
  readonly digests: DigestStore
}

/** Articles read and not placed yet that are remembered: a step reads some fifty. */
const MAX_WAITING = 10_000

/**
 * The same store, with a meter that hears how long articles took: from publication to their place in a story when a step is saved, and to the
 * digest that tells them when it is planned. Each article counts once for stories, once for each digest; the undated do not.
 */
export function observeDelays<S extends ObservedStore>(
  store: S,
  meter: Pick<ServiceMeter, 'placed' | 'told'>,
  nowMs: () => number,
): S {
  const waiting = new Map<string, number>()
  return {
    ...store,
    articles: {
      ...store.articles,
      async unplacedArticles(limit, share) {
        const found = await store.articles.unplacedArticles(limit, share)
        if (waiting.size > MAX_WAITING) waiting.clear()
        for (const { article, acceptedAtMs } of found)
          if (acceptedAtMs === null && article.publishedAtMs !== null)
            waiting.set(article.id, article.publishedAtMs)
        return found
      },
    },
    stories: {
      ...store.stories,
      async saveStep(step) {
        const isSaved = await store.stories.saveStep(step)
        for (const { articleId } of step.placements) {
          const publishedAtMs = waiting.get(articleId)
          if (isSaved && publishedAtMs !== undefined) meter.placed(nowMs() - publishedAtMs)
          waiting.delete(articleId)
        }
        return isSaved
      },
    },
    digests: {
      ...store.digests,
      async finishRun(run) {
        const isDone = await store.digests.finishRun(run)
        if (isDone && run.digest !== null)
          for (const publishedAtMs of publishedTimes(run.digest)) meter.told(nowMs() - publishedAtMs)
        return isDone
      },
    },
  }
}

/** When the articles of a digest were published, as its document says. */
function publishedTimes({ body }: NewDigest): number[] {
  const articles = listOf(rowOf(rowOf(body)['document'])['stories']).flatMap((story) =>
    listOf(rowOf(story)['articles']),
  )
  return articles.flatMap((article) => {
    const published = rowOf(article)['published']
    const atMs = typeof published === 'string' ? Date.parse(published) : Number.NaN
    return Number.isNaN(atMs) ? [] : [atMs]
  })
}

function rowOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
