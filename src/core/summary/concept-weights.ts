import { forEachConcept, type FeatureSource } from './concept-features.ts'
import type { ConceptIndex } from './concepts.ts'
import type { StoryText } from './story-text.ts'
import { hasForms } from './tokens.ts'
import model from './model.json' with { type: 'json' }

/**
 * How much a summary gains by each concept: the chance that a person's summary of the story holds it, 0..1.
 *
 * Log-linear in the features of the concept. The model's numbers were learned from MultiLing 2011 (CC BY).
 *
 * @see /docs/summary-model.md
 */
export function learnedWeights(
  source: FeatureSource,
  numbers: readonly number[] = model.weights,
): Float64Array {
  const pairs = pairWeights(source, numbers)
  if (!hasForms(source.lang)) favourEarly(source.index, pairs)
  return withWords(source, pairs)
}

/**
 * Power of the first position that is added where forms of a word are not known as one word.
 *
 * There agreement counts for too little, so place must count for more. 0 leaves Greek and Arabic below the plain lead; .45 to 1
 * are alike within .5. Measured on MultiLing.
 */
const EARLY_POWER = 0.5

function favourEarly(index: ConceptIndex, pairs: Float64Array): void {
  for (let id = 0; id < index.size; id++) {
    pairs[id] = (pairs[id] ?? 0) / (1 + (index.minPosition[id] ?? 0)) ** EARLY_POWER
  }
}

/**
 * Part of its chance that a content word weighs beside the pairs it stands in (0..1).
 *
 * 0 covers pairs alone. Up to .25 gain at 100 words (DUC-2003: +.4, +.2); above, R-2 falls. Measured again on MultiLing.
 */
const WORD_SHARE = 0.2
/**
 * The same where forms of a word are not known as one word: words say less there.
 *
 * Measured on MultiLing, cross-validated, .25 and .1: Greek 14.70 and 14.83, Hebrew 10.69 and 10.38, Hindi 38.51 and 38.76, Arabic 28.81
 * and 29.23; at .1 none is below the plain lead.
 */
const FORMLESS_WORD_SHARE = 0.1

/** Pair weights, and behind them a weight for each word: the chance that a summary holds one of its pairs. */
function withWords({ index, lang }: FeatureSource, pairs: Float64Array): Float64Array {
  const missed = new Float64Array(index.isFunction.length).fill(1)
  for (let id = 0; id < index.size; id++) {
    const miss = 1 - (pairs[id] ?? 0)
    for (const word of [index.firstWord[id] ?? 0, index.secondWord[id] ?? 0])
      missed[word] = (missed[word] ?? 1) * miss
  }
  const share = hasForms(lang) ? WORD_SHARE : FORMLESS_WORD_SHARE
  const all = new Float64Array(pairs.length + missed.length)
  all.set(pairs)
  all.set(
    missed.map((miss, word) => (index.isFunction[word] === 1 ? 0 : share * (1 - miss))),
    pairs.length,
  )
  return all
}

/** The weights of the pairs alone, given the model's numbers. */
export function pairWeights(source: FeatureSource, numbers: readonly number[]): Float64Array {
  const weights = new Float64Array(source.index.size)
  forEachConcept(source, (id, features) => {
    let sum = 0
    for (let k = 0; k < features.length; k++) sum += (features[k] ?? 0) * (numbers[k] ?? 0)
    weights[id] = 1 / (1 + Math.exp(-sum))
  })
  return weights
}

const NONE = new Int32Array(0)

/** The word pairs of a sentence, and its content words where they have weights too: those stand behind the pairs. */
export function conceptsOf(story: StoryText, weights: Float64Array, sentence: number): Int32Array {
  const pairs = story.index.ofSentence[sentence] ?? NONE
  if (weights.length === story.index.size) return pairs
  const words = story.content[sentence] ?? NONE
  const all = new Int32Array(pairs.length + words.length)
  all.set(pairs)
  words.forEach((word, k) => {
    all[pairs.length + k] = story.index.size + word
  })
  return all
}
