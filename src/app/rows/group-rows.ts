import type { Article } from '../../core/feed/article.ts'
import { parseArticleRow } from '../../core/feed/article-row.ts'
import { groupArticles } from '../../core/story/group-articles.ts'
import { problemOf, type RowResult } from './row-result.ts'

/** Collects the rows of one run of `tidings group`; they are placed together at the end, in the order they came. */
export class GroupRows {
  readonly #articles: Article[] = []
  readonly #lineOf = new Map<string, number>()
  readonly #explain: boolean

  constructor(options: { readonly explain: boolean }) {
    this.#explain = options.explain
  }

  /** Takes `{id, title, text, url?, source?, published?, lang?}`; `null` means that it waits for the end. */
  take(value: unknown, line: number): RowResult | null {
    const row = parseArticleRow(value)
    if (row.kind === 'problem') return row
    const { id } = row.article
    const before = this.#lineOf.get(id)
    if (before !== undefined) return problemOf(`id "${id}" was in line ${before} already`)
    this.#lineOf.set(id, line)
    this.#articles.push(row.article)
    return null
  }

  /** `{id, story, at_arrival, copy_of, copy_kind}` for each row taken, with `explain` where asked. */
  *end(): Generator {
    for (const { id, story, atArrival, copyOf, copyKind, explain } of groupArticles(this.#articles, {
      explain: this.#explain,
    })) {
      const row = { id, story, at_arrival: atArrival, copy_of: copyOf, copy_kind: copyKind }
      yield this.#explain ? { ...row, explain } : row
    }
  }
}
