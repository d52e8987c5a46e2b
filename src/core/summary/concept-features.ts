import type { ConceptIndex } from './concepts.ts'
import type { StorySentence } from './story-sentence.ts'
import { wordStatistics, type WordStatistics } from './word-statistics.ts'

/** What the learned weight of a concept is made of, in the order of the model's numbers. */
export const FEATURE_NAMES = [
  'bias',
  'ln docs',
  'share of docs',
  'one doc',
  'two docs',
  'ln count',
  'repeats in a doc',
  'ln first position',
  'mean ln position',
  'share of leads',
  'in a lead',
  'share of tops',
  'no function word',
  'function word first',
  'function word second',
  'has digit',
  'rarer word: docs',
  'commoner word: docs',
  'rarer word: leads',
  'commoner word: leads',
  'best sentence',
  'mean sentence',
  'shortest sentence',
  'ln docs, no function word',
  'ln docs, function words',
  'share of leads, no function word',
  'ln docs x ln first position',
  'best sentence x ln docs',
  'rarer word: ln count',
  'lighter word',
  'heavier word',
  'rarer word: titles',
  'commoner word: titles',
] as const

/** How many numbers describe a concept. */
export const FEATURE_COUNT = FEATURE_NAMES.length

/** What features are read from. */
export interface FeatureSource {
  readonly lang: string | null
  readonly index: ConceptIndex
  readonly sentences: readonly StorySentence[]
  /** Content words of each sentence. */
  readonly content: readonly Int32Array[]
  /** Words of the articles' titles; empty where there are none. */
  readonly titles: readonly Int32Array[]
  readonly hasDigit: Uint8Array
}

/** Calls `take` for each concept with its features, in one buffer that is used again. Linear in the story. */
export function forEachConcept(
  source: FeatureSource,
  take: (id: number, features: Float64Array) => void,
): void {
  const words = wordStatistics(source)
  const inSentences = sentenceStatistics(source, words)
  const features = new Float64Array(FEATURE_COUNT)
  for (let id = 0; id < source.index.size; id++) {
    describe(features, source, words, inSentences, id)
    take(id, features)
  }
}

interface SentenceStatistics {
  /** Nearest to the story's centre of the sentences that have each concept, 0..1. */
  readonly best: Float64Array
  readonly sum: Float64Array
  readonly shortest: Float64Array
}

function sentenceStatistics(
  { index, content, sentences }: FeatureSource,
  words: WordStatistics,
): SentenceStatistics {
  const best = new Float64Array(index.size)
  const sum = new Float64Array(index.size)
  const shortest = new Float64Array(index.size).fill(Infinity)
  const cosines = content.map((own) => centrality(own, words))
  const most = cosines.reduce((max, value) => Math.max(max, value), 0) || 1
  index.ofSentence.forEach((concepts, i) => {
    const cosine = (cosines[i] ?? 0) / most
    const length = sentences[i]?.length.words ?? 0
    for (const id of concepts) {
      if (cosine > (best[id] ?? 0)) best[id] = cosine
      sum[id] = (sum[id] ?? 0) + cosine
      if (length < (shortest[id] ?? 0)) shortest[id] = length
    }
  })
  return { best, sum, shortest }
}

/** Cosine of a sentence's content words with the story's centre, up to the centre's length. */
function centrality(own: Int32Array, words: WordStatistics): number {
  if (own.length === 0) return 0
  let sum = 0
  for (const word of own) sum += words.weight[word] ?? 0
  return sum / Math.sqrt(own.length)
}

function describe(
  features: Float64Array,
  { index, hasDigit }: FeatureSource,
  words: WordStatistics,
  inSentences: SentenceStatistics,
  id: number,
): void {
  const [a, b] = [index.firstWord[id] ?? 0, index.secondWord[id] ?? 0]
  const [docs, count, sentences] = [
    index.docCount[id] ?? 1,
    index.count[id] ?? 1,
    index.sentenceCount[id] ?? 1,
  ]
  const lnDocs = Math.log(docs)
  const first = Math.log1p(index.minPosition[id] ?? 0)
  const leads = (index.leadCount[id] ?? 0) / index.docs
  const [functionA, functionB] = [index.isFunction[a] === 1, index.isFunction[b] === 1]
  const best = inSentences.best[id] ?? 0
  const rarer = (values: Float64Array): number => Math.min(values[a] ?? 0, values[b] ?? 0)
  const commoner = (values: Float64Array): number => Math.max(values[a] ?? 0, values[b] ?? 0)
  let k = 0
  const push = (value: number): void => {
    features[k++] = value
  }
  const flag = (value: boolean): void => {
    push(value ? 1 : 0)
  }
  push(1)
  push(lnDocs)
  push(docs / index.docs)
  flag(docs === 1)
  flag(docs === 2)
  push(Math.log(count))
  push(Math.min(3, count / docs - 1))
  push(first)
  push((index.logPositions[id] ?? 0) / sentences)
  push(leads)
  flag(leads > 0)
  push((index.topCount[id] ?? 0) / index.docs)
  flag(!functionA && !functionB)
  flag(functionA && !functionB)
  flag(!functionA && functionB)
  flag(hasDigit[a] === 1 || hasDigit[b] === 1)
  push(rarer(words.docs))
  push(commoner(words.docs))
  push(rarer(words.leads))
  push(commoner(words.leads))
  push(best)
  push((inSentences.sum[id] ?? 0) / sentences)
  push(Math.log(inSentences.shortest[id] ?? 1) / 4)
  push(!functionA && !functionB ? lnDocs : 0)
  push(functionA && functionB ? lnDocs : 0)
  push(!functionA && !functionB ? leads : 0)
  push(lnDocs * first)
  push(best * lnDocs)
  push(rarer(words.lnCount))
  push(rarer(words.weight))
  push(commoner(words.weight))
  push(rarer(words.titles))
  push(commoner(words.titles))
}
