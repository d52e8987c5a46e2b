import type { Article } from '../../core/feed/article.ts'
import type { CopyKind } from '../../core/dedup/copy.ts'
import type { NextPoll } from './feed-store.ts'
import type { LanguageShare } from './language-share.ts'
import type { TenantView } from './tenant-view.ts'

/** An article with the identity under which it was accepted. */
export interface AcceptedArticle {
  readonly article: Article
  /** What makes it the same article when it is met again: canonical URL or feed id. Unique within its owner. */
  readonly key: string
  /** Hash of title and text: a change of it is a revision. */
  readonly contentHash: string
}

/** A new version of a stored article. */
export interface RevisedArticle extends AcceptedArticle {
  /** Number that the article has after this change: one more than the version it was planned against. */
  readonly revision: number
}

/** Everything that one fetch of one feed brought; saved whole or not at all. */
export interface IngestBatch {
  /** Feed that listed the articles; `null` for a one-shot run or a page that somebody named. */
  readonly feedId: string | null
  readonly atMs: number
  readonly added: readonly AcceptedArticle[]
  readonly revised: readonly RevisedArticle[]
  /** Keys listed again without a change: recorded as listed by this feed too. */
  readonly unchanged: readonly string[]
  /** How to go on with the feed; saved in the same transaction, and the claim on the feed ends with it. */
  readonly poll?: NextPoll
}

/** What a save changed; all zero when it had been saved before. */
export interface IngestCounts {
  readonly added: number
  readonly revised: number
}

/** What is needed to tell whether a listed article is new, changed or known. */
export interface KnownArticle {
  readonly id: string
  readonly key: string
  readonly contentHash: string
  /** Content hashes of the versions before, oldest first, as far as they are kept. */
  readonly earlierHashes: readonly string[]
  /** 1 for the first version. */
  readonly revision: number
}

/** An article as stored. */
export interface StoredArticle extends AcceptedArticle {
  readonly revision: number
  readonly ingestedAtMs: number
  /** When it was first grouped, `null` before: windows of digests are cut by it, see {@link StoryStore.closeWindow}. */
  readonly acceptedAtMs: number | null
  /** Story it stands in now, or `null` while it waits to be grouped. */
  readonly storyId: string | null
  /** The text was dropped by retention and is `''`; title, counts and quotes stay. */
  readonly bodyDropped: boolean
}

/** An earlier version of an article, kept when a revision came. */
export interface ArticleRevision {
  readonly revision: number
  readonly title: string
  readonly text: string
  readonly contentHash: string
  /** When a newer version took its place. */
  readonly replacedAtMs: number
}

/** An article as a list shows it, without its text. */
export interface ArticleEntry {
  readonly id: string
  readonly url: string | null
  readonly title: string
  readonly outlet: string
  readonly publisher: string
  readonly publishedAtMs: number | null
  readonly lang: string | null
  readonly storyId: string | null
  /** Original among the articles that this view may see, or `null`. */
  readonly copyOf: string | null
  readonly copyKind: CopyKind | null
}

/** What to look for. Words are text, never syntax; every one of them must occur in the title or the text. */
export interface ArticleSearch {
  /** `''` or only punctuation: every article that passes the filters. */
  readonly words: string
  readonly sinceMs?: number
  readonly untilMs?: number
  /** Outlet name, any case. */
  readonly outlet?: string
  readonly lang?: string
  readonly limit: number
  readonly offset?: number
}

/** One page of answers, newest first. */
export interface ArticlePage {
  readonly entries: readonly ArticleEntry[]
  /** More answers follow this page. */
  readonly more: boolean
}

/**
 * Keeps articles with all their revisions.
 *
 * Text comes back as it was given, with one exception: NUL and lone surrogates are stored as U+FFFD, one unit for one, so
 * offsets hold. Reads need no transaction; a lost database throws.
 */
export interface ArticleStore {
  /**
   * The stored articles among these keys, in no order. Keys belong to their owner: `tenant` is that of the feed
   * that lists them, `null` for the operator's. Cost: one index look-up a key.
   */
  knownArticles(keys: readonly string[], tenant: string | null): Promise<KnownArticle[]>
  /**
   * Saves one fetch in one transaction. Once this resolves the articles survive `kill -9`. Saving the same batch again
   * changes nothing; a revision planned against a version that is no longer the newest is left out.
   */
  saveIngest(batch: IngestBatch): Promise<IngestCounts>
  /** The articles that the view may see, in the order of `ids`; unknown and hidden ones are left out. */
  articles(ids: readonly string[], view: TenantView): Promise<StoredArticle[]>
  /** Articles dated at `sinceMs` or later, newest first. */
  articlesSince(sinceMs: number, limit: number, view: TenantView): Promise<StoredArticle[]>
  /** Earlier versions, oldest first; `[]` where the view may not see the article. */
  revisions(id: string, view: TenantView): Promise<ArticleRevision[]>
  /** Articles of all owners that are new or revised since they were grouped, in order of arrival. Not for showing. */
  unplacedArticles(limit: number, share?: LanguageShare): Promise<StoredArticle[]>
  /** Newest first by date. Cost: grows with the answers looked through, not with the store. */
  search(query: ArticleSearch, view: TenantView): Promise<ArticlePage>
  /**
   * Drops the texts of articles dated before `beforeMs` and their old versions; the answer is how many. Stories, titles, counts and the
   * sentences of summaries and digests stay. After `stop` it ends with the part under way.
   */
  dropBodiesBefore(beforeMs: number, stop?: AbortSignal): Promise<number>
  /**
   * The same within the listing of one feed: texts dated before `beforeMs`, and those beyond the `keepNewest` newest as far as they are
   * dated before `spareSinceMs`. A text that another feed lists too stays, and so does one that waits to be grouped.
   */
  dropBodiesOfFeed(limit: FeedBodyLimit, stop?: AbortSignal): Promise<number>
}

/** How much text of one feed is kept. */
export interface FeedBodyLimit {
  readonly feedId: string
  readonly beforeMs: number
  readonly keepNewest: number
  readonly spareSinceMs: number
}
