/** How an article repeats a text that another published first (DESIGN.md section 2). */
export type CopyKind = 'exact' | 'near' | 'syndicated' | 'rewrite'

/** That an article is a copy, of which one, and the scores that say so. */
export interface Copy {
  readonly articleId: string
  /** The article whose text was first; never itself a copy of another. */
  readonly copyOf: string
  readonly kind: CopyKind
  /** The measures behind the verdict, each 0..1, by name (`containment`, `wordJaccard`, …). */
  readonly scores: Readonly<Record<string, number>>
  /**
   * The copy or former original whose text it repeats, where that is not the original's own: the scores are of that pair, the kind is
   * the less sure one on the way to the original.
   */
  readonly via?: string
}

/** The kinds from the surest to the least sure. */
export const COPY_KINDS: readonly CopyKind[] = ['exact', 'near', 'syndicated', 'rewrite']
