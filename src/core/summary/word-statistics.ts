import type { ConceptIndex } from './concepts.ts'
import type { StorySentence } from './story-sentence.ts'

/** How the words of a story are spread; arrays are indexed by word. */
export interface WordStatistics {
  /** `ln(articles that have it) / ln(1 + articles)`, 0..1. */
  readonly docs: Float64Array
  /** Share of articles that have it in their first sentence. */
  readonly leads: Float64Array
  readonly lnCount: Float64Array
  /** Weight in the story's centre, the heaviest being 1; 0 for function words. */
  readonly weight: Float64Array
  /** Share of the titles that have it; 0 where there are none. */
  readonly titles: Float64Array
}

/** Counts the words of a story. Sentences come article by article. Linear in the words. */
export function wordStatistics(source: {
  readonly index: ConceptIndex
  readonly sentences: readonly StorySentence[]
  readonly titles: readonly Int32Array[]
}): WordStatistics {
  const { index, sentences, titles } = source
  const size = index.isFunction.length
  const [docCount, leadCount, count] = [
    new Float64Array(size),
    new Float64Array(size),
    new Float64Array(size),
  ]
  const lastDoc = new Int32Array(size).fill(-1)
  index.tokens.forEach((tokens, i) => {
    const { doc = 0, position = 0 } = sentences[i] ?? {}
    for (const word of tokens) {
      count[word] = (count[word] ?? 0) + 1
      if (lastDoc[word] === doc) continue
      lastDoc[word] = doc
      docCount[word] = (docCount[word] ?? 0) + 1
      if (position === 0) leadCount[word] = (leadCount[word] ?? 0) + 1
    }
  })
  const scale = Math.log(1 + index.docs)
  return {
    docs: docCount.map((value) => Math.log(Math.max(1, value)) / scale),
    leads: leadCount.map((value) => value / index.docs),
    lnCount: count.map((value) => Math.log(Math.max(1, value))),
    weight: centreOf(count, docCount, index.isFunction),
    titles: shareOfTitles(titles, size),
  }
}

/** Words count by how often they stand and in how many articles; a word of one article weighs little. */
function centreOf(count: Float64Array, docCount: Float64Array, isFunction: Uint8Array): Float64Array {
  const weight = count.map((value, word) =>
    isFunction[word] === 1 ? 0 : Math.log1p(value) * Math.log1p(docCount[word] ?? 0),
  )
  const most = weight.reduce((max, value) => Math.max(max, value), 0) || 1
  return weight.map((value) => value / most)
}

function shareOfTitles(titles: readonly Int32Array[], size: number): Float64Array {
  const share = new Float64Array(size)
  for (const title of titles)
    for (const word of new Set(title)) share[word] = (share[word] ?? 0) + 1 / titles.length
  return share
}
