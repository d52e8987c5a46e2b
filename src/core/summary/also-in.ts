import type { Article } from '../feed/article.ts'
import { sharedCount, wordCosine } from './similarity.ts'
import type { StorySentence } from './story-sentence.ts'

/**
 * The publishers other than its own that say what a sentence says, by name, in input order, each once.
 *
 * Sentences come from articles that are no copies of each other, so each name is a voice of its own. O(sentences).
 */
export function alsoSaidBy(
  chosen: number,
  sentences: readonly StorySentence[],
  content: readonly Int32Array[],
  docs: readonly Article[],
): string[] {
  const own = sentences[chosen]
  const words = content[chosen]
  if (own === undefined || words === undefined) return []
  const seen = new Set([docs[own.doc]?.publisher ?? ''])
  const names: string[] = []
  sentences.forEach((other, i) => {
    const article = docs[other.doc]
    if (article === undefined || article.publisher === '' || seen.has(article.publisher)) return
    if (!saysTheSame(words, content[i] ?? NONE)) return
    seen.add(article.publisher)
    names.push(article.outlet === '' ? article.publisher : article.outlet)
  })
  return names
}

const NONE = new Int32Array(0)

/**
 * Cosine of the content words of two sentences of one story from which they state the same fact (0..1).
 *
 * Lower lists publishers that only speak of the same event; higher finds only edited copies.
 */
export const MIN_SAME_FACT = 0.5
/** Two short sentences share so many words by chance. */
const MIN_SHARED_WORDS = 4

/** Whether two sentences, as their content words, state the same fact. */
export function saysTheSame(a: Int32Array, b: Int32Array): boolean {
  return wordCosine(a, b) >= MIN_SAME_FACT && sharedCount(a, b) >= MIN_SHARED_WORDS
}
