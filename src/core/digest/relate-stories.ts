import type { Article } from '../feed/article.ts'
import { newsText } from '../subscription/news-text.ts'
import { stem } from '../text/stems.ts'
import { stopWords } from '../text/stop-words.ts'
import { words } from '../text/words.ts'
import type { RankedStory } from './rank-stories.ts'

/** Stories that stand under one heading: the best ranked first, then those of the same affair. */
export interface Affair {
  readonly head: RankedStory
  /** In order of rank; at most {@link MAX_RELATED}. */
  readonly related: readonly RankedStory[]
  /** Further stories of the affair, for which there is no room. */
  readonly left: readonly RankedStory[]
}

/** Stories under one heading beside its first: three in all, so that one affair never fills a digest (issue 8). */
export const MAX_RELATED = 2

/**
 * Cosine of the word weights of two stories from which they belong to one affair. Range 0..1: lower puts strangers under one heading,
 * higher leaves a long affair (a war, a trial) to fill the digest with itself. Measured with bench/quality-digest.ts (largest stories
 * told, under a heading of their own; headlines by the day, then articles by the week): at 0.2 90, 80 and 99, 96 %; at 0.24 86, 81 and 98, 97 %;
 * at 0.28 84, 83 and 98, 98 %.
 */
const MIN_RELATED_SIMILARITY = 0.24

/** Characters of a text that tell what a story is about; its end is background, shared by many. */
const LEAD_CHARS = 600

/** Articles of a story that are looked at; more say the same again. */
const MAX_ARTICLES = 12

/**
 * Puts ranked stories of one affair together, without changing the order of the rest. Each story joins the best ranked one that it is like
 * enough, so a chain of likenesses never pulls strangers in. O(stories² · words of a story).
 *
 * @param ranked all stories of the window in order of rank; they also tell how common a word is
 */
export function relateStories(ranked: readonly RankedStory[]): Affair[] {
  const vectors = weigh(ranked)
  const affairs: { head: RankedStory; related: RankedStory[]; left: RankedStory[] }[] = []
  const headWords: HeadWords = new Map()
  for (const [index, story] of ranked.entries()) {
    const vector = vectors[index] ?? new Map<string, number>()
    const alike = firstAlike(vector, headWords, affairs.length)
    const affair = alike === null ? undefined : affairs[alike]
    if (affair === undefined) {
      for (const [word, weight] of vector) {
        const heads = headWords.get(word) ?? []
        heads.push({ affair: affairs.length, weight })
        headWords.set(word, heads)
      }
      affairs.push({ head: story, related: [], left: [] })
    } else if (affair.related.length < MAX_RELATED) affair.related.push(story)
    else affair.left.push(story)
  }
  return affairs
}

/** In the heads of which affairs a word stands, and how heavily. */
type HeadWords = Map<string, { readonly affair: number; readonly weight: number }[]>

/** The first affair whose head is like enough, or `null`; only words that both have are looked at. */
function firstAlike(vector: WordWeights, headWords: HeadWords, affairs: number): number | null {
  const likeness = new Float64Array(affairs)
  for (const [word, weight] of vector) {
    for (const head of headWords.get(word) ?? []) {
      likeness[head.affair] = (likeness[head.affair] ?? 0) + weight * head.weight
    }
  }
  const first = likeness.findIndex((one) => one >= MIN_RELATED_SIMILARITY)
  return first === -1 ? null : first
}

/** Word to weight, of unit length. */
type WordWeights = ReadonlyMap<string, number>

function weigh(ranked: readonly RankedStory[]): WordWeights[] {
  const counted = ranked.map(({ story }) => countWords(story.members.map(({ article }) => article)))
  const storiesWith = new Map<string, number>()
  for (const counts of counted) {
    for (const word of counts.keys()) storiesWith.set(word, (storiesWith.get(word) ?? 0) + 1)
  }
  return counted.map((counts) => {
    const weights = new Map<string, number>()
    for (const [word, count] of counts) {
      const rarity = Math.log((ranked.length + 1) / ((storiesWith.get(word) ?? 0) + 0.5))
      if (rarity > 0) weights.set(word, count * rarity)
    }
    return unit(weights)
  })
}

/** In how many of its articles each word stands, 0..1. */
function countWords(articles: readonly Article[]): Map<string, number> {
  const some = articles.slice(0, MAX_ARTICLES)
  const counts = new Map<string, number>()
  for (const article of some) {
    for (const word of leadWords(article)) counts.set(word, (counts.get(word) ?? 0) + 1 / some.length)
  }
  return counts
}

/** Thousands of digests look at the same articles. */
const leads = new WeakMap<Article, ReadonlySet<string>>()

function leadWords(article: Article): ReadonlySet<string> {
  let found = leads.get(article)
  if (found === undefined) {
    const lang = article.lang ?? 'en'
    const common = stopWords(lang)
    const lead = `${article.title} ${newsText(article).slice(0, LEAD_CHARS)}`
    found = new Set(
      words(lead)
        .filter((word) => word.length > 1 && !common.has(word))
        .map((word) => stem(word, lang)),
    )
    leads.set(article, found)
  }
  return found
}

function unit(weights: ReadonlyMap<string, number>): WordWeights {
  let squares = 0
  for (const weight of weights.values()) squares += weight * weight
  const length = Math.sqrt(squares) || 1
  return new Map([...weights].map(([word, weight]) => [word, weight / length]))
}
