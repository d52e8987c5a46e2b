import type { Article } from '../feed/article.ts'
import { chooseHeadline } from '../story/headline.ts'
import { indexConcepts, type ConceptIndex } from './concepts.ts'
import { handWeights } from './concept-weights.ts'
import { foldCopies } from './fold-copies.ts'
import { lengthLimit, type LengthLimit } from './length-limit.ts'
import { standingOf } from './readability.ts'
import { selectSentences, type Candidate } from './select-sentences.ts'
import { readSentences, type StorySentence } from './story-sentence.ts'
import type { Summary, SummaryOptions, SummarySentence } from './summary.ts'

/**
 * A story told in sentences of its articles, each a range of a text: `docs[doc].text.slice(start, end) === text`, always.
 *
 * Copies are removed first, then the sentences that stand alone are chosen to cover what independent articles say most and first,
 * within the limit. Same input, same summary; never throws. About 10 ms for 10 articles at 100 words.
 */
export function summarizeStory(docs: readonly Article[], options: SummaryOptions): Summary {
  const limit = lengthLimit(options)
  const lang = docs[0]?.lang ?? null
  const voices = foldCopies(docs, options.copies)
  const sentences = voices.flatMap((doc) => {
    const article = docs[doc]
    return article === undefined ? [] : readSentences(article, doc)
  })
  const index = indexConcepts(sentences, lang)
  const weights = handWeights(index)
  const chosen = choose(sentences, index, weights, limit, docs)
  const ordered = inReadingOrder(chosen, sentences, docs)
  return {
    headline: chooseHeadline(docs, lang),
    lang,
    sentences: ordered.flatMap((i) => toSummarySentence(sentences[i], docs)),
    disagreements: [],
  }
}

/** Candidates that selection looks at: more cost time and change nothing (those with the largest own weight stay). */
const MAX_CANDIDATES = 250

function choose(
  sentences: readonly StorySentence[],
  index: ConceptIndex,
  weights: Float64Array,
  limit: LengthLimit,
  docs: readonly Article[],
): number[] {
  const candidates: Candidate[] = []
  sentences.forEach((sentence, i) => {
    if (
      sentence.length.words > limit.words ||
      sentence.length.bytes > limit.bytes ||
      sentence.length.chars > limit.chars
    )
      return
    const standing = standingOf(sentence, docs[sentence.doc]?.lang ?? null)
    if (standing === 'unfit') return
    const concepts = index.ofSentence[i] ?? new Int32Array(0)
    candidates.push({ sentence: i, concepts, length: sentence.length, leads: sentence.position === 0 })
  })
  const best = richest(candidates, weights)
  return selectSentences(best, weights, limit).chosen.map((i) => best[i]?.sentence ?? 0)
}

function richest(candidates: readonly Candidate[], weights: Float64Array): Candidate[] {
  if (candidates.length <= MAX_CANDIDATES) return [...candidates]
  const own = candidates.map(({ concepts }) =>
    concepts.reduce((sum, concept) => sum + (weights[concept] ?? 0), 0),
  )
  const order = candidates.map((_, i) => i).sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0) || a - b)
  return order.slice(0, MAX_CANDIDATES).flatMap((i) => candidates[i] ?? [])
}

/** The lead first, the rest by time of the article, then by place in it. */
function inReadingOrder(
  chosen: readonly number[],
  sentences: readonly StorySentence[],
  docs: readonly Article[],
): number[] {
  const [lead, ...rest] = chosen
  if (lead === undefined) return []
  const timeOf = (i: number): number => docs[sentences[i]?.doc ?? 0]?.publishedAtMs ?? Number.MAX_SAFE_INTEGER
  return [lead, ...rest.sort((a, b) => timeOf(a) - timeOf(b) || a - b)]
}

function toSummarySentence(sentence: StorySentence | undefined, docs: readonly Article[]): SummarySentence[] {
  const article = sentence === undefined ? undefined : docs[sentence.doc]
  if (sentence === undefined || article === undefined) return []
  const { text, doc, start, end } = sentence
  const publisher = article.outlet === '' ? article.publisher : article.outlet
  return [
    {
      text,
      doc,
      articleId: article.id,
      start,
      end,
      publisher,
      publishedAtMs: article.publishedAtMs,
      alsoIn: [],
    },
  ]
}
