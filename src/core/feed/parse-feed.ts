import { decodeText } from './decode-feed.ts'
import { parseJsonFeed } from './json-feed.ts'
import type { FeedProblem, ParsedFeed } from './parsed-feed.ts'
import { parseXmlFeed } from './xml-feed.ts'

/** A feed as it came from the street. */
export interface FeedBody {
  readonly body: Uint8Array
  /** The Content-Type header. */
  readonly contentType?: string | null
  /** Where the body came from: relative links count from it. */
  readonly url?: string | null
}

/** Bytes of one feed that are read. The largest feeds seen have 5 MB; range 1 to 64 MB (time and memory). */
export const MAX_FEED_BYTES = 10 * 1024 * 1024

/**
 * Reads a feed: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF, JSON Feed, news sitemap. What is broken is repaired where
 * possible and told in `problems`; what is no feed gives no items. Never throws. Cost: linear in the bytes.
 */
export function parseFeed({ body, contentType, url }: FeedBody): ParsedFeed {
  const problems: FeedProblem[] = []
  if (body.byteLength > MAX_FEED_BYTES) {
    problems.push({
      kind: 'limit',
      problem: `body has ${body.byteLength} bytes; the first ${MAX_FEED_BYTES} are read`,
    })
  }
  const decoded = decodeText(body.subarray(0, MAX_FEED_BYTES), contentType)
  problems.push(...decoded.problems)
  const text = decoded.text.trim()
  if (text === '') problems.push({ kind: 'empty', problem: 'body is empty' })
  const json = text.startsWith('{') ? parseJsonFeed(text, url ?? null) : null
  const parsed = json ?? parseXmlFeed(text, url ?? null)
  return { ...parsed, problems: [...problems, ...parsed.problems] }
}
