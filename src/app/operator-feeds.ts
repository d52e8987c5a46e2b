import { createHash } from 'node:crypto'
import type { ArticleDraft } from '../core/feed/article.ts'
import { parseFeedState } from '../core/feed/feed-state.ts'
import { newestArticles } from '../core/feed/newest-articles.ts'
import { parseOpml, writeOpml } from '../core/feed/opml.ts'
import { plural } from '../core/digest/count-words.ts'
import { printable } from '../core/text/printable.ts'
import { feedName, feedUrl, tryFeed, type TriedFeed } from './commands/try-feed.ts'
import { feedTrouble, feedsNamed } from './commands/feed-lookup.ts'
import type { FeedSource } from './ports/feed-source.ts'
import type { FeedStore, StoredFeed } from './ports/feed-store.ts'
import { isOfFile } from './sync-settings.ts'

/** What the operator's work on feeds needs. */
export interface OperatorPorts {
  readonly feeds: Pick<FeedStore, 'feeds' | 'saveFeeds' | 'removeFeed'>
  readonly web: FeedSource
  readonly nowMs: () => number
}

/** What was done, in lines for the operator, and what was wrong. */
export interface FeedsAnswer {
  readonly lines: readonly string[]
  readonly problems: readonly string[]
}

/** Longest read of one feed, ms. */
const MAX_TRY_MS = 60_000

/** Articles that a test shows. */
const SHOWN_ARTICLES = 10

/** Stores a feed that can be read. A page is answered with the feeds that it has. */
export async function addFeed(
  ports: OperatorPorts,
  url: string,
  given: { readonly name?: string; readonly tags: readonly string[] },
): Promise<FeedsAnswer> {
  const tried = await tryFeed(ports, url, AbortSignal.timeout(MAX_TRY_MS))
  if (tried.kind === 'problem') return wrong(tried.problem)
  if (tried.kind === 'page') return pageAnswer(tried.url, tried.links)
  const [feed] = await ports.feeds.saveFeeds([
    newFeed(ports, { url: tried.url, name: given.name ?? tried.name, tags: given.tags }),
  ])
  const name = feed?.name ?? tried.name
  return right(`Added feed "${name}" (${tried.url}): it lists ${plural(tried.articles.length, 'article')}`)
}

/**
 * Reads a feed once and tells what would come in, and what would not. Of a site its first feed is read.
 *
 * @param maxArticlesOf most articles taken of one poll of the feed at an address
 */
export async function testFeed(
  ports: Pick<OperatorPorts, 'web'>,
  url: string,
  maxArticlesOf: (url: string) => number,
): Promise<FeedsAnswer> {
  const tried = await tryFeed(ports, url, AbortSignal.timeout(MAX_TRY_MS))
  if (tried.kind === 'problem') return wrong(tried.problem)
  if (tried.kind === 'feed') return testAnswer(tried, maxArticlesOf(tried.url))
  const lines = pageLines(tried.url, tried.links)
  const [first] = tried.links
  const inner = first && (await tryFeed(ports, first.url, AbortSignal.timeout(MAX_TRY_MS)))
  if (inner?.kind !== 'feed') {
    return { lines, problems: [inner?.kind === 'problem' ? inner.problem : 'Its first feed is a page too'] }
  }
  const answer = testAnswer(inner, maxArticlesOf(inner.url))
  return { lines: [...lines, `Of these ${inner.url}:`, ...answer.lines], problems: answer.problems }
}

function testAnswer(
  { name, articles, leftOut, hub, problems }: TriedFeed & { readonly kind: 'feed' },
  maxArticles: number,
): FeedsAnswer {
  const { taken, problem } = newestArticles(articles, maxArticles)
  const shown = taken.slice(0, SHOWN_ARTICLES).map(articleLine)
  const left = leftOut.slice(0, SHOWN_ARTICLES).map(({ title, why }) => {
    return `  left out: ${printable(title) || 'an item without a title'}: ${why}`
  })
  return {
    lines: [
      `Feed "${name}" lists ${plural(articles.length, 'article')}`,
      ...shown,
      ...moreLine(taken.length - shown.length),
      ...left,
      ...moreLine(leftOut.length - left.length),
      ...(hub === null ? [] : [`  its hub ${hub} tells of news at once where fetch.websub_url is set`]),
    ],
    problems: [...problems, ...problem],
  }
}

