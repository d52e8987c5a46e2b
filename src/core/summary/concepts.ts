import type { StorySentence } from './story-sentence.ts'

/** Where and how often each concept (a pair of words side by side) stands in a story. Arrays are indexed by concept. */
export interface ConceptIndex {
  readonly size: number
  readonly docs: number
  /** Concepts of each sentence, each once; indexed as the sentences are. */
  readonly ofSentence: readonly Int32Array[]
  /** Words of each sentence in order. */
  readonly tokens: readonly Int32Array[]
  readonly firstWord: Int32Array
  readonly secondWord: Int32Array
  /** Articles that have it. */
  readonly docCount: Float64Array
  /** Times it stands in the story. */
  readonly count: Float64Array
  /** Earliest sentence position in any article. */
  readonly minPosition: Float64Array
  /** Sum of `ln(1 + position)` over the sentences that have it. */
  readonly logPositions: Float64Array
  /** Sentences that have it. */
  readonly sentenceCount: Float64Array
  /** Articles that have it in their first sentence. */
  readonly leadCount: Float64Array
  /** Articles that have it in their first three sentences. */
  readonly topCount: Float64Array
  /** 1 for words that carry grammar; indexed by word. */
  readonly isFunction: Uint8Array
}

/** The concepts of a story's sentences, whose words are `tokens`. Sentences come article by article. Linear in the words. */
export function indexConcepts(
  sentences: readonly StorySentence[],
  tokens: readonly Int32Array[],
  isFunction: Uint8Array,
): ConceptIndex {
  const counter = createCounter(tokens.reduce((sum, words) => sum + words.length, 0))
  const ofSentence = sentences.map((sentence, i) => addSentence(counter, tokens[i] ?? NONE, sentence, i))
  const { size } = counter
  return {
    size,
    docs: new Set(sentences.map((sentence) => sentence.doc)).size,
    ofSentence,
    tokens,
    firstWord: counter.firstWord.subarray(0, size),
    secondWord: counter.secondWord.subarray(0, size),
    docCount: counter.docCount.subarray(0, size),
    count: counter.count.subarray(0, size),
    minPosition: counter.minPosition.subarray(0, size),
    logPositions: counter.logPositions.subarray(0, size),
    sentenceCount: counter.sentenceCount.subarray(0, size),
    leadCount: counter.leadCount.subarray(0, size),
    topCount: counter.topCount.subarray(0, size),
    isFunction,
  }
}

const NONE = new Int32Array(0)
/** Above any vocabulary of one story: two word numbers make one exact double. */
const WORD_BASE = 2 ** 24
/** Sentences that are the top of an article. */
const TOP_SENTENCES = 3

/** Counts of concepts while sentences are added; arrays are as long as there can be concepts. */
interface Counter extends Pick<
  ConceptIndex,
  | 'firstWord'
  | 'secondWord'
  | 'docCount'
  | 'count'
  | 'minPosition'
  | 'logPositions'
  | 'sentenceCount'
  | 'leadCount'
  | 'topCount'
> {
  size: number
  readonly ids: Map<number, number>
  readonly lastSentence: Int32Array
  readonly lastDoc: Int32Array
}

function createCounter(capacity: number): Counter {
  const zeros = (): Float64Array => new Float64Array(capacity)
  return {
    size: 0,
    ids: new Map(),
    firstWord: new Int32Array(capacity),
    secondWord: new Int32Array(capacity),
    docCount: zeros(),
    count: zeros(),
    minPosition: zeros(),
    logPositions: zeros(),
    sentenceCount: zeros(),
    leadCount: zeros(),
    topCount: zeros(),
    lastSentence: new Int32Array(capacity).fill(-1),
    lastDoc: new Int32Array(capacity).fill(-1),
  }
}

function addSentence(
  counter: Counter,
  tokens: Int32Array,
  { doc, position }: StorySentence,
  sentence: number,
): Int32Array {
  const own = new Int32Array(tokens.length)
  let size = 0
  for (let i = 0; i + 1 < tokens.length; i++) {
    const id = idOf(counter, tokens[i] ?? 0, tokens[i + 1] ?? 0)
    add(counter.count, id, 1)
    if (counter.lastSentence[id] === sentence) continue
    counter.lastSentence[id] = sentence
    own[size++] = id
    countSentence(counter, id, doc, position)
  }
  return own.subarray(0, size)
}

/** Sentences of an article come in order, so the first one of each is its earliest. */
function countSentence(counter: Counter, id: number, doc: number, position: number): void {
  const isFirst = counter.sentenceCount[id] === 0
  add(counter.sentenceCount, id, 1)
  add(counter.logPositions, id, Math.log1p(position))
  if (isFirst || position < (counter.minPosition[id] ?? 0)) counter.minPosition[id] = position
  if (counter.lastDoc[id] === doc) return
  counter.lastDoc[id] = doc
  add(counter.docCount, id, 1)
  if (position === 0) add(counter.leadCount, id, 1)
  if (position < TOP_SENTENCES) add(counter.topCount, id, 1)
}

function add(values: Float64Array, id: number, amount: number): void {
  values[id] = (values[id] ?? 0) + amount
}

function idOf(counter: Counter, first: number, second: number): number {
  const key = first * WORD_BASE + second
  const known = counter.ids.get(key)
  if (known !== undefined) return known
  const id = counter.size++
  counter.ids.set(key, id)
  counter.firstWord[id] = first
  counter.secondWord[id] = second
  return id
}
