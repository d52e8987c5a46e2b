import type { FetchOutcome } from '../core/feed/fetch-outcome.ts'
import { parseFeed, type FeedBody } from '../core/feed/parse-feed.ts'
import type { FeedItem, FeedProblem, ParsedFeed } from '../core/feed/parsed-feed.ts'
import { recentSitemaps } from '../core/feed/recent-sitemaps.ts'
import type { FeedRequest, FeedSource } from './ports/feed-source.ts'

/** What came from a feed's server. */
export type Fetched = Extract<FetchOutcome, { kind: 'fetched' }>

/** A feed as read; of a list of sitemaps what its newest ones hold. */
export interface ReadListing {
  readonly parsed: ParsedFeed
  /** It is a list of sitemaps: that it did not change says nothing about those it names, so it is always asked for anew. */
  readonly isList: boolean
}

/** Reads what was fetched or opened. A list of sitemaps is followed one level down, to a few that changed lately. */
export async function readListing(
  web: FeedSource,
  request: Pick<FeedRequest, 'url' | 'secrets' | 'signal'>,
  document: FeedBody,
): Promise<ReadListing> {
  const parsed = parseFeed(document)
  if (parsed.format !== 'sitemap-index') return { parsed, isList: false }
  const items: FeedItem[] = []
  const problems: FeedProblem[] = [...parsed.problems]
  let read = 0
  for (const { url } of recentSitemaps(parsed.sitemaps)) {
    const inner = await readSitemap(web, request, url)
    if ('problem' in inner) {
      problems.push({ kind: 'link', problem: inner.problem })
      continue
    }
    read += 1
    items.push(...inner.items)
    problems.push(...inner.problems)
  }
  const format = read > 0 ? 'sitemap' : 'unknown'
  const none = {
    kind: 'not-a-feed',
    problem: 'it is a list of sitemaps, and none of them could be read',
  } as const
  return {
    parsed: { ...parsed, format, items, problems: read > 0 ? problems : [none, ...problems] },
    isList: true,
  }
}

async function readSitemap(
  web: FeedSource,
  { url: listUrl, secrets, signal }: Pick<FeedRequest, 'url' | 'secrets' | 'signal'>,
  url: string,
): Promise<ParsedFeed | { readonly problem: string }> {
  const isSameOrigin = URL.parse(url)?.origin === URL.parse(listUrl)?.origin
  const outcome = await web.fetchFeed({
    url,
    ...(secrets === undefined || !isSameOrigin ? {} : { secrets }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (outcome.kind === 'not-modified') return { problem: `Cannot fetch "${url}": the site sent nothing` }
  if (outcome.kind !== 'fetched') return { problem: outcome.problem }
  const parsed = parseFeed(outcome)
  if (parsed.format === 'sitemap-index') {
    return { problem: `Cannot read sitemap "${url}": it is a list of sitemaps inside of a list` }
  }
  if (parsed.format !== 'unknown') return parsed
  return { problem: `Cannot read sitemap "${url}": ${parsed.problems[0]?.problem ?? 'there is none in it'}` }
}
