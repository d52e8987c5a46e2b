import { createArticle, type Article, type ArticleDraft } from '../core/feed/article.ts'
import { articleId } from '../core/feed/article-id.ts'
import type { FeedPlan, PlannedArticle } from './plan-feed.ts'
import type { IngestBatch } from './ports/article-store.ts'
import type { StoredFeed } from './ports/feed-store.ts'
import type { PageReader } from './ports/page-reader.ts'
import type { PageSource } from './ports/page-source.ts'

/** Where full texts come from. */
export interface PagePorts {
  readonly web: PageSource
  readonly reader: Pick<PageReader, 'extract'>
  /** Whether a feed's articles are to be read from their pages. */
  readonly isWanted: (feed: StoredFeed) => boolean
}

/** Articles ready to be saved, and what went wrong on the way. */
export interface WrittenArticles {
  readonly batch: Omit<IngestBatch, 'feedId' | 'atMs'>
  readonly problems: readonly string[]
}

/** Pages fetched for one poll of one feed; further articles keep the text of the feed. A feed of 500 old articles costs no more. */
const MAX_PAGES = 25

/** Makes the articles of a plan, from their pages where that is wanted and gives more text than the feed. */
export async function writeArticles(
  plan: FeedPlan,
  feed: StoredFeed,
  pages: PagePorts | undefined,
  { mayFetch, signal }: { readonly mayFetch: () => boolean; readonly signal: AbortSignal | undefined },
): Promise<WrittenArticles> {
  const problems: string[] = []
  const wanted = pages?.isWanted(feed) === true ? pages : null
  let pagesLeft = MAX_PAGES
  const write = async (planned: PlannedArticle, id: string): Promise<Article> => {
    const { draft } = planned
    if (wanted === null || !draft.url || pagesLeft-- <= 0 || !mayFetch())
      return createArticle({ ...draft, id })
    const page = await readPage(draft, draft.url, wanted, signal)
    if (page.problem !== null) problems.push(page.problem)
    return createArticle({ ...page.draft, id })
  }
  const added = []
  for (const listed of plan.added) {
    const { key, contentHash } = listed
    added.push({ article: await write(listed, articleId(key, feed.tenant)), key, contentHash })
  }
  const revised = []
  for (const listed of plan.revised) {
    const { key, contentHash, revision } = listed
    revised.push({ article: await write(listed, listed.id), key, contentHash, revision })
  }
  return { batch: { added, revised, unchanged: plan.unchanged }, problems }
}

async function readPage(
  draft: ArticleDraft,
  url: string,
  { web, reader }: PagePorts,
  signal: AbortSignal | undefined,
): Promise<{ readonly draft: ArticleDraft; readonly problem: string | null }> {
  const outcome = await web.fetchPage(signal === undefined ? { url } : { url, signal })
  if (outcome.kind !== 'fetched') return { draft, problem: 'problem' in outcome ? outcome.problem : null }
  const page = await reader.extract({
    html: outcome.body,
    url: outcome.url,
    contentType: outcome.contentType,
  })
  if (page.access !== 'open' && page.access !== 'paywall') {
    return { draft, problem: `Cannot read page "${url}": it is a page of kind "${page.access}"` }
  }
  // A paywalled page often shows less than the feed does.
  if (page.text.length <= (draft.text ?? '').length) return { draft, problem: null }
  const title = draft.title === '' || draft.title === undefined ? page.title : draft.title
  return {
    draft: {
      ...draft,
      text: page.text,
      title,
      published: draft.published ?? page.published,
      lang: page.lang ?? draft.lang ?? null,
    },
    problem: null,
  }
}
