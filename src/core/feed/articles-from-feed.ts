import { createHash } from 'node:crypto'
import type { ArticleDraft } from './article.ts'
import { canonicalUrl } from './canonical-url.ts'
import { resolveLink } from './feed-link.ts'
import { outletName } from './outlet-name.ts'
import type { FeedItem, ParsedFeed } from './parsed-feed.ts'
import { htmlToPlainText } from './plain-text.ts'

/** Where a feed came from, and how its operator calls it. */
export interface FeedOrigin {
  readonly feedUrl: string
  readonly feedName?: string | null
}

/** Hex digits of an article's id: 80 bits, so that a hundred million articles share none. */
const ID_DIGITS = 20

/** An item that gives no article. */
export interface LeftOutItem {
  /** Its title, else its link, as far as it has one. */
  readonly title: string
  readonly why: string
}

/** What the items of a feed give. */
export interface FeedListing {
  readonly articles: ArticleDraft[]
  readonly leftOut: readonly LeftOutItem[]
}

/** The articles of a feed, in its order, each once; see {@link listFeed}. */
export function articlesFromFeed(parsed: ParsedFeed, origin: FeedOrigin): ArticleDraft[] {
  return listFeed(parsed, origin).articles
}

/**
 * The articles of a feed, in its order, each once, and the items that give none.
 *
 * An id stays when title, text or date change: it comes from the item's GUID or Atom id, else from its canonical link,
 * else from its title and text. The text is the longer one of content and summary.
 */
export function listFeed(parsed: ParsedFeed, origin: FeedOrigin): FeedListing {
  const shared = sharedIds(parsed.items)
  const outlet = origin.feedName ?? outletName(parsed.feed.title, parsed.feed.link)
  const byId = new Map<string, ArticleDraft>()
  const leftOut: LeftOutItem[] = []
  for (const item of parsed.items) {
    const draft = draftOf(item, ownLink(item, parsed), outlet, idKey(item, parsed, origin.feedUrl, shared))
    const title = item.title || (item.link ?? '')
    if (draft === null) leftOut.push({ title, why: 'it has neither title nor text' })
    else if (byId.has(draft.id)) leftOut.push({ title, why: 'an item before it has the same id' })
    else byId.set(draft.id, draft)
  }
  return { articles: [...byId.values()], leftOut }
}

function draftOf(
  item: FeedItem,
  link: string | null,
  outlet: string | null,
  key: string,
): ArticleDraft | null {
  const text = bestText(item)
  const title = item.title === item.link || /^https?:\/\/\S+$/.test(item.title) ? '' : item.title
  if (text === '' && title === '') return null
  return {
    id: createHash('sha256').update(key).digest('hex').slice(0, ID_DIGITS),
    url: item.originalLink ?? link,
    title,
    text,
    source: item.source ?? outlet,
    published: item.published ?? item.updated,
    lang: item.language,
    ...(item.imageUrl === undefined ? {} : { imageUrl: item.imageUrl }),
  }
}

function bestText({ summary, content }: FeedItem): string {
  const texts = [...new Set([content, summary])].map((html) => (html === null ? '' : htmlToPlainText(html)))
  return texts.reduce((best, text) => (text.length > best.length ? text : best), '')
}

/** The item's link, unless the feed's own page stands in for it; in RDF the identifier of an item is its page, too. */
function ownLink(item: FeedItem, parsed: ParsedFeed): string | null {
  if (item.link !== parsed.feed.link) return item.link
  return parsed.format === 'rdf' ? resolveLink(item.id) : null
}

/** Ids that several items with different links carry: they name none of them. */
function sharedIds(items: readonly FeedItem[]): ReadonlySet<string> {
  const links = new Map<string, string | null>()
  const shared = new Set<string>()
  for (const { id, link } of items) {
    if (id === null) continue
    if (links.has(id) && links.get(id) !== link) shared.add(id)
    links.set(id, link)
  }
  return shared
}

/** What an id is made of: alone where it is unique in the world, else with the feed. */
function idKey(item: FeedItem, parsed: ParsedFeed, feedUrl: string, shared: ReadonlySet<string>): string {
  const { id } = item
  if (id !== null && !shared.has(id)) return isUnique(id) ? id : `${feedUrl}\n${id}`
  const link = ownLink(item, parsed)
  if (link !== null) return canonicalUrl(link) ?? link
  return `${feedUrl}\n${item.title}\n${item.summary ?? ''}`
}

function isUnique(id: string): boolean {
  return /^(?:https?:\/\/.+\/.|tag:|urn:|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$)/i.test(id)
}
