/** Items kept of one feed; the longest feeds seen have about 1,000, sitemaps 50,000 by their rules. */
export const MAX_FEED_ITEMS = 10_000

/** What kind of document a feed body turned out to be. */
export type FeedFormat = 'rss' | 'rdf' | 'atom' | 'json' | 'cdf' | 'sitemap' | 'sitemap-index' | 'unknown'

/** What went wrong while a feed was read; nothing of it stops the rest. */
export type FeedProblemKind =
  'charset' | 'empty' | 'not-a-feed' | 'malformed' | 'truncated' | 'limit' | 'date' | 'link'

/** One thing that is wrong with a feed, in words for its operator. */
export interface FeedProblem {
  readonly kind: FeedProblemKind
  readonly problem: string
}

/** What a feed says about itself. Links are absolute or `null`. */
export interface FeedInfo {
  /** Plain text; the feed's link, else its URL, where it has no title; `''` where it has neither. */
  readonly title: string
  readonly link: string | null
  /** Language tag as written, `null` where the feed does not say. */
  readonly language: string | null
  readonly id: string | null
  readonly author: string | null
  readonly subtitle: string | null
  /** WebSub hub and the feed's own address for it. */
  readonly hub: string | null
  readonly self: string | null
}

/** One entry of a feed. Dates are ISO 8601 UTC; links absolute; `summary` and `content` HTML with scripts out. */
export interface FeedItem {
  readonly id: string | null
  /** Plain text on one line; without a title the start of the text, else the link; `''` where there is nothing. */
  readonly title: string
  /** The article's page; the site's page where the item names none. */
  readonly link: string | null
  /** The publisher's own URL where `link` leads through a feed service. */
  readonly originalLink: string | null
  readonly published: string | null
  readonly updated: string | null
  readonly author: string | null
  readonly summary: string | null
  readonly content: string | null
  readonly language: string | null
  /** Name of the outlet that an aggregator took the item from. */
  readonly source: string | null
  /** Absolute http(s) URL of its picture; absent where the item names none. */
  readonly imageUrl?: string
}

/** A sitemap as a sitemap index names it. */
export interface SitemapLink {
  /** Absolute. */
  readonly url: string
  /** When it changed last, ISO 8601 UTC, or `null`. */
  readonly changed: string | null
}

/** A feed as far as it could be read. */
export interface ParsedFeed {
  readonly format: FeedFormat
  readonly feed: FeedInfo
  readonly items: readonly FeedItem[]
  /** The sitemaps that a sitemap index names. */
  readonly sitemaps: readonly SitemapLink[]
  /** Time between two polls that the feed asks for, ms, or `null`. */
  readonly refreshMs: number | null
  readonly problems: readonly FeedProblem[]
}
