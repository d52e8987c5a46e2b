import type { Article } from '../core/feed/article.ts'
import type { TextEmbedder } from './ports/text-embedder.ts'

/** Settings of a {@link LanguageBridge}. */
export interface LanguageBridgeOptions {
  readonly embedder: TextEmbedder
  /** Mean cosine (0 to 1) of the articles of two stories from which they are one. */
  readonly minLikeness: number
  readonly onProblem: (problem: string) => void
}

/** That a story goes into another one that tells the same in another language. */
export interface LanguageJoin {
  readonly from: string
  readonly to: string
}

/** Articles whose vectors are kept: about a day of a newsroom of 5,000 a day; 4 kB each with 1,024 numbers. */
const MAX_KEPT = 5_000

/** A story is told in other languages within days. */
const MAX_GAP_MS = 3 * 86_400_000

/** Characters of an article that its vector is made of: headline and opening say what happened. */
const MAX_CHARS = 600

interface Known {
  readonly id: string
  readonly lang: string
  readonly atMs: number
  readonly vector: Float32Array
}

/**
 * Finds stories of several languages that tell the same, by vectors of their articles. Stories of one language are the engine's work and are
 * never joined here. Same articles, vectors and order, same joins.
 */
export class LanguageBridge {
  readonly #options: LanguageBridgeOptions
  readonly #known = new Map<string, Known>()

  constructor(options: LanguageBridgeOptions) {
    this.#options = options
  }

  /**
   * Takes in articles that were placed just now and gives the joins that they show. A server that does not answer is a problem told, and changes
   * nothing. O(articles × kept) products.
   * @param storyOf where an article stands now, or `null`
   */
  async joins(
    articles: readonly { readonly article: Article; readonly atMs: number }[],
    storyOf: (articleId: string) => string | null,
  ): Promise<LanguageJoin[]> {
    const asked = articles.filter(({ article }) => article.lang !== null && openingOf(article) !== '')
    const answer = await this.#options.embedder.embed(asked.map(({ article }) => openingOf(article)))
    if (answer.kind === 'problem') {
      this.#options.onProblem(answer.problem)
      return []
    }
    const joins: LanguageJoin[] = []
    const moved = new Map<string, string>()
    const standsIn = (articleId: string): string | null => {
      const story = storyOf(articleId)
      return story === null ? null : (moved.get(story) ?? story)
    }
    asked.forEach(({ article: { id, lang }, atMs }, at) => {
      const vector = answer.vectors[at]
      if (vector === undefined || lang === null) return
      const join = this.#joinOf({ id, lang, atMs, vector }, standsIn)
      this.#keep({ id, lang, atMs, vector })
      if (join === null) return
      joins.push(join)
      for (const [story, to] of moved) if (to === join.from) moved.set(story, join.to)
      moved.set(join.from, join.to)
    })
    return joins
  }

  #keep(known: Known): void {
    this.#known.delete(known.id)
    this.#known.set(known.id, known)
    for (const id of this.#known.keys()) {
      if (this.#known.size <= MAX_KEPT) return
      this.#known.delete(id)
    }
  }

  #joinOf(newcomer: Known, storyOf: (articleId: string) => string | null): LanguageJoin | null {
    const from = storyOf(newcomer.id)
    if (from === null) return null
    const near = [...this.#known.values()].filter(
      ({ id, lang, atMs, vector }) =>
        lang !== newcomer.lang &&
        id !== newcomer.id &&
        Math.abs(atMs - newcomer.atMs) <= MAX_GAP_MS &&
        vector.length === newcomer.vector.length &&
        storyOf(id) !== from,
    )
    let best: { readonly story: string; readonly likeness: number } | null = null
    for (const other of near) {
      const likeness = product(newcomer.vector, other.vector)
      const story = storyOf(other.id)
      if (story === null || likeness < Math.max(this.#options.minLikeness, best?.likeness ?? 0)) continue
      best = { story, likeness }
    }
    if (best === null || this.#likenessOf(from, best.story, newcomer, storyOf) < this.#options.minLikeness)
      return null
    return { from, to: best.story }
  }

  /** Mean cosine of the pairs of two stories in different languages, the newcomer among them. */
  #likenessOf(a: string, b: string, newcomer: Known, storyOf: (articleId: string) => string | null): number {
    const ofA = [newcomer]
    const ofB: Known[] = []
    for (const known of this.#known.values()) {
      const story = storyOf(known.id)
      if (story === a && known.id !== newcomer.id) ofA.push(known)
      if (story === b) ofB.push(known)
    }
    let sum = 0
    let count = 0
    for (const one of ofA) {
      for (const other of ofB) {
        if (one.lang === other.lang || one.vector.length !== other.vector.length) continue
        sum += product(one.vector, other.vector)
        count++
      }
    }
    return count === 0 ? 0 : sum / count
  }
}

function openingOf({ title, text }: Article): string {
  return `${title}\n${text}`.trim().slice(0, MAX_CHARS)
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return sum
}
