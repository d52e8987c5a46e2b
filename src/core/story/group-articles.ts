import type { CopyKind } from '../dedup/copy.ts'
import type { Article } from '../feed/article.ts'
import type { PlacementReason } from './placement-reason.ts'
import { createStoryEngine, type StoryEngineOptions } from './story-engine.ts'
import { timeOrder } from './time-order.ts'

/** Settings of {@link groupArticles}. */
export interface GroupOptions extends StoryEngineOptions {
  /** Tell for each article why it is where it is. Costs a lookup an article. */
  readonly explain?: boolean
}

/** The place of one article. */
export interface GroupedArticle {
  readonly id: string
  /** Its story in the end. */
  readonly story: string
  /** The story that it was first put in. */
  readonly atArrival: string
  /** The article whose text was first, or `null`. */
  readonly copyOf: string | null
  readonly copyKind: CopyKind | null
  /** Only where asked for. */
  readonly explain?: PlacementReason
}

/**
 * Groups articles into stories, in order of time ({@link timeOrder}), through the engine that the service runs.
 *
 * @returns one row an article, in input order; the same input gives the same rows; never throws
 */
export function groupArticles(articles: readonly Article[], options: GroupOptions = {}): GroupedArticle[] {
  const engine = createStoryEngine(options)
  const atArrival = new Map<string, string>()
  const story = new Map<string, string>()
  const copies = new Map<string, { copyOf: string; copyKind: CopyKind }>()
  const reasons = new Map<string, PlacementReason>()
  for (const place of timeOrder(articles)) {
    const article = articles[place]
    if (article === undefined) continue
    const { placements, moves, copies: found } = engine.step([article], [], place)
    if (!atArrival.has(article.id)) atArrival.set(article.id, placements[0]?.story ?? '')
    for (const placement of placements) story.set(placement.articleId, placement.story)
    for (const move of moves) story.set(move.articleId, move.to)
    for (const { articleId, copyOf, kind } of found) {
      copies.set(articleId, { copyOf, copyKind: kind })
      if (copies.get(copyOf)?.copyOf === articleId) copies.delete(copyOf)
    }
    const reason = options.explain === true ? engine.explain(article.id) : null
    if (reason !== null) reasons.set(article.id, reason)
  }
  return articles.map(({ id }) => {
    const copy = copies.get(id) ?? { copyOf: null, copyKind: null }
    const reason = engine.explain(id) ?? reasons.get(id)
    const row = { id, story: story.get(id) ?? '', atArrival: atArrival.get(id) ?? '', ...copy }
    return options.explain === true && reason !== undefined ? { ...row, explain: reason } : row
  })
}
