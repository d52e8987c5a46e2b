/** A page as it came. */
export interface PageInput {
  /** Text, or bytes whose charset the page or `contentType` tells. */
  readonly html: string | Uint8Array
  /** Where the page was fetched, after redirects. */
  readonly url?: string | null
  readonly contentType?: string | null
  /** Time limit of the extraction; the reader's own where missing. */
  readonly maxMs?: number
}

/**
 * Whether a page shows its article: `paywall` and `login` hold back the rest of the text, `consent` and `blocked` pages
 * stand in place of the article, `empty` pages have no text.
 */
export type PageAccess = 'open' | 'paywall' | 'login' | 'consent' | 'blocked' | 'empty'

/** Text that was taken out of an article, and why, in plain words. */
export interface RemovedText {
  readonly text: string
  readonly why: string
}

/** The article of a page. */
export interface ExtractedPage {
  /** Canonical URL, absolute http(s); `null` where neither page nor input names one. */
  readonly url: string | null
  readonly title: string | null
  /** Names of the authors as one line, without "By". */
  readonly byline: string | null
  /** ISO 8601 UTC. */
  readonly published: string | null
  /** ISO 639-1. */
  readonly lang: string | null
  /** Name of the site as it calls itself, else its host name. */
  readonly outlet: string | null
  /** Plain text, paragraphs parted by a blank line; `''` only where the page has no text or cannot be read. */
  readonly text: string
  readonly removed: readonly RemovedText[]
  readonly access: PageAccess
  /** What went wrong or was cut, as plain words; the page is as good as it can be all the same. */
  readonly problems: readonly string[]
}

/** Reads articles out of pages, away from the main thread. */
export interface PageReader {
  /** Never throws: a page that takes too long or too much memory comes out empty with a problem. */
  extract(page: PageInput): Promise<ExtractedPage>
  /** Ends the workers; pages under way come out empty with a problem. */
  close(): Promise<void>
}
