import { createHash } from 'node:crypto'
import type { Article } from '../feed/article.ts'
import { canonicalUrl } from '../feed/canonical-url.ts'

/** Algorithm of {@link contentHash}; a stored hash with another one cannot be compared. */
export const CONTENT_HASH_VERSION = 'c1'

/**
 * The key under which versions and copies by address of one article fold: its {@link pageOf}, else a hash of publisher, title
 * and text. Stable across runs.
 */
export function articleKey(article: Article): string {
  const page = pageOf(article)
  if (page !== null) return `url:${page}`
  return `text:${sha256(article.publisher, fold(article.title), fold(article.text))}`
}

/**
 * The canonical URL that names the article, or `null`: it has none, or only the front page of a site, which feeds without
 * links print for every article.
 */
export function pageOf(article: Article): string | null {
  const url = article.url === null ? null : canonicalUrl(article.url)
  return url === null || /^https:\/\/[^/]+\/$/.test(url) ? null : url
}

/**
 * What an article says, as a short hash: two versions differ where title or text differ by more than white space. Starts
 * with {@link CONTENT_HASH_VERSION}.
 */
export function contentHash(article: Article): string {
  return `${CONTENT_HASH_VERSION}:${sha256(fold(article.title), fold(article.text))}`
}

/** Whether two content hashes come from the same algorithm, so that they can be compared. */
export function isComparableHash(a: string, b: string): boolean {
  return a.slice(0, a.indexOf(':')) === b.slice(0, b.indexOf(':'))
}

function fold(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}

function sha256(...parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex').slice(0, 40)
}
