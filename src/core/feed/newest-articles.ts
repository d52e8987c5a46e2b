import type { ArticleDraft } from './article.ts'

/** The articles of a listing that are taken, and a line on those that are not. */
export interface NewestArticles {
  readonly taken: readonly ArticleDraft[]
  /** One line where some are left, else empty. */
  readonly problem: readonly string[]
}

/**
 * The newest `max` articles of a feed in the order of the feed. Articles without a readable date stand after dated ones; among equals the
 * first of the feed win, as feeds list what is new first.
 */
export function newestArticles(drafts: readonly ArticleDraft[], max: number): NewestArticles {
  if (drafts.length <= max) return { taken: drafts, problem: [] }
  const dated = drafts.map((draft, at) => ({ draft, at, atMs: dateOf(draft) }))
  const newest = dated.toSorted((a, b) => b.atMs - a.atMs || a.at - b.at).slice(0, max)
  return {
    taken: newest.sort((a, b) => a.at - b.at).map(({ draft }) => draft),
    problem: [`feed lists ${drafts.length} articles; the newest ${max} are taken`],
  }
}

function dateOf({ published }: ArticleDraft): number {
  const atMs = Date.parse(published ?? '')
  return Number.isNaN(atMs) ? Number.MIN_SAFE_INTEGER : atMs
}
