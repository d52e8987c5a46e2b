import { createHash } from 'node:crypto'
import type { ArticleDraft } from './article.ts'

/** An article as a feed lists it now. */
export interface ListedArticle {
  readonly draft: ArticleDraft
  /** Same key, same article, within one owner. */
  readonly key: string
  /** Of title and text as the feed gives them: a change of it is a revision. */
  readonly contentHash: string
}

/** What the store knows under a key. */
export interface KnownListing {
  readonly id: string
  readonly key: string
  readonly contentHash: string
  readonly revision: number
}

/** What is to be saved of a feed's listing. */
export interface ListingPlan {
  readonly added: readonly ListedArticle[]
  /** With the id under which the article is stored, and the number of the version that this makes. */
  readonly revised: readonly (ListedArticle & { readonly id: string; readonly revision: number })[]
  /** Keys of articles listed again as they were. */
  readonly unchanged: readonly string[]
}

/** Hex digits of an article's id: 80 bits, as `articlesFromFeed` gives them. */
const ID_DIGITS = 20
/** Hex digits of a content hash: 128 bits. */
const HASH_DIGITS = 32

/** The articles of a feed with their keys and hashes, each key once. Title and text are told apart, so neither can pass for the other. */
export function listArticles(drafts: readonly ArticleDraft[]): ListedArticle[] {
  const byKey = new Map<string, ListedArticle>()
  for (const draft of drafts) {
    if (byKey.has(draft.id)) continue
    const content = JSON.stringify([draft.title ?? '', draft.text ?? ''])
    const contentHash = createHash('sha256').update(content).digest('hex').slice(0, HASH_DIGITS)
    byKey.set(draft.id, { draft, key: draft.id, contentHash })
  }
  return [...byKey.values()]
}

/** The id of an article under its owner: two tenants may list the same article, and each has its own. `null` is the operator. */
export function ownedId(key: string, tenant: string | null): string {
  if (tenant === null) return key
  return createHash('sha256').update(`${tenant}\n${key}`).digest('hex').slice(0, ID_DIGITS)
}

/** Parts a listing into new, changed and known articles. Applying a plan and planning again changes nothing. */
export function planListing(listed: readonly ListedArticle[], known: readonly KnownListing[]): ListingPlan {
  const knownByKey = new Map(known.map((one) => [one.key, one]))
  const added: ListedArticle[] = []
  const revised: (ListedArticle & { id: string; revision: number })[] = []
  const unchanged: string[] = []
  for (const article of listed) {
    const before = knownByKey.get(article.key)
    if (before === undefined) added.push(article)
    else if (before.contentHash === article.contentHash) unchanged.push(article.key)
    else revised.push({ ...article, id: before.id, revision: before.revision + 1 })
  }
  return { added, revised, unchanged }
}
