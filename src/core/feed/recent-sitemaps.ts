import type { SitemapLink } from './parsed-feed.ts'

/** Sitemaps of one list that are read; each costs a request with every poll (range 2..10). */
export const MAX_SITEMAPS = 5
/** Sitemaps that are read however old they are: one date of a list may be wrong (range 1..3). */
const MIN_SITEMAPS = 2
/** How long before the newest change of a list another may still hold news, ms: news sitemaps go back two days by their rules. */
const RECENT_MS = 3 * 24 * 60 * 60_000
/** Names that publishers give to the sitemap of their news. */
const NEWS_NAME = /news|latest|recent|today|aktuell|actualit|noticias/i

/**
 * The sitemaps of a list in which news may stand, at most {@link MAX_SITEMAPS}: those that changed last; where the list tells no dates,
 * those with a name of news, else the first.
 */
export function recentSitemaps(sitemaps: readonly SitemapLink[]): SitemapLink[] {
  const dated = sitemaps
    .map((link) => ({ link, atMs: Date.parse(link.changed ?? '') }))
    .filter(({ atMs }) => !Number.isNaN(atMs))
    .sort((a, b) => b.atMs - a.atMs)
  const [newest] = dated
  if (newest !== undefined) {
    const isRecent = ({ atMs }: { readonly atMs: number }, at: number) =>
      at < MIN_SITEMAPS || atMs >= newest.atMs - RECENT_MS
    return dated
      .filter(isRecent)
      .slice(0, MAX_SITEMAPS)
      .map(({ link }) => link)
  }
  const named = sitemaps.filter(({ url }) => NEWS_NAME.test(URL.parse(url)?.pathname ?? ''))
  return named.length > 0 ? named.slice(0, MAX_SITEMAPS) : sitemaps.slice(0, 1)
}
