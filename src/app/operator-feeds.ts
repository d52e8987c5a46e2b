import { createHash } from 'node:crypto'
import { parseOpml, writeOpml } from '../core/feed/opml.ts'
import { printable } from '../core/text/printable.ts'
import { feedName, feedUrl, tryFeed } from './commands/try-feed.ts'
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
  return right(`Added feed "${name}" (${tried.url}): it lists ${tried.articles.length} articles`)
}

/** Reads a feed once and tells what would come in. */
export async function testFeed(ports: Pick<OperatorPorts, 'web'>, url: string): Promise<FeedsAnswer> {
  const tried = await tryFeed(ports, url, AbortSignal.timeout(MAX_TRY_MS))
  if (tried.kind === 'problem') return wrong(tried.problem)
  if (tried.kind === 'page') return pageAnswer(tried.url, tried.links)
  const { name, articles, problems } = tried
  const shown = articles.slice(0, SHOWN_ARTICLES).map(({ title, url: link }) => {
    const words = printable(title ?? '') || 'Article without a title'
    return link ? `  ${words}  ${link}` : `  ${words}`
  })
  const more = articles.length - shown.length
  const rest = more > 0 ? [`  and ${more} more`] : []
  return { lines: [`Feed "${name}" lists ${articles.length} articles`, ...shown, ...rest], problems }
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
    const words = [feed.url, feed.name, tags, owner, feedTrouble(feed, nowMs())]
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
  return { lines: fresh.length === 0 ? [] : [`Imported ${fresh.length} feeds`], problems }
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
  const lines = links.map((link) => `  ${link.url}`)
  return {
    lines: [`"${url}" is a page, which has these feeds:`, ...lines],
    problems: ['No feed was added: name one of them'],
  }
}

function right(line: string): FeedsAnswer {
  return { lines: [line], problems: [] }
}

function wrong(problem: string): FeedsAnswer {
  return { lines: [], problems: [problem] }
}
