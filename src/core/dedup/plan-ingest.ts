import type { Article } from '../feed/article.ts'
import { articleKey, contentHash, isComparableHash } from './article-key.ts'

/** An article that is stored already. */
export interface KnownArticle {
  readonly id: string
  /** Its {@link articleKey}. */
  readonly key: string
  /** {@link contentHash} of every version kept, oldest first; the last one is shown. At least one. */
  readonly contentHashes: readonly string[]
}

/** What becomes of one incoming article. */
export type IngestEntry =
  | {
      readonly kind: 'added'
      readonly article: Article
      readonly key: string
      readonly contentHash: string
      /** Number of the version, from 1. */
      readonly revision: 1
    }
  | {
      /** A stored article with new words: kept beside the versions before. */
      readonly kind: 'revised'
      readonly article: Article
      readonly key: string
      readonly contentHash: string
      readonly revision: number
      /** Under which the article is stored. */
      readonly knownId: string
    }
  | {
      /** Stored already, or earlier in this batch, in these words. */
      readonly kind: 'unchanged'
      readonly article: Article
      readonly key: string
      readonly contentHash: string
      readonly revision: number
      readonly knownId: string
    }

/** What an ingest will do, one entry per incoming article, in order. */
export interface IngestPlan {
  readonly entries: readonly IngestEntry[]
}

/**
 * Sorts incoming articles into added, revised and unchanged.
 *
 * Applying a plan and planning the same articles again gives only `unchanged`. Words that a stored version has had before are
 * `unchanged` too: caches of a feed serve old versions for hours. A hash by another algorithm cannot be compared, so
 * nothing is said to have changed. O(articles).
 */
export function planIngest(incoming: readonly Article[], known: readonly KnownArticle[]): IngestPlan {
  const byKey = new Map<string, { readonly id: string; readonly hashes: string[] }>()
  for (const { id, key, contentHashes } of known) {
    if (!byKey.has(key)) byKey.set(key, { id, hashes: [...contentHashes] })
  }
  const entries = incoming.map((article): IngestEntry => {
    const facts = { article, key: articleKey(article), contentHash: contentHash(article) }
    const stored = byKey.get(facts.key)
    if (stored === undefined) {
      byKey.set(facts.key, { id: article.id, hashes: [facts.contentHash] })
      return { kind: 'added', ...facts, revision: 1 }
    }
    const version = versionOf(facts.contentHash, stored.hashes)
    if (version > 0) return { kind: 'unchanged', ...facts, revision: version, knownId: stored.id }
    stored.hashes.push(facts.contentHash)
    return { kind: 'revised', ...facts, revision: stored.hashes.length, knownId: stored.id }
  })
  return { entries }
}

/** Number of the version with this hash, from 1; the last one where hashes cannot be compared, 0 where it is new. */
function versionOf(hash: string, hashes: readonly string[]): number {
  const at = hashes.lastIndexOf(hash)
  if (at >= 0) return at + 1
  const last = hashes.at(-1)
  return last === undefined || isComparableHash(hash, last) ? 0 : hashes.length
}