/** When, what, how much text, where; and what is missing. */
function articleLine({ title, url, text, published }: ArticleDraft): string {
  const words = printable(title ?? '') || 'Article without a title'
  const date = published ? published.slice(0, 16).replace('T', ' ') : 'no date'
  const size = text ? `${text.length} characters` : 'title only'
  return `  ${date} · ${words} · ${size} · ${url ?? 'no link'}`
}

function moreLine(count: number): string[] {
  return count > 0 ? [`  and ${count} more`] : []
}

/** Stops reading a feed of the operator. */
export async function removeFeed({ feeds }: OperatorPorts, text: string): Promise<FeedsAnswer> {
  const own = (await feeds.feeds({ tenant: null })).filter(({ tenant }) => tenant === null)
  const named = feedsNamed(own, text)
  const [feed, second] = named
  if (feed === undefined) return wrong(`Cannot remove feed "${text}": there is none`)
  if (second !== undefined) {
    return wrong(`Cannot remove feed "${text}": several are called so; name one of ${listed(named)}`)
  }
  await feeds.removeFeed(feed.id)
  const note = isOfFile(feed.id)
    ? [`It comes back with the next start unless it is taken out of the settings file`]
    : []
  return { lines: [`Removed feed "${feed.name || feed.url}"; its articles stay`, ...note], problems: [] }
}

function listed(feeds: readonly StoredFeed[]): string {
  return feeds.map(({ url }) => `"${url}"`).join(', ')
}

/** One line a feed: address, name, tags, owner, and what is wrong with it. */
export async function listFeeds({ feeds, nowMs }: OperatorPorts): Promise<FeedsAnswer> {
  const all = await feeds.feeds({ tenant: null })
  if (all.length === 0)
    return right('No feed is stored. Feeds of the settings file come in with "tidings run".')
  const lines = all.map((feed) => {
    const tags = feed.tags.length > 0 ? feed.tags.join(', ') : null
    const owner = feed.tenant === null ? null : `of ${feed.tenant}`
    const { movedTo } = parseFeedState(feed.state, nowMs())
    const moved = movedTo === null ? null : `moved to ${movedTo}`
    const words = [feed.url, feed.name, tags, owner, moved, feedTrouble(feed, nowMs())]
    return words.filter((word) => word !== null && word !== '').join(' · ')
  })
  return { lines, problems: [] }
}

/** Adds all feeds of an OPML document, unread: the service tells what is wrong with them. */
export async function importFeeds(ports: OperatorPorts, opml: string): Promise<FeedsAnswer> {
  const parsed = parseOpml(opml)
  const fresh = parsed.feeds.flatMap(({ url, title, tags }) => {
    const address = feedUrl(url)
    return address === null ? [] : [newFeed(ports, { url: address, name: feedName(title, address), tags })]
  })
  await ports.feeds.saveFeeds(fresh)
  const problems = parsed.problems.map(({ problem }) => `OPML: ${problem}`)
  return { lines: fresh.length === 0 ? [] : [`Imported ${plural(fresh.length, 'feed')}`], problems }
}

/** The operator's feeds as OPML 2.0. */
export async function exportFeeds({ feeds }: OperatorPorts): Promise<string> {
  const own = (await feeds.feeds({ tenant: null })).filter(({ tenant }) => tenant === null)
  return writeOpml(own.map(({ url, name, tags }) => ({ url, title: name, tags })))
}

function newFeed(
  { nowMs }: OperatorPorts,
  feed: { readonly url: string; readonly name: string; readonly tags: readonly string[] },
) {
  const { url, name, tags } = feed
  const id = `feed-${createHash('sha256').update(url).digest('hex').slice(0, 20)}`
  return { id, url, name, tags, tenant: null, addedAtMs: nowMs() }
}

function pageAnswer(url: string, links: readonly { readonly url: string }[]): FeedsAnswer {
  return { lines: pageLines(url, links), problems: ['No feed was added: name one of them'] }
}

function pageLines(url: string, links: readonly { readonly url: string }[]): string[] {
  return [`"${url}" is a page, which has these feeds:`, ...links.map((link) => `  ${link.url}`)]
}

function right(line: string): FeedsAnswer {
  return { lines: [line], problems: [] }
}

function wrong(problem: string): FeedsAnswer {
  return { lines: [], problems: [problem] }
}
