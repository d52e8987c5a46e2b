import { decodeHTMLAttribute } from 'entities'
import { resolveLink } from './feed-link.ts'
import { lineOf } from './feed-text.ts'
import { readMarkup, type MarkupListener } from './read-markup.ts'

/** A feed that a page may have. */
export interface FeedLink {
  readonly url: string
  /** What the page calls it, plain text; `null` where it does not. */
  readonly title: string | null
  /** `declared`: the page names it as its feed; `linked`: a link looks like one; `usual`: a place where feeds often are. */
  readonly found: 'declared' | 'linked' | 'usual'
}

/** Characters of a page that are searched. */
const MAX_PAGE_CHARS = 4_000_000

/** Feeds told of one page; each costs its reader a request. */
export const MAX_FEED_LINKS = 30

const FEED_TYPE =
  /^(?:application\/(?:(?:rss|atom|rdf|feed)\+(?:xml|json)|json|x-rss\+xml|xml)|text\/(?:xml|rss))/i
const FEED_ADDRESS =
  /(?:\.(?:rss|atom|rdf)|\/(?:rss|atom|feed|index|news|rdf|feeds?[\w-]*|rss[\w-]*)\.(?:xml|json|php|rdf)|\/(?:feeds?|rss|atom|rdf|syndication)(?:\/[\w-]+){0,3}(?:\.(?:xml|json|php))?\/?)$|[?&](?:feed|format|type|output)=(?:rss2?|atom|rdf|feed)\b|^https?:\/\/(?:feeds?|rss)\./i
const NOT_A_FEED =
  /\.(?:html?|png|jpe?g|gif|svg|css|js|pdf)$|(?:feedly|netvibes|bloglines|newsgator|facebook|twitter|x)\.com\//i
const USUAL_PLACES = [
  '/feed',
  '/rss',
  '/rss.xml',
  '/feed.xml',
  '/atom.xml',
  '/index.xml',
  '/feed.json',
] as const

/**
 * The feeds of a page: those that it declares (`<link rel="alternate">`), then links that look like feeds, and where it
 * has neither the usual places of its site. Each once, at most {@link MAX_FEED_LINKS}; comment feeds come last. Never
 * throws. Cost: linear.
 */
export function discoverFeeds(html: string, pageUrl: string): FeedLink[] {
  const scanner = new LinkScanner()
  readMarkup(html.slice(0, MAX_PAGE_CHARS), 'html', scanner)
  const base = resolveLink(scanner.base, [pageUrl]) ?? pageUrl
  const found = new Map<string, FeedLink>()
  for (const link of [...scanner.declared, ...scanner.linked]) {
    const url = resolveLink(link.href, [base])
    if (url === null || url === pageUrl || found.has(url) || found.size >= MAX_FEED_LINKS * 4) continue
    if (link.found === 'declared' || looksLikeFeed(url))
      found.set(url, { url, title: link.title, found: link.found })
  }
  const links = found.size > 0 ? [...found.values()] : usualPlaces(pageUrl)
  return links.sort((a, b) => rank(a) - rank(b)).slice(0, MAX_FEED_LINKS)
}

function looksLikeFeed(url: string): boolean {
  const { pathname } = new URL(url)
  return (
    !NOT_A_FEED.test(url) &&
    !NOT_A_FEED.test(pathname) &&
    (FEED_ADDRESS.test(url) || FEED_ADDRESS.test(pathname))
  )
}

function usualPlaces(pageUrl: string): FeedLink[] {
  return USUAL_PLACES.map((place) => resolveLink(place, [pageUrl]))
    .filter((url) => url !== null)
    .map((url) => ({ url, title: null, found: 'usual' }))
}

function rank({ url, title, found }: FeedLink): number {
  const kind = ['declared', 'linked', 'usual'].indexOf(found)
  return /comment|kommentar|commentaire/i.test(`${url} ${title ?? ''}`) ? kind + 10 : kind
}

interface ScannedLink {
  readonly href: string
  readonly title: string | null
  readonly found: 'declared' | 'linked'
}

/** Collects `base`, `link` and `a`. */
class LinkScanner implements MarkupListener {
  base: string | null = null
  readonly declared: ScannedLink[] = []
  readonly linked: ScannedLink[] = []

  openTag(tag: string, attributes: ReadonlyMap<string, string>): void {
    const href = decodeHTMLAttribute(attributes.get('href') ?? '').trim()
    if (href === '') return
    const title = lineOf(decodeHTMLAttribute(attributes.get('title') ?? ''), 'text')
    if (tag === 'base') this.base ??= href
    else if (tag === 'link' && declaresFeed(attributes))
      this.declared.push({ href, title, found: 'declared' })
    else if (tag === 'a') this.linked.push({ href, title, found: 'linked' })
  }

  closeTag(): void {
    // Only starts carry addresses.
  }

  text(): void {
    // As above.
  }

  end(): void {
    // As above.
  }
}

function declaresFeed(attributes: ReadonlyMap<string, string>): boolean {
  const rel = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/)
  const type = (attributes.get('type') ?? '').trim()
  if (rel.includes('feed')) return type === '' || FEED_TYPE.test(type)
  return rel.includes('alternate') && FEED_TYPE.test(type) && !rel.includes('stylesheet')
}
