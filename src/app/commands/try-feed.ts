import { listFeed, type LeftOutItem } from '../../core/feed/articles-from-feed.ts'
import type { ArticleDraft } from '../../core/feed/article.ts'
import { decodeText } from '../../core/feed/decode-feed.ts'
import { discoverFeeds, type FeedLink } from '../../core/feed/discover-feeds.ts'
import { hubLinks } from '../../core/feed/link-header.ts'
import { outletName } from '../../core/feed/outlet-name.ts'
import { printable, shorten } from '../../core/text/printable.ts'
import { readListing } from '../read-listing.ts'
import type { CommandPorts } from './command-family.ts'
import { echo } from './reply-words.ts'

/** What stands behind an address that somebody gave as a feed. */
export type TriedFeed =
  | {
      readonly kind: 'feed'
      readonly url: string
      /** Name of the outlet as far as the feed tells it. */
      readonly name: string
      readonly articles: readonly ArticleDraft[]
      readonly leftOut: readonly LeftOutItem[]
      /** The WebSub hub that the feed names, or `null`. */
      readonly hub: string | null
      /** What is wrong with the feed although it can be read. */
      readonly problems: readonly string[]
    }
  /** A page, and the feeds that it may have. */
  | { readonly kind: 'page'; readonly url: string; readonly links: readonly FeedLink[] }
  | { readonly kind: 'problem'; readonly url: string; readonly problem: string }

/** Longest address of a feed. */
const MAX_URL_CHARS = 2_000

/** Longest name of a feed. */
const MAX_NAME_CHARS = 80

/** Fetches an address once and reads it as a feed. Never throws for what the address holds. */
export async function tryFeed(
  { web }: Pick<CommandPorts, 'web'>,
  given: string,
  signal: AbortSignal,
): Promise<TriedFeed> {
  const url = feedUrl(given)
  if (url === null) {
    const problem = `Cannot read feed ${echo(given)}: it is not an http(s) address`
    return { kind: 'problem', url: given, problem }
  }
  const outcome = await web.fetchFeed({ url, signal })
  if (outcome.kind === 'not-modified') {
    return { kind: 'problem', url, problem: `Cannot read feed ${echo(url)}: the site sent nothing` }
  }
  if (outcome.kind !== 'fetched') return { kind: 'problem', url, problem: outcome.problem }
  const { body, contentType } = outcome
  const { parsed } = await readListing(web, { url: outcome.url, signal }, outcome)
  const listing = listFeed(parsed, { feedUrl: url })
  const problems = parsed.problems.map(({ problem }) => problem)
  if (parsed.format !== 'unknown') {
    const name = outletName(parsed.feed.title, parsed.feed.link) ?? printable(parsed.feed.title)
    const hub = hubLinks(outcome.links ?? null, outcome.url).hub ?? parsed.feed.hub
    return { kind: 'feed', url, name: feedName(name, url), ...listing, hub, problems }
  }
  const links = discoverFeeds(decodeText(body, contentType).text, outcome.url)
  if (links.some(({ found }) => found !== 'usual')) return { kind: 'page', url, links }
  return { kind: 'problem', url, problem: `Cannot read feed ${echo(url)}: ${problems[0] ?? 'it is no feed'}` }
}

/** The address that somebody means: with angle brackets as chats put them, or without its scheme. `null` where it is none. */
export function feedUrl(given: string): string | null {
  const bare = given.trim().replace(/^<|>$/g, '')
  const full = /^[\w-]+(?:\.[\w-]+)+(?:[/?#:]|$)/.test(bare) && !/^\w+:/.test(bare) ? `https://${bare}` : bare
  const url = full.length > MAX_URL_CHARS ? null : URL.parse(full)
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null
}

/** A name fit for lists; the host where there is none. */
export function feedName(name: string, url: string): string {
  return shorten(printable(name), MAX_NAME_CHARS) || (URL.parse(url)?.hostname ?? url)
}
