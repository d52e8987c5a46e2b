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
  const builder = new PairCounter()
  const ofSentence = sentences.map((sentence, i) => builder.add(tokens[i] ?? NONE, sentence))
  return {
    docs: new Set(sentences.map((sentence) => sentence.doc)).size,
    ofSentence,
    tokens,
    ...builder.arrays(),
    isFunction,
  }
}

const NONE = new Int32Array(0)
/** Above any vocabulary of one story: two word numbers make one exact double. */
const WORD_BASE = 2 ** 24
/** Sentences that are the top of an article. */
const TOP_SENTENCES = 3

/** Counts of concepts while sentences are added. Lives for one index. */
class PairCounter {
  private readonly ids = new Map<number, number>()
  private readonly concepts: Counts[] = []
  private sentence = 0

  add(tokens: Int32Array, { doc, position }: StorySentence): Int32Array {
    this.sentence++
    const own: number[] = []
    for (let i = 0; i + 1 < tokens.length; i++) {
      const id = this.idOf(tokens[i] ?? 0, tokens[i + 1] ?? 0)
      const concept = this.concepts[id]
      if (concept === undefined) continue
      concept.count++
      if (concept.lastSentence === this.sentence) continue
      concept.lastSentence = this.sentence
      own.push(id)
      countSentence(concept, doc, position)
    }
    return Int32Array.from(own)
  }

  arrays(): Omit<ConceptIndex, 'docs' | 'ofSentence' | 'tokens' | 'isFunction'> {
    const column = (key: Exclude<keyof Counts, 'lastDoc'>): Float64Array =>
      Float64Array.from(this.concepts, (concept) => concept[key])
    return {
      size: this.concepts.length,
      firstWord: Int32Array.from(this.concepts, ({ first }) => first),
      secondWord: Int32Array.from(this.concepts, ({ second }) => second),
      docCount: column('docCount'),
      count: column('count'),
      minPosition: column('minPosition'),
      logPositions: column('logPositions'),
      sentenceCount: column('sentenceCount'),
      leadCount: column('leadCount'),
      topCount: column('topCount'),
    }
  }

  private idOf(first: number, second: number): number {
    const key = first * WORD_BASE + second
    let id = this.ids.get(key)
    if (id === undefined) {
      id = this.concepts.length
      this.ids.set(key, id)
      this.concepts.push({ ...EMPTY, first, second })
    }
    return id
  }
}

interface Counts {
  first: number
  second: number
  count: number
  docCount: number
  sentenceCount: number
  leadCount: number
  topCount: number
  minPosition: number
  logPositions: number
  lastSentence: number
  lastDoc: number
}

const EMPTY: Counts = {
  first: 0,
  second: 0,
  count: 0,
  docCount: 0,
  sentenceCount: 0,
  leadCount: 0,
  topCount: 0,
  minPosition: Infinity,
  logPositions: 0,
  lastSentence: 0,
  lastDoc: -1,
}

/** Sentences of an article come in order, so the first one of each is its earliest. */
function countSentence(concept: Counts, doc: number, position: number): void {
  concept.sentenceCount++
  concept.logPositions += Math.log1p(position)
  if (position < concept.minPosition) concept.minPosition = position
  if (concept.lastDoc === doc) return
  concept.lastDoc = doc
  concept.docCount++
  if (position === 0) concept.leadCount++
  if (position < TOP_SENTENCES) concept.topCount++
}
