import robotsModule from 'robots-parser'

/** What the package gives; its types promise a default export that is not there. */
type RobotsParser = (
  url: string,
  text: string,
) => {
  isAllowed(url: string, product: string): boolean | undefined
  getCrawlDelay(product: string): number | undefined
}

function isParser(given: unknown): given is RobotsParser {
  return typeof given === 'function'
}

/** What a host's robots.txt says to us. */
export interface RobotsRules {
  allows(url: string): boolean
  /** Least time between two pages that the host asks for, ms, at most `MAX_CRAWL_DELAY_MS`; `null` where it asks none. */
  readonly crawlDelayMs: number | null
  /** Characters kept in memory for these rules. */
  readonly chars: number
}

/** Bytes of robots.txt that are read: the least that RFC 9309 (2.5) asks of a crawler. */
export const MAX_ROBOTS_BYTES = 500 * 1024
/** Longest `Crawl-delay` that is kept; a longer one would stop us for good. */
const MAX_CRAWL_DELAY_MS = 60_000
/** Longest line and path that are matched, characters. Matching a wildcard costs line × path. */
const MAX_MATCHED_CHARS = 1024
/** Characters of lines with wildcards that are kept: times the path, some 60 ms of work at worst. */
const MAX_WILDCARD_CHARS = 48 * 1024

/** Rules from the text of a robots.txt; lines made to keep a matcher busy are left out. Never throws. */
export function parseRobots(robotsUrl: string, text: string, product: string): RobotsRules {
  const kept = tameLines(text)
  if (!isParser(robotsModule)) throw new Error('robots-parser exports no function')
  const robots = robotsModule(robotsUrl, kept)
  const delay = robots.getCrawlDelay(product)
  return {
    allows: (url) => robots.isAllowed(url.slice(0, MAX_MATCHED_CHARS), product) ?? true,
    crawlDelayMs: delay === undefined ? null : Math.min(Math.max(delay, 0) * 1000, MAX_CRAWL_DELAY_MS),
    chars: kept.length,
  }
}

function tameLines(text: string): string {
  let wildcardChars = 0
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  return lines
    .filter((line) => {
      if (line.length > MAX_MATCHED_CHARS) return false
      if (line.includes('*') && !/^\s*user-agent\s*:/i.test(line)) wildcardChars += line.length
      return wildcardChars <= MAX_WILDCARD_CHARS || !line.includes('*')
    })
    .join('\n')
}

/** Rules of a host without a robots.txt (RFC 9309, 2.3.1.3). */
export const ALLOW_ALL: RobotsRules = { allows: () => true, crawlDelayMs: null, chars: 0 }
/** Rules of a host whose robots.txt cannot be had now (RFC 9309, 2.3.1.4). */
export const ALLOW_NOTHING: RobotsRules = { allows: () => false, crawlDelayMs: null, chars: 0 }
