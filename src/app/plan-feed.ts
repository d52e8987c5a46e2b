import { articleKey, pageOf } from '../core/dedup/article-key.ts'
import { planIngest, type IngestEntry } from '../core/dedup/plan-ingest.ts'
import { createArticle, type Article, type ArticleDraft } from '../core/feed/article.ts'
import type { KnownArticle } from './ports/article-store.ts'

/** An article as a feed lists it, and a light form of it that is enough to plan with. */
export interface ListedArticle {
  readonly draft: ArticleDraft
  readonly planned: Article
}

/** What is to be saved of a feed's listing. */
export interface FeedPlan {
  readonly added: readonly PlannedArticle[]
  readonly revised: readonly (PlannedArticle & { readonly id: string; readonly revision: number })[]
  /** Keys of articles listed again as they were. */
  readonly unchanged: readonly string[]
}

/** An article that is new or changed. */
export interface PlannedArticle {
  readonly draft: ArticleDraft
  readonly key: string
  /** Of the text that the feed gives, whatever the page adds: else every poll would find it changed. */
  readonly contentHash: string
}

/**
 * Language of the light form. It has no part in key and hash, and telling it takes most of the time that an article takes
 * (0.3 of 0.35 ms); a poll lists some forty articles and brings three.
 */
const PLANNING_LANG = 'en'

/** The articles of a feed, ready to be looked up. Articles that share one page stand for themselves, not for versions of it. */
export function listArticles(drafts: readonly ArticleDraft[]): ListedArticle[] {
  const listed = drafts.map((draft) => ({ draft, planned: createArticle({ ...draft, lang: PLANNING_LANG }) }))
  const pages = Map.groupBy(listed, ({ planned }) => pageOf(planned))
  return listed.map((one) => {
    const isShared = (pages.get(pageOf(one.planned))?.length ?? 0) > 1
    return isShared ? { ...one, planned: { ...one.planned, url: null } } : one
  })
}

/** The key under which the store knows a listed article. */
export function keyOf({ planned }: ListedArticle): string {
  return articleKey(planned)
}

/** Parts a listing into new, changed and known articles. */
export function planFeed(listed: readonly ListedArticle[], known: readonly KnownArticle[]): FeedPlan {
  const revisions = new Map(known.map(({ key, revision }) => [key, revision]))
  const { entries } = planIngest(
    listed.map(({ planned }) => planned),
    known.map(({ id, key, contentHash, earlierHashes }) => ({
      id,
      key,
      contentHashes: [...earlierHashes, contentHash],
    })),
  )
  const added: PlannedArticle[] = []
  const revised: FeedPlan['revised'][number][] = []
  const unchanged: string[] = []
  for (const [i, entry] of entries.entries()) {
    const draft = listed[i]?.draft
    if (draft === undefined || entry.kind === 'unchanged') unchanged.push(entry.key)
    else if (entry.kind === 'added') added.push(plannedOf(entry, draft))
    else {
      const revision = (revisions.get(entry.key) ?? 1) + 1
      revised.push({ ...plannedOf(entry, draft), id: entry.knownId, revision })
    }
  }
  return { added, revised, unchanged }
}

function plannedOf({ key, contentHash }: IngestEntry, draft: ArticleDraft): PlannedArticle {
  return { draft, key, contentHash }
}
